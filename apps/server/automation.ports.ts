import type { AutomationPorts } from '@opora/automation'
import type { CalendarBook } from '@opora/contracts'
import type { Instant } from '@opora/core'
import { onShift } from '@opora/duty'
import type { Queryable } from '@opora/platform/database'
import { createTicketActions, type TicketPorts, type TicketService } from '@opora/tickets'
import type { Runtime } from './runtime.ts'

export function automationPorts(
  runtime: Runtime,
  house: { bus: AutomationPorts['bus']; tickets: TicketService; wiring: TicketPorts; book: CalendarBook },
): AutomationPorts {
  const { database, vault, config, log } = runtime
  const { bus, tickets, wiring, book } = house
  return {
    ...{ database, bus, vault, log, settings: config.automation },
    tickets: { ...tickets, ...createTicketActions(wiring) },
    onShift: (sql, accountIds, at) => working(book, sql, accountIds, at),
  }
}

/** Those whose own hours, or else the company's, are open at this moment. */
async function working(
  book: CalendarBook,
  sql: Queryable,
  accountIds: readonly number[],
  at: Instant,
): Promise<number[]> {
  if (book.stamp() === '') await book.refresh(sql)
  const people = await sql<{ id: number; zone: string; hours: string | null }[]>`
    select id, zone, preferences ->> 'hours' as hours from account where id = any(${[...accountIds]}::bigint[]) order by id`
  return onShift(people, book.calendar, at).map((person) => person.id)
}
