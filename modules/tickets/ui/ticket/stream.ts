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
