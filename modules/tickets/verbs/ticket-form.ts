import { type Actor, systemActor } from '@opora/access'
import type { Locale } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { outcomesOf } from '@opora/process'
import { askedParts } from '../domain/asked-fields.ts'
import { answerFaults } from '../domain/form-check.ts'
import { type Answer, type Answers, type FormField, isBlank, readForm } from '../domain/request-form.ts'
import { askingLetter, writtenAnswers } from '../domain/write-answers.ts'
import { type AskedForm, type FilledForm, formsReadModel } from '../forms.read-model.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { clientWrote, liveOf, replyTicket } from './add-message.ts'
import { changeTicket, refuseStale } from './change-ticket.ts'
import { lockForAction } from './load-ticket.ts'
import { around, fieldsOf, keepForm, keptAnswers } from './mark-form.ts'
import { refuseFaults } from './save-form.ts'
import { takeOutcome } from './take-outcome.ts'

/** The desk writes down what it learnt: by a letter, by phone. What is not known yet may stay out. */
export async function fillForm(
  tx: Tx,
  actor: Actor,
  ticketId: number,
  expectedVersion: number | null,
  given: Answers,
): Promise<{ id: number; version: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.change')
  refuseStale(ticket, expectedVersion)
  const form = await formsReadModel.filled(tx, ticketId)
  const fields = fieldsOf(form)
  const faults = answerFaults(fields, given, around(form), false)
  if (faults.length > 0) throw refuseFaults('ticket.answers_wrong', faults)
  // files come with messages
  const written = Object.fromEntries(
    fields.filter((field) => field.kind !== 'file').map(({ name }) => [name, given[name] ?? null]),
  )
  const answers = mergedAnswers(form, written)
  await keepForm(tx, ticketId, form, answers, form.askedFields)
  await ticketsStore.addToSearch(tx, ticket, writtenAnswers(fields, written, 'ru'), true)
  const now = await databaseNow(tx)
  const names = fields.filter((field) => changed(form.answers[field.name], answers[field.name]))
  const said = {
    names: names.map((one) => one.label.ru).join('; '),
    namesEn: names.map((one) => one.label.en).join('; '),
  }
  if (names.length > 0) await ticketsStore.insertFacts(tx, ticket, [{ type: 'form_filled', data: said }], actor, now)
  const version = await ticketsStore.updateTicket(tx, ticketId, {})
  await announce(tx, liveOf(ticket, 'ticket.changed'))
  return { id: ticketId, version }
}

function changed(before: Answer | undefined, after: Answer | undefined): boolean {
  return JSON.stringify(before ?? null) !== JSON.stringify(after ?? null)
}

/** What was known, with the new answers over it; an emptied one is gone. */
function mergedAnswers(form: FilledForm, given: Answers): Record<string, Answer> {
  const all = { ...form.answers, ...given }
  const fields = fieldsOf(form)
  const others = Object.entries(form.answers).filter(([name]) => !fields.some((field) => field.name === name))
  return { ...(Object.fromEntries(others) as Record<string, Answer>), ...keptAnswers(fields, all, around(form)) }
}

/** The letter that asks for what is missing, in the asker's language, with what it will do. `names`: of these alone. */
export async function askingFor(
  ports: TicketPorts,
  sql: Queryable,
  actor: Actor,
  ticket: { id: number; kind: string | null; priority: number },
  names: readonly string[] | undefined,
  locale: Locale,
) {
  const form = await formsReadModel.filled(sql, ticket.id)
  const missing = form.missing.filter((one) => names === undefined || names.includes(one.name))
  const fields = fieldsOf(form).filter((field) => missing.some((one) => one.name === field.name))
  return {
    fields: form.missing.map((one) => ({ name: one.name, label: one[locale] })),
    text: askingLetter(fields, form.contactName, form.contactLocale ?? 'ru'),
    waits: (await waitingOutcome(ports, sql, actor, ticket)) !== null,
  }
}

// Every place of a process that may ask has an outcome of this name; it leads to where the clocks wait for the client.
const ASK_CLIENT = 'ask_client'

async function waitingOutcome(
  ports: TicketPorts,
  sql: Queryable,
  actor: Actor,
  ticket: { id: number; kind: string | null; priority: number },
) {
  const running = await ports.process.read(sql, ticket.id)
  if (!running) return null
  // whether the vendor would answer is nothing to an outcome that asks the client
  const facts = { kind: ticket.kind, priority: ticket.priority, vendor_eligible: false }
  const outcomes = outcomesOf(running.definition, running.instance.state, actor.roles, facts)
  return outcomes.find((outcome) => outcome.outcomeId === ASK_CLIENT && outcome.needs === 'reply') ?? null
}

/** Asks the client for what is missing: the letter goes, the process waits for the client where it can, the cabinet asks the fields. */
export async function askMissing(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: { fields: readonly string[]; text: string },
): Promise<{ version: number; waits: boolean }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.reply')
  const form = await formsReadModel.filled(tx, ticketId)
  const asked = form.missing.filter((one) => input.fields.includes(one.name))
  if (asked.length !== new Set(input.fields).size) throw refuseTicket('ticket.not_missing', { field: 'fields' })
  const outcome = await waitingOutcome(ports, tx, actor, ticket)
  const reply = { text: input.text, files: [], copyContactIds: [], sendAnyway: true }
  if (outcome) {
    const press = { outcome: outcome.outcomeId, taskId: outcome.taskId, data: {}, reply }
    await takeOutcome(ports, tx, actor, ticketId, press)
  } else await replyTicket(ports, tx, actor, ticketId, reply)
  const before = form.askedFields
  const added = asked.map((one) => one.name).filter((name) => !before.includes(name))
  const said = {
    names: asked.map((one) => one.ru).join('; '),
    namesEn: asked.map((one) => one.en).join('; '),
    // what goes with the letter if it is taken back
    messageId: await formsReadModel.newestReply(tx, ticketId),
    added: added.join(' '),
  }
  const now = await databaseNow(tx)
  await ticketsStore.insertFacts(tx, ticket, [{ type: 'missing_asked', data: said }], actor, now)
  const version = await ticketsStore.updateTicket(tx, ticketId, { askedFields: [...before, ...added] })
  return { version, waits: outcome !== null }
}

/** The client answers what was asked, in the cabinet: the answers are kept and stand in the conversation, the process goes on. */
export async function giveAnswers(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: { answers: Answers; portalId: number | null },
): Promise<{ messageId: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.reply')
  const before = await formsReadModel.filled(tx, ticketId)
  if (before.askedFields.length === 0) throw refuseTicket('ticket.nothing_asked')
  if (input.portalId !== null) {
    // another portal is another contract: it is named when it was asked for
    if (!askedParts(fieldsOf(before), before.askedFields).some((field) => field.kind === 'portal'))
      throw refuseFaults('ticket.answers_wrong', [NOT_ASKED])
    const change = { portalId: input.portalId }
    await changeTicket(ports, tx, { ...systemActor(), name: actor.name }, ticketId, null, change)
  }
  const form = await formsReadModel.filled(tx, ticketId)
  // the questions as the client had them: naming the portal has answered one of them by now
  const parts = askedParts(fieldsOf(form), before.askedFields)
  const faults = answerFaults(parts, input.answers, around(form), false)
  if (faults.length > 0) throw refuseFaults('ticket.answers_wrong', faults)
  const answers = mergedAnswers(form, input.answers)
  const given = shownAnswers(form, parts, input.answers)
  const files = parts.flatMap((field) =>
    field.kind === 'file' ? ((given[field.name] as string[] | undefined) ?? []) : [],
  )
  const portal = input.portalId === null ? null : form.portalName
  const shown = { ...given, ...portalAnswer(parts, input.portalId) }
  const text = writtenAnswers(parts, shown, actor.locale, portal)
  if (text === '' && files.length === 0) throw refuseTicket('ticket.nothing_to_send', { field: 'answers' })
  const author = { contactId: actor.contact!.id, accountId: actor.accountId, name: actor.name, email: actor.email }
  const words = text || (actor.locale === 'ru' ? 'Файлы, о которых вы просили.' : 'The files that you asked for.')
  const { messageId } = await clientWrote(ports, tx, actor, ticketId, {
    text: words,
    files,
    channel: 'cabinet',
    author,
  })
  // what was left out may be asked for again; this question is answered
  await keepForm(tx, ticket.id, { ...form, files: form.files + files.length }, answers, [])
  return { messageId }
}

const NOT_ASKED = { field: 'portalId', message: { ru: 'О портале не спрашивали', en: 'The portal was not asked for' } }

/** Of what was sent, the answers to fields that are shown: the letter tells what the form keeps. */
function shownAnswers(form: FilledForm, parts: readonly FormField[], sent: Answers): Record<string, Answer> {
  const { answers } = readForm(fieldsOf(form), { ...form.answers, ...sent }, around(form))
  const names = parts.map((field) => field.name).filter((name) => !isBlank(sent[name] ?? null) && name in answers)
  return Object.fromEntries(names.map((name) => [name, answers[name]!]))
}

function portalAnswer(parts: readonly FormField[], portalId: number | null): Answers {
  const field = parts.find((one) => one.kind === 'portal')
  return field && portalId !== null ? { [field.name]: portalId } : {}
}

/** The form that a request on a topic is answered with: the version that the writer was shown, else the newest. */
export async function formAtDoor(
  sql: Queryable,
  topic: string | null,
  formId: number | null,
): Promise<AskedForm | null> {
  if (topic === null) return null
  if (formId === null) return (await formsReadModel.atDoor(sql, topic)).form
  const form = await formsReadModel.ofTopic(sql, topic, formId)
  if (!form) throw refuseTicket('ticket.form_unknown', { field: 'formId' })
  return form.fields.length > 0 ? form : null
}
