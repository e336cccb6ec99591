import type { Tx } from '../database/index.ts'

type Handler<Payload> = (tx: Tx, payload: Payload) => Promise<void>

/** What modules announce and who hears it. Handlers run one after another in the announcer's transaction. */
export interface EventBus<Events> {
  on<Name extends keyof Events & string>(name: Name, handler: Handler<Events[Name]>): void
  emit<Name extends keyof Events & string>(tx: Tx, name: Name, payload: Events[Name]): Promise<void>
}

export function createEventBus<Events>(): EventBus<Events> {
  const handlers = new Map<string, Handler<never>[]>()
  return {
    on(name, handler) {
      handlers.set(name, [...(handlers.get(name) ?? []), handler as Handler<never>])
    },
    async emit(tx, name, payload) {
      for (const handler of handlers.get(name) ?? []) await (handler as Handler<typeof payload>)(tx, payload)
    },
  }
}
