import type { Actor } from '@opora/access'
import type { Instant, Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { outcomesOf, presentPlaces } from '@opora/process'
import type { Message, NewTicket, Ticket, TicketChange } from './contract.ts'
import { latestOffer } from './deadline.read-model.ts'
import type { TicketFact } from './domain/apply-commands.ts'
import { roleOfContact } from './domain/roles-at-place.ts'
import { formVerbs } from './forms.service.ts'
import { outsideVerbs } from './outside.service.ts'
import { type ListInput, listTickets, presentRow } from './tickets.list.ts'
import type { TicketPorts } from './tickets.ports.ts'
import { MESSAGES_PER_PAGE, presentMessage, presentTicket } from './tickets.present.ts'
import { ticketsReadModel } from './tickets.read-model.ts'
import { refuseTicket } from './tickets.refusals.ts'
import { ticketsStore } from './tickets.store.ts'
import { withVendorTopics } from './vendor-choices.ts'
import {
  acceptMessage,
  type ClientMessage,
  clientWrote,
  type NoteInput,
  noteTicket,
  type ReplyInput,
  replyTicket,
  undoReply,
} from './verbs/add-message.ts'
import { decideDeadline, offerDeadline, withdrawDeadline } from './verbs/agree-deadline.ts'
import { askInCabinet, askOnBehalf, type CabinetRequest } from './verbs/ask-on-behalf.ts'
import { askGlass, decideGlass, endGlass } from './verbs/break-glass.ts'
import { assignTicket, changeTicket, coverWaiting, entitleTicket } from './verbs/change-ticket.ts'
import { type LinkKind, linkTickets, mergeTicket } from './verbs/link-tickets.ts'
import { lockForAction } from './verbs/load-ticket.ts'
import { moveToVersion } from './verbs/move-to-version.ts'
import { type OpenTicket, openTicket } from './verbs/open-ticket.ts'
import { changeParticipant, watchTicket } from './verbs/people-of-ticket.ts'
import { recordFacts } from './verbs/record-facts.ts'
import { setParent } from './verbs/set-parent.ts'
import { showReplies } from './verbs/show-replies.ts'
import { processFacts } from './verbs/step-process.ts'
import { type OutcomeInput, takeOutcome, tellProcess, timerDue } from './verbs/take-outcome.ts'
import { visibilitiesOf, withoutAddresses } from './visibility.ts'

export type TicketService = ReturnType<typeof createTicketService>

/** The verbs and reads of tickets, bound to the rest of the house. */
export function createTicketService(ports: TicketPorts) {
  const roles = (actor: Actor) => (actor.contact ? roleOfContact(actor.contact) : actor.roles)
  return {
    ...formVerbs(ports),
    open: (tx: Tx, actor: Actor, input: OpenTicket) => openTicket(ports, tx, actor, input),
    askOnBehalf: (tx: Tx, actor: Actor, input: NewTicket) => askOnBehalf(ports, tx, actor, input),
    askInCabinet: (tx: Tx, actor: Actor, input: CabinetRequest) => askInCabinet(ports, tx, actor, input),
    reply: (tx: Tx, actor: Actor, id: number, input: ReplyInput) => replyTicket(ports, tx, actor, id, input),
    note: (tx: Tx, actor: Actor, id: number, input: NoteInput) => noteTicket(ports, tx, actor, id, input),
    clientWrote: (tx: Tx, actor: Actor, id: number, input: ClientMessage) => clientWrote(ports, tx, actor, id, input),
    acceptMessage: (tx: Tx, actor: Actor, id: number, messageId: number) =>
      acceptMessage(ports, tx, actor, id, messageId),
    showReplies,
    undoReply: (tx: Tx, actor: Actor, id: number, messageId: number) => undoReply(ports, tx, actor, id, messageId),
    takeOutcome: (tx: Tx, actor: Actor, id: number, input: OutcomeInput) => takeOutcome(ports, tx, actor, id, input),
    tellProcess: (tx: Tx, actor: Actor, id: number, message: string) => tellProcess(ports, tx, actor, id, message),
    recordFacts: (tx: Tx, actor: Actor, id: number, facts: readonly TicketFact[]) =>
      recordFacts(ports, tx, actor, id, facts),
    timerDue: (tx: Tx, actor: Actor, timer: { ticketId: number; elementId: string; entry: number }) =>
      timerDue(ports, tx, actor, timer),
    moveToVersion: (tx: Tx, actor: Actor, ids: readonly number[], target: { key: string; version: number }) =>
      moveToVersion(ports, tx, actor, ids, target),
    change: (tx: Tx, actor: Actor, id: number, version: number | null, change: TicketChange) =>
      changeTicket(ports, tx, actor, id, version, change),
    assign: (tx: Tx, actor: Actor, id: number, version: number | null, accountId: number | null) =>
      assignTicket(ports, tx, actor, id, version, accountId),
    coverWaiting: (tx: Tx, actor: Actor, of: { clientId: number; contactId?: number }) =>
      coverWaiting(ports, tx, actor, of),
    entitle: (tx: Tx, actor: Actor, id: number) => entitleTicket(ports, tx, actor, id),
    offerDeadline: (tx: Tx, actor: Actor, id: number, offer: { dueAt: Instant; reason: string }) =>
      offerDeadline(ports, tx, actor, id, offer),
    withdrawDeadline: (tx: Tx, actor: Actor, id: number) => withdrawDeadline(ports, tx, actor, id),
    decideDeadline: (tx: Tx, actor: Actor, id: number, answer: { offerId: number; agree: boolean }) =>
      decideDeadline(ports, tx, actor, id, answer),
    askGlass: (tx: Tx, actor: Actor, wish: { number: number; reason: string }) => askGlass(ports, tx, actor, wish),
    decideGlass: (tx: Tx, actor: Actor, id: number, approve: boolean) => decideGlass(ports, tx, actor, id, approve),
    endGlass,
    watch: (tx: Tx, actor: Actor, id: number, accountId: number, watching: boolean) =>
      watchTicket(tx, actor, id, accountId, watching),
    changeParticipant: (tx: Tx, actor: Actor, id: number, contactId: number, taking: boolean) =>
      changeParticipant(tx, actor, id, contactId, taking),
    link: (tx: Tx, actor: Actor, fromId: number, toId: number, kind: LinkKind) =>
      linkTickets(tx, actor, fromId, toId, kind),
    setParent,
    merge: (tx: Tx, actor: Actor, id: number, intoId: number) => mergeTicket(ports, tx, actor, id, intoId),
    ...outsideVerbs(ports),
    lockForAction,
    mirrorDeadline: ticketsStore.mirrorDeadline,
    markSent: ticketsStore.markSent,
    list: (sql: Queryable, actor: Actor, input: ListInput) =>
      listTickets(sql, actor, input, (row) => presentRow(row, actor.locale, ports.countdown)),
    async get(sql: Queryable, actor: Actor, id: number, locale: Locale): Promise<Ticket> {
      const [row, around, messages, running, offer] = await Promise.all([
        ticketsReadModel.detail(sql, actor, id),
        ticketsReadModel.around(sql, id),
        ticketsReadModel.messages(sql, id, visibilitiesOf(actor), { limit: MESSAGES_PER_PAGE }),
        ports.process.read(sql, id),
        actor.side === 'partner' ? null : latestOffer(sql, id),
      ])
      if (!row) throw refuseTicket('ticket.not_found')
      const outcomes = running
        ? outcomesOf(running.definition, running.instance.state, roles(actor), processFacts(row))
        : []
      const hosting = row.vendorFacts?.hosting ?? null
      const chosen = row.vendorFacts === null ? outcomes : await withVendorTopics(sql, outcomes, hosting)
      const present = running ? (presentPlaces(running.definition, running.instance.state)[0] ?? null) : null
      return presentTicket(
        { row, around, messages: withoutAddresses(actor, messages), outcomes: chosen, present, offer },
        locale,
        ports.countdown,
      )
    },
    async messages(
      sql: Queryable,
      actor: Actor,
      id: number,
      before: number | undefined,
    ): Promise<{ items: Message[]; before: number | null }> {
      const row = await ticketsReadModel.detail(sql, actor, id)
      if (!row) throw refuseTicket('ticket.not_found')
      const rows = await ticketsReadModel.messages(sql, id, visibilitiesOf(actor), { before, limit: MESSAGES_PER_PAGE })
      return {
        items: withoutAddresses(actor, rows).map((message) => presentMessage(message, row.now)),
        before: rows.length === MESSAGES_PER_PAGE ? (rows[0]?.id ?? null) : null,
      }
    },
    async picture(sql: Queryable, actor: Actor, id: number) {
      if (!(await ticketsReadModel.detail(sql, actor, id))) throw refuseTicket('ticket.not_found')
      const picture = await ports.process.picture(sql, id, actor.side !== 'partner')
      if (!picture) throw refuseTicket('ticket.not_found')
      return picture
    },
    async history(sql: Queryable, actor: Actor, id: number, page: { after: number; limit: number }) {
      if (!(await ticketsReadModel.detail(sql, actor, id))) throw refuseTicket('ticket.not_found')
      return ticketsReadModel.history(sql, id, page)
    },
    async idOfNumber(sql: Queryable, actor: Actor, number: number): Promise<number> {
      const id = await ticketsReadModel.idOfNumber(sql, actor, number)
      if (id === null) throw refuseTicket('ticket.not_found')
      return id
    },
  }
}
