import { type Actor, can } from '@opora/access'
import type { Locale } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import { startedChecklists } from './checklists.read-model.ts'
import type { Answers } from './domain/request-form.ts'
import { formsReadModel } from './forms.read-model.ts'
import type { TicketEvents } from './tickets.events.ts'
import type { TicketPorts } from './tickets.ports.ts'
import { ticketsReadModel } from './tickets.read-model.ts'
import { refuseTicket } from './tickets.refusals.ts'
import { beginChecklist, startTopicChecklists, type Tick, tickItem } from './verbs/checklists.ts'
import { askingFor, askMissing, fillForm, formAtDoor, giveAnswers } from './verbs/ticket-form.ts'

/** What tickets do with guided forms and checklists, bound to the rest of the house. */
export function formVerbs(ports: TicketPorts) {
  const readable = async (sql: Queryable, actor: Actor, id: number) => {
    const row = await ticketsReadModel.detail(sql, actor, id)
    if (!row) throw refuseTicket('ticket.not_found')
    return row
  }
  return {
    fillForm: (tx: Tx, actor: Actor, id: number, version: number | null, answers: Answers) =>
      fillForm(tx, actor, id, version, answers),
    async askingFor(sql: Queryable, actor: Actor, id: number, names: readonly string[] | undefined, locale: Locale) {
      return askingFor(ports, sql, actor, await readable(sql, actor, id), names, locale)
    },
    askMissing: (tx: Tx, actor: Actor, id: number, input: { fields: readonly string[]; text: string }) =>
      askMissing(ports, tx, actor, id, input),
    giveAnswers: (tx: Tx, actor: Actor, id: number, input: { answers: Answers; portalId: number | null }) =>
      giveAnswers(ports, tx, actor, id, input),
    /** What a client is asked for on a topic, and where to turn when the contract leaves the topic out. */
    async formForClient(sql: Queryable, actor: Actor, topic: string, portalId: number | null, locale: Locale) {
      const offered = (await formsReadModel.offered(sql)).find((one) => one.code === topic)
      if (!offered) throw refuseTicket('ticket.topic_unknown', { field: 'code' })
      const form = await formAtDoor(sql, topic, null)
      return {
        topic,
        id: form?.id ?? null,
        fields: form?.fields ?? [],
        leftOut: await leftOut(ports, sql, actor, offered, portalId, locale),
      }
    },
    async checklists(sql: Queryable, actor: Actor, id: number) {
      await readable(sql, actor, id)
      return startedChecklists(sql, id)
    },
    beginChecklist: (tx: Tx, actor: Actor, id: number, checklist: string) => beginChecklist(tx, actor, id, checklist),
    tickItem: (tx: Tx, actor: Actor, id: number, tick: Tick) => tickItem(tx, actor, id, tick),
    /** A request begins with the checklists of its topic. */
    onOpenedStartChecklists: (tx: Tx, event: TicketEvents['ticket.opened']) =>
      startTopicChecklists(tx, event.actor, event.ticket.id, event.ticket.topic),
  }
}

/** The contract's own word first; the topic's ready answer says where to turn. */
async function leftOut(
  ports: TicketPorts,
  sql: Queryable,
  actor: Actor,
  topic: { code: string; readyAnswerRu: string | null; readyAnswerEn: string | null },
  portalId: number | null,
  locale: Locale,
): Promise<string | null> {
  const contact = actor.contact
  if (!contact || !can(actor, 'ticket.create', { clientId: contact.clientId, contactId: contact.id })) return null
  const coverage = await ports.coverageOf(sql, {
    clientId: contact.clientId,
    contactId: contact.id,
    portalId,
    channel: 'cabinet',
    topic: topic.code,
    priority: 3,
    couponApplied: false,
    at: await databaseNow(sql),
  })
  if (coverage.entitlement !== 'not_covered') return null
  return (locale === 'ru' ? topic.readyAnswerRu : topic.readyAnswerEn) ?? coverage.reason?.[locale] ?? null
}
