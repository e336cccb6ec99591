import { isoInstant } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import { childClosed } from '../actions/wait-for-children.ts'
import { type Heard, heardInAlarm, heardInFact } from '../domain/rule-events.ts'
import { rulesStore } from '../rules.store.ts'

export const RULES_TASK = 'automation.rules'

/** What a clock's alarm says, as far as rules hear it. */
export interface RungAlarm {
  ticket: { id: number }
  metric: string
  kind: string
}

/** Passes an event to the rules by a job of the announcer's transaction: they act after it, and only if it stands. */
async function pass(
  tx: Tx,
  ticketId: number,
  heard: Heard,
  runAt: string | null = null,
  extra: object = {},
): Promise<void> {
  await rulesStore.announce(tx, RULES_TASK, { event: heard.event, ticketId, data: { ...heard.data, ...extra }, runAt })
}

export async function hearFacts(tx: Tx, event: TicketEvents['ticket.facts']): Promise<void> {
  for (const fact of event.facts) {
    const heard = heardInFact(fact)
    if (heard) await pass(tx, event.ticket.id, heard)
    if (fact.type === 'closed' || fact.type === 'merged') await childClosed(tx, event.ticket.id)
  }
}

export const hearing = {
  opened: (tx: Tx, event: TicketEvents['ticket.opened']) => pass(tx, event.ticket.id, { event: 'opened', data: {} }),
  clientWrote: (tx: Tx, event: TicketEvents['ticket.client_wrote']) =>
    pass(tx, event.ticket.id, { event: 'client_wrote', data: {} }),
  noted: (tx: Tx, event: TicketEvents['ticket.noted']) => pass(tx, event.ticket.id, { event: 'noted', data: {} }),
  /** A reply that may still be taken back is none yet; what a template sent is nobody's reply. */
  async replied(tx: Tx, event: TicketEvents['ticket.replied']): Promise<void> {
    if (event.automatic) return
    const { ticket, messageId, sendAt, now } = event
    const later = sendAt > now ? isoInstant(sendAt) : null
    await pass(tx, ticket.id, { event: 'replied', data: {} }, later, { messageId })
  },
  assigned: (tx: Tx, event: TicketEvents['ticket.assigned']) =>
    pass(tx, event.ticket.id, { event: 'assigned', data: { assigned: event.accountId !== null } }),
  placeEntered: (tx: Tx, event: TicketEvents['ticket.place_entered']) =>
    pass(tx, event.ticket.id, { event: 'place_entered', data: { place: event.place, role: event.role } }),
  async alarm(tx: Tx, { ticket, metric, kind }: RungAlarm): Promise<void> {
    const heard = heardInAlarm(kind, metric)
    if (heard) await pass(tx, ticket.id, heard)
  },
}
