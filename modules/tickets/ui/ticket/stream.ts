import type { Message } from '../../contract.ts'

/** A line of `GET /tickets/:id/history`. */
export interface HistoryRow {
  id: number
  type: string
  at: string
  actor: string
  text: string
  data: Record<string, unknown>
}

export type StreamItem = { kind: 'message'; message: Message } | { kind: 'event'; event: HistoryRow }

/** What one person did at once, as one line. */
export interface EventGroup {
  kind: 'events'
  id: number
  at: string
  actor: string
  texts: string[]
}

/** What the messages themselves already say. */
const SAID_BY_MESSAGES = new Set(['answered', 'noted', 'client_wrote', 'unverified_message', 'place_left'])

/** Without those that were taken back before they left, each once. */
export function shownMessages(messages: readonly Message[]): Message[] {
  const byId = new Map(messages.filter((message) => !message.cancelled).map((message) => [message.id, message]))
  return [...byId.values()].sort((a, b) => a.id - b.id)
}

/** Messages and changes as one stream by time; changes before `from` wait until the messages of their time are loaded. */
export function mergeStream(
  messages: readonly Message[],
  history: readonly HistoryRow[],
  from: string | undefined,
): StreamItem[] {
  const start = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from)
  const events = history
    .filter((event) => !SAID_BY_MESSAGES.has(event.type) && Date.parse(event.at) >= start)
    .map((event): StreamItem => ({ kind: 'event', event }))
  const said = messages.map((message): StreamItem => ({ kind: 'message', message }))
  return [...said, ...events].sort((a, b) => timeOf(a) - timeOf(b))
}

function timeOf(item: StreamItem): number {
  return Date.parse(item.kind === 'message' ? item.message.createdAt : item.event.at)
}

const AT_ONCE_MS = 2 * 60_000

/** Changes of one person within two minutes, with nothing said between them, become one line. */
export function grouped(items: readonly StreamItem[]): (Extract<StreamItem, { kind: 'message' }> | EventGroup)[] {
  const lines: (Extract<StreamItem, { kind: 'message' }> | EventGroup)[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (item.kind === 'message') lines.push(item)
    else if (last?.kind === 'events' && last.actor === item.event.actor && near(last.at, item.event.at)) {
      last.texts.push(item.event.text)
    } else
      lines.push({
        kind: 'events',
        id: item.event.id,
        at: item.event.at,
        actor: item.event.actor,
        texts: [item.event.text],
      })
  }
  return lines
}

function near(a: string, b: string): boolean {
  return Math.abs(Date.parse(a) - Date.parse(b)) <= AT_ONCE_MS
}
