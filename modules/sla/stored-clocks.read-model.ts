import { isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type ClockRow, clockName } from './clock-row.ts'

const INSTANTS = [
  'registered_at',
  'started_at',
  'target_since',
  'due_at',
  'met_at',
  'ended_at',
  'breached_at',
  'breached_due_at',
  'agreed_due_at',
  'next_alarm_at',
] as const satisfies (keyof ClockRow)[]

/** The clocks as their table has them, by ticket and by name. */
export async function storedClocks(
  sql: Queryable,
  ticketIds: readonly number[],
): Promise<Map<number, Map<string, ClockRow>>> {
  const rows = await sql<{ ticketId: number; row: ClockRow & Record<string, unknown> }[]>`
    select ticket_id, to_jsonb(c) - '{id, client_id, ticket_id, updated_at}'::text[] as row
    from clock c where ticket_id = any(${[...ticketIds]}::bigint[])`
  const found = new Map<number, Map<string, ClockRow>>()
  for (const { ticketId, row } of rows) {
    const own = found.get(ticketId) ?? new Map<string, ClockRow>()
    own.set(clockName(row), inUtc(row))
    found.set(ticketId, own)
  }
  return found
}

function inUtc(row: ClockRow): ClockRow {
  for (const name of INSTANTS) row[name] = normal(row[name]) as never
  return row
}

/** An instant as JSON of the database has it, in the one form that rows are compared in. */
function normal(text: string | null): string | null {
  if (text === null) return null
  if (!text.endsWith('+00:00')) return isoInstantOrNull(Date.parse(text))
  const [second, fraction = ''] = text.slice(0, -6).split('.')
  return `${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}
