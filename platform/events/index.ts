import type { Tx } from '../database/index.ts'

type Handler<Payload> = (tx: Tx, payload: Payload) => Promise<void>

/** What modules announce and who hears it, in the announcer's transaction: one hearer after another. */
export interface EventBus<Events> {
  on<Name extends keyof Events & string>(name: Name, handler: Handler<Events[Name]>): void
  /**
   * A hearer that reads nothing of what the others do and leaves nothing that they read, such as one that only enqueues a job: its
   * statement travels with theirs, not in a round trip of its own.
   */
  onBeside<Name extends keyof Events & string>(name: Name, handler: Handler<Events[Name]>): void
  emit<Name extends keyof Events & string>(tx: Tx, name: Name, payload: Events[Name]): Promise<void>
}

export function createEventBus<Events>(): EventBus<Events> {
  const inOrder = new Map<string, Handler<never>[]>()
  const beside = new Map<string, Handler<never>[]>()
  const add = (to: Map<string, Handler<never>[]>, name: string, handler: Handler<never>) =>
    void to.set(name, [...(to.get(name) ?? []), handler])
  return {
    on: (name, handler) => add(inOrder, name, handler as Handler<never>),
    onBeside: (name, handler) => add(beside, name, handler as Handler<never>),
    async emit(tx, name, payload) {
      const others = (beside.get(name) ?? []).map(async (handler) => (handler as Handler<typeof payload>)(tx, payload))
      const oneByOne = async () => {
        for (const handler of inOrder.get(name) ?? []) await (handler as Handler<typeof payload>)(tx, payload)
      }
      // all that was sent has been answered before the announcer goes on, also where one of them refuses
      const ends = await Promise.allSettled([...others, oneByOne()])
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
  }
}
