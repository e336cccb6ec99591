import { TicketPage, type TicketSlots } from '@opora/tickets/ui'

const slots: TicketSlots = {}

/** The ticket with the parts of the modules that come after tickets: its clocks, time and estimates. */
export function DeskTicketPage() {
  return <TicketPage slots={slots} />
}
