import { systemActor } from '@opora/access'
import { DAY_MS } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Database } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { invitationsReadModel } from '../invitations.read-model.ts'
import { invitationsStore } from '../invitations.store.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { headOf } from './step-process.ts'

// The inviter hears a day before the end, while there is time to prolong.
const SOON_MS = DAY_MS

/**
 * Tells the inviter that a partner's access ends soon, or has ended; each once, in the transaction that notes it. The access itself ends
 * by the share's own date, whether anybody was told or not. Says how many it did (0 or 1).
 */
export async function tellPartnerEnding(ports: TicketPorts, database: Database): Promise<number> {
  return database.begin({ as: 'worker' }, async (tx) => {
    const due = await invitationsStore.takeEnding(tx, SOON_MS)
    if (!due) return 0
    const [ticket, invitation] = await Promise.all([
      ticketsStore.readTicket(tx, due.ticketId),
      invitationsReadModel.one(tx, due.ticketId, due.accountId),
    ])
    if (!ticket || !invitation) return 1
    const now = await databaseNow(tx)
    const { name, endsAt, invitedBy } = invitation
    if (due.over) {
      const fact = { type: 'partner_over', data: { name } }
      await ticketsStore.insertFacts(tx, ticket, [fact], systemActor(), now)
      await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: true })
    }
    await ports.bus.emit(tx, 'ticket.partner_ending', {
      actor: systemActor(),
      ticket: headOf(ticket),
      partner: { id: invitation.id, name, endsAt, invitedBy },
      over: due.over,
      now,
    })
    return 1
  })
}
