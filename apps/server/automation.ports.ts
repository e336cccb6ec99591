import type { AutomationPorts } from '@opora/automation'
import type { CalendarBook } from '@opora/contracts'
import { peopleOnShift } from '@opora/duty'
import { createTicketActions, type TicketPorts, type TicketService } from '@opora/tickets'
import { calendarsNow } from './ports.ts'
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
    onShift: async (sql, ids, at) => peopleOnShift(sql, await calendarsNow(book, sql), ids, at),
  }
}
