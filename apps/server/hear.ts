import { systemActor } from '@opora/access'
import type { Database, Json, Tx } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import { enqueue } from '@opora/platform/jobs'

type Handler<Payload> = (tx: Tx, event: Payload) => Promise<void>

/**
 * Hearers that need more than an outsider's database rights (letters, notices to staff). Where the announcer is staff or a job they
 * run in its transaction; where it is a client or a partner, a job of the same transaction runs them.
 */
export function hearByRights<Events>(bus: EventBus<Events>, database: Database) {
  const tasks: Record<string, (payload: never) => Promise<void>> = {}
  function on<Name extends keyof Events & string>(name: Name, hearer: string, handle: Handler<Events[Name]>): void {
    const task = `hear.${hearer}.${name}`
    tasks[task] = async (payload: Events[Name]) => {
      await database.begin({ as: 'worker' }, (tx) => handle(tx, payload))
    }
    bus.on(name, async (tx, event) => {
      const scope = (event as { actor?: { scope: { as: string } } }).actor?.scope.as ?? systemActor().scope.as
      if (scope === 'staff' || scope === 'worker') await handle(tx, event)
      else await enqueue(tx, task, event as Json)
    })
  }
  return { on, tasks }
}
