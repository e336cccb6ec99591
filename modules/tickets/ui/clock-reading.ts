import type { ClockReading } from '@opora/ui-kit'
import type { TicketRow } from '../contract.ts'

const RISK_MINUTES = 60

/** The next promise of a row as the kit's clock; `asOf` is when the answer arrived, epoch milliseconds. */
export function readingOf(next: NonNullable<TicketRow['next']>, asOf: number): ClockReading {
  const overdue = Date.parse(next.dueAt) < asOf && next.state !== 'paused'
  return {
    state: stateOf(next.state, overdue),
    dueAt: next.dueAt,
    remainingMinutes: next.remainingMinutes ?? (overdue ? wallMinutes(next.dueAt, asOf) : null),
    asOf,
    open: overdue,
  }
}

function stateOf(state: string, overdue: boolean): ClockReading['state'] {
  if (state === 'paused' || state === 'met') return state
  return overdue || state === 'breached' ? 'breached' : 'running'
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
