import { type AnyRoute, type ReadContext, routesFor } from '@opora/platform/http'
import { refuseAccess } from './access.refusals.ts'
import type { Actor } from './domain/actor.ts'

/** Builders of the product's routes: `read({...})` and `write({...})`, with the actor as the caller. */
export const { read, write } = routesFor<Actor>()

export type Request = ReadContext<Actor, unknown, unknown>['request']
export type Reply = ReadContext<Actor, unknown, unknown>['reply']

/** Routes whose replies are made for these sides alone: whoever is of another side is refused, whatever the policy would let them reach. */
export function forSides(sides: readonly Actor['side'][], routes: AnyRoute<Actor>[]): AnyRoute<Actor>[] {
  return routes.map((route) => ({
    ...route,
    handle: async (context: { caller: Actor }) => {
      if (!sides.includes(context.caller.side)) throw refuseAccess('access.not_allowed')
      return route.handle(context as never)
    },
  })) as AnyRoute<Actor>[]
}
