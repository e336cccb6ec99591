import { type ReadContext, routesFor } from '@opora/platform/http'
import type { Actor } from './domain/actor.ts'

/** Builders of the product's routes: `read({...})` and `write({...})`, with the actor as the caller. */
export const { read, write } = routesFor<Actor>()

export type Request = ReadContext<Actor, unknown, unknown>['request']
export type Reply = ReadContext<Actor, unknown, unknown>['reply']
