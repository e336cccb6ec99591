import { type Actor, can } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import type { NewTicket } from '../contract.ts'
import { answerFaults } from '../domain/form-check.ts'
import type { Answers, FormField } from '../domain/request-form.ts'
import { writtenAnswers } from '../domain/write-answers.ts'
import type { AskedForm } from '../forms.read-model.ts'
import { namedReadModel } from '../named.read-model.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { keptAnswers } from './mark-form.ts'
import { type OpenedTicket, openTicket } from './open-ticket.ts'
import { refuseFaults } from './save-form.ts'
import { formAtDoor } from './ticket-form.ts'

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
  const asked = await formAtDoor(tx, input.topic ?? null, input.formId ?? null)
  // whoever writes down what was said on the phone writes what is known; the rest is asked for later
  const answers = checkedAnswers(asked, input.answers ?? {}, input.portalId ?? null, input.files, false)
  return openTicket(ports, tx, actor, {
    ...input,
    contactId: input.contactId ?? null,
    portalId: input.portalId ?? null,
    topic: input.topic ?? null,
    impact: input.impact ?? null,
    urgency: input.urgency ?? null,
    form: asked ? answers : input.form ? (JSON.parse(JSON.stringify(input.form)) as Record<string, string>) : null,
    asked,
    author,
  })
}

/** Answers to a topic's form as they are kept; refused where they do not fit or where what is demanded is not there. */
function checkedAnswers(
  asked: AskedForm | null,
  given: Answers,
  portalId: number | null,
  files: readonly string[],
  demand: boolean,
): ReturnType<typeof keptAnswers> {
  if (!asked) return {}
  const facts = { portalId, files: files.length }
  const faults = answerFaults(asked.fields, given, facts, demand)
  if (faults.length > 0) throw refuseFaults('ticket.answers_wrong', faults)
  return keptAnswers(asked.fields, given, facts)
}

/** Uploads that stand as answers go with the message, as every file does. */
function filesOf(fields: readonly FormField[], answers: Answers): string[] {
  return fields.flatMap((field) => (field.kind === 'file' ? ((answers[field.name] as string[] | undefined) ?? []) : []))
}

export interface CabinetRequest {
  topic?: string | null
  /** The version of the topic's form that the client was shown, and the answers to it. */
  formId?: number | null
  answers?: Answers
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
  await refuseForeign(tx, contact.clientId, { portalId: input.portalId, topic: input.topic })
  const asked = await formAtDoor(tx, input.topic ?? null, input.formId ?? null)
  const answers = checkedAnswers(asked, input.answers ?? {}, input.portalId, input.files, true)
  const told = asked ? writtenAnswers(asked.fields, answers, actor.locale) : input.text
  // a form may ask for nothing but ticks and files; the subject then says it all
  const text = told || (asked ? input.subject : '')
  if (text === '') throw refuseTicket('ticket.nothing_to_send', { field: 'did' })
  const inAnswers = asked ? filesOf(asked.fields, answers) : []
  return openTicket(ports, tx, actor, {
    ...input,
    text,
    form: asked ? answers : input.form,
    asked,
    files: [...new Set([...input.files, ...inAnswers])],
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
