import { useCan } from '@opora/access/ui'
import { ChangePanel } from '@opora/changes/ui'
import { ContractBalance, TicketUnits } from '@opora/contracts/ui'
import { PagesPanel } from '@opora/duty/ui'
import { TicketClocks } from '@opora/sla/ui'
import { TicketPage, type TicketSlots } from '@opora/tickets/ui'
import { EstimatePanel, TimePanel, useReplyTime } from '@opora/work/ui'

/** The parts of the modules that come after tickets, in the places that the ticket's page has for them. */
const slots: TicketSlots = {
  // what a role may not read is not asked for
  Clocks: ({ ticket }) => {
    const can = useCan()
    return can('clock.read') && <TicketClocks ticketId={ticket.id} />
  },
  Balance: ({ ticket }) => {
    const can = useCan()
    return (
      can('coverage.read') &&
      ticket.contract && <ContractBalance contractId={ticket.contract.id} detailed={can('balance.read')} />
    )
  },
  Hours: ({ ticketId }) => {
    const can = useCan()
    return (
      <>
        {can('time.read') && <TimePanel ticketId={ticketId} canLog={can('time.log')} />}
        {can('estimate.read') && <EstimatePanel ticketId={ticketId} canOffer={can('estimate.offer')} />}
      </>
    )
  },
  panels: [
    {
      key: 'calling',
      above: true,
      Panel: ({ ticket }) => {
        const can = useCan()
        return can('page.read') && <PagesPanel ticketId={ticket.id} part="open" canAnswer={can('page.answer')} />
      },
    },
    {
      key: 'pages',
      Panel: ({ ticket }) => {
        const can = useCan()
        return can('page.read') && <PagesPanel ticketId={ticket.id} part="over" canAnswer={false} />
      },
    },
    {
      key: 'change',
      Panel: ({ ticket }) => {
        const can = useCan()
        return can('change.read') && <ChangePanel ticket={ticket} canWrite={can('change.write')} />
      },
    },
    {
      key: 'time',
      Panel: ({ ticket }) => {
        const can = useCan()
        return can('time.read') && <TimePanel ticketId={ticket.id} canLog={can('time.log')} />
      },
    },
    {
      key: 'units',
      Panel: ({ ticket }) => {
        const can = useCan()
        return (
          can('units.record') &&
          ticket.contract && <TicketUnits contractId={ticket.contract.id} ticketNumber={ticket.number} />
        )
      },
    },
    {
      key: 'estimate',
      Panel: ({ ticket }) => {
        const can = useCan()
        return can('estimate.read') && <EstimatePanel ticketId={ticket.id} canOffer={can('estimate.offer')} />
      },
    },
  ],
  useReplyExtra: (ticket) => useReplyTime(ticket.id),
}

/** The ticket with its clocks, hours, time and estimates. */
export function DeskTicketPage() {
  return <TicketPage slots={slots} />
}
