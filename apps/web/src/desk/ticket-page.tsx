import type { Me } from '@opora/access/contract'
import { ContractBalance } from '@opora/contracts/ui'
import { TicketClocks } from '@opora/sla/ui'
import { TicketPage, type TicketSlots } from '@opora/tickets/ui'
import { EstimatePanel, TimePanel, useReplyTime } from '@opora/work/ui'
import { useQuery } from '@tanstack/react-query'

function useCan(action: string): boolean {
  return useQuery<Me | null>({ queryKey: ['me'] }).data?.can.includes(action) ?? false
}

/** The parts of the modules that come after tickets, in the places that the ticket's page has for them. */
const slots: TicketSlots = {
  Clocks: ({ ticket }) => <TicketClocks ticketId={ticket.id} />,
  Balance: ({ ticket }) => {
    const detailed = useCan('balance.read')
    return ticket.contract && <ContractBalance contractId={ticket.contract.id} detailed={detailed} />
  },
  panels: [
    {
      key: 'time',
      Panel: ({ ticket }) => {
        const canLog = useCan('time.log')
        return useCan('time.read') && <TimePanel ticketId={ticket.id} canLog={canLog} />
      },
    },
    {
      key: 'estimate',
      Panel: ({ ticket }) => {
        const canOffer = useCan('estimate.offer')
        return useCan('estimate.read') && <EstimatePanel ticketId={ticket.id} canOffer={canOffer} />
      },
    },
  ],
  useReplyExtra: (ticket) => useReplyTime(ticket.id),
}

/** The ticket with its clocks, hours, time and estimates. */
export function DeskTicketPage() {
  return <TicketPage slots={slots} />
}
