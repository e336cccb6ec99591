import type { ClockReading } from '@opora/ui-kit'
import type { TicketRow } from '../contract.ts'

const RISK_MINUTES = 60

/** What an answer of the API tells of a promise that runs. */
interface Told {
  dueAt: string | null
  state: string
  remainingMinutes: number | null
  open: boolean
  turnsIn: readonly number[]
}

/** A promise as the kit's clock; `asOf` is when the answer arrived, epoch milliseconds. */
export function readingOf(next: Told, asOf: number): ClockReading {
  const { dueAt, state, open, turnsIn } = next
  // a calendar that nobody knows any more still has a clock on the wall
  const left = next.remainingMinutes ?? (dueAt === null || state === 'paused' ? null : wallMinutes(dueAt, asOf))
  return { state: stateOf(state, left), dueAt, remainingMinutes: left, asOf, open, turnsIn }
}

function stateOf(state: string, left: number | null): ClockReading['state'] {
  if (state === 'paused' || state === 'met') return state
  return state === 'breached' || (left !== null && left < 0) ? 'breached' : 'running'
}

function wallMinutes(dueAt: string, asOf: number): number {
  return Math.floor((Date.parse(dueAt) - asOf) / 60_000)
}

/** The mark at a row's edge: red when a promise is broken, amber within its last hour. */
export function rowTone(
  row: Pick<TicketRow, 'next' | 'state' | 'breached'>,
  asOf: number,
): 'danger' | 'warn' | undefined {
  if (row.state === 'closed' || row.next === null) return undefined
  const reading = readingOf(row.next, asOf)
  if (reading.state === 'breached') return 'danger'
  if (reading.state !== 'running' || reading.remainingMinutes === null) return undefined
  return reading.remainingMinutes <= RISK_MINUTES ? 'warn' : undefined
}
