import type { Database, Queryable } from '../database/index.ts'
import type { Log } from '../log/index.ts'

const CHANNEL = 'opora_live'

/** What changed, by identifiers alone: whoever hears it reads the thing again with their own rights. */
export interface LiveEvent {
  topic: string
  clientId: number | null
  ticketId?: number
  contactId?: number
  /** Only the provider's people may hear it. */
  staffOnly?: boolean
  /** Only this account may hear it. */
  accountId?: number
}

/** Announces a change to every process; heard when the transaction commits. */
export async function announce(sql: Queryable, event: LiveEvent): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(event)})`
}

export interface LiveHub {
  subscribe(listener: (event: LiveEvent) => void): () => void
  size(): number
  stop(): Promise<void>
}

export async function startLiveHub(database: Database, log: Log): Promise<LiveHub> {
  const listeners = new Set<(event: LiveEvent) => void>()
  const unlisten = await database.listen(CHANNEL, (payload) => {
    const event = JSON.parse(payload) as LiveEvent
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log.warn({ err: { message: (error as Error).message } }, 'a live listener failed')
      }
    }
  })
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    size: () => listeners.size,
    stop: () => unlisten(),
  }
}
