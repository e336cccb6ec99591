import { type Actor, can } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import type { NewTicket } from '../contract.ts'
import { namedReadModel } from '../named.read-model.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { type OpenedTicket, openTicket } from './open-ticket.ts'

/** The desk registers a request for a client: by phone, from a meeting, for somebody who cannot write. */
export async function askOnBehalf(ports: TicketPorts, tx: Tx, actor: Actor, input: NewTicket): Promise<OpenedTicket> {
  const isOpen = can(actor, 'ticket.create', { clientId: input.clientId })
  if (!isOpen || !(await namedReadModel.clientExists(tx, input.clientId)))
    throw refuseTicket('ticket.client_unknown', { field: 'clientId' })
  await refuseForeign(tx, input.clientId, input)
  const contact = input.contactId ? await ticketsStore.contactName(tx, input.contactId) : null
  const author = contact
    ? { contactId: contact.id, accountId: actor.accountId, name: contact.name, email: contact.email }
    : { contactId: null, accountId: actor.accountId, name: actor.name, email: actor.email }
  return openTicket(ports, tx, actor, {
    ...input,
    contactId: input.contactId ?? null,
    portalId: input.portalId ?? null,
    topic: input.topic ?? null,
    impact: input.impact ?? null,
    urgency: input.urgency ?? null,
    form: input.form ? (JSON.parse(JSON.stringify(input.form)) as Record<string, string>) : null,
    author,
  })
}

export interface CabinetRequest {
  portalId: number | null
  subject: string
  text: string
  form: Record<string, string> | null
  impact: number | null
  urgency: number | null
  couponCode: string | undefined
  files: string[]
}

/** A contact asks in the cabinet. */
export async function askInCabinet(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  input: CabinetRequest,
): Promise<OpenedTicket> {
  const contact = actor.contact!
  await refuseForeign(tx, contact.clientId, { portalId: input.portalId })
  if (input.text === '') throw refuseTicket('ticket.nothing_to_send', { field: 'did' })
  return openTicket(ports, tx, actor, {
    ...input,
    clientId: contact.clientId,
    contactId: contact.id,
    channel: 'cabinet',
    author: { contactId: contact.id, accountId: actor.accountId, name: actor.name, email: actor.email },
  })
}

/** What a request names must be of the same client. */
async function refuseForeign(
  tx: Tx,
  clientId: number,
  named: {
    contactId?: number | null | undefined
    portalId?: number | null | undefined
    topic?: string | null | undefined
  },
): Promise<void> {
  if (named.contactId && !(await ticketsStore.contactExists(tx, clientId, named.contactId)))
    throw refuseTicket('ticket.contact_unknown', { field: 'contactId' })
  if (named.portalId && !(await ticketsStore.portalExists(tx, clientId, named.portalId)))
    throw refuseTicket('ticket.portal_unknown', { field: 'portalId' })
  if (named.topic && !(await ticketsStore.topicExists(tx, named.topic)))
    throw refuseTicket('ticket.topic_unknown', { field: 'topic' })
}
