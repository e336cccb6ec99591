import { type Actor, can, mayEver, read, refuseAccess, write } from '@opora/access'
import { isoInstant, isoInstantOrNull, type Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { type CabinetRow, cabinetReadModel } from './cabinet.read-model.ts'
import { Changed, DeadlineOffer, FileLink, Id, IdParams, Instant, Opened, Outcome, TakeOutcome } from './contract.ts'
import { CabinetCountdown } from './countdown.contract.ts'
import { latestOffer } from './deadline.read-model.ts'
import { AskedFields, SentAnswers } from './forms.contract.ts'
import { formsReadModel } from './forms.read-model.ts'
import type { CabinetPorts, TicketPorts } from './tickets.ports.ts'
import { presentOffer, presentOutcome } from './tickets.present.ts'
import { refuseTicket } from './tickets.refusals.ts'
import type { TicketService } from './tickets.service.ts'
import { askedNow } from './verbs/mark-form.ts'

const tag = 'cabinet'

function countdownOf(row: CabinetRow, countdown: TicketPorts['countdown']) {
  const { clockState: state, clockKey } = row
  if (state === null || clockKey === null) return null
  if (state === 'paused') return { state, remainingMinutes: row.clockLeft, open: false, turnsIn: [] }
  const ahead = countdown(clockKey, row.now, row.expectedAt ?? row.answerBy)
  return ahead && { state, ...ahead }
}

const CabinetTicketRow = z.object({
  id: z.number(),
  number: z.number(),
  subject: z.string(),
  portal: z.string().nullable(),
  status: z.string(),
  state: z.string(),
  waitsForYou: z.boolean(),
  priority: z.number(),
  asker: z.string().nullable(),
  worker: z.string().nullable(),
  /** When the solution is promised; absent where nothing is promised, with the reason. */
  expectedAt: Instant.nullable(),
  /** When the next answer of a person is promised. */
  answerBy: Instant.nullable(),
  /** The moment above (without one, that of the next answer) rests on a year whose calendar is not approved. */
  expectedEstimated: z.boolean(),
  countdown: CabinetCountdown.nullable(),
  /** client, vendor, approval …: what the request waits for. */
  waitingFor: z.string().nullable(),
  entitlement: z.string(),
  entitlementReason: z.string().nullable(),
  registeredAt: Instant,
  updatedAt: Instant,
})
const CabinetMessage = z.object({
  id: z.number(),
  fromUs: z.boolean(),
  author: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  createdAt: Instant,
  files: z.array(FileLink),
})
export const CabinetTicket = CabinetTicketRow.extend({
  messages: z.array(CabinetMessage),
  outcomes: z.array(Outcome),
  people: z.array(z.object({ name: z.string(), role: z.string() })),
  closedAt: Instant.nullable(),
  mayConfirmEntitlement: z.boolean(),
  /** A term that we proposed; null where none is of interest. */
  deadlineOffer: DeadlineOffer.nullable(),
  mayDecideDeadline: z.boolean(),
  version: z.number(),
  /** What was asked for and is not answered yet; null: nothing. */
  asked: AskedFields.nullable(),
})
const NewCabinetTicket = z.strictObject({
  topic: z.string().min(1).max(60).nullish(),
  /** The version of the topic's form that was shown, and the answers to it. */
  formId: Id.nullish(),
  answers: SentAnswers.default({}),
  portalId: Id.nullish(),
  subject: z.string().trim().min(1).max(300),
  did: z.string().trim().max(5_000).optional(),
  expected: z.string().trim().max(5_000).optional(),
  saw: z.string().trim().max(20_000).optional(),
  looked: z.string().trim().max(5_000).optional(),
  text: z.string().trim().max(50_000).optional(),
  impact: z.number().int().min(1).max(3).nullish(),
  urgency: z.number().int().min(1).max(3).nullish(),
  couponCode: z.string().trim().min(1).max(60).optional(),
  files: z.array(z.uuid()).max(20).default([]),
})
export const CabinetReply = z.strictObject({
  text: z.string().trim().min(1).max(50_000),
  files: z.array(z.uuid()).max(20).default([]),
})

/** What a client's person sees and does: own words, plain states, nothing internal. The database shows these rows of this client only. */
export function cabinetTicketRoutes(tickets: TicketService, ports: CabinetPorts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/tickets',
      summary: 'My requests, and those of my company that I may see',
      tag,
      policy: 'ticket.read',
      query: z.strictObject({
        state: z.enum(['open', 'closed', 'all']).default('open'),
        q: z.string().trim().max(200).optional(),
        cursor: z.string().max(300).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(30),
      }),
      replies: z.object({ items: z.array(CabinetTicketRow), nextCursor: z.string().nullable() }),
      handle: ({ query, caller, read: run, locale }) =>
        run(async (sql) => {
          const page = await cabinetReadModel.list(sql, contactOnly(caller), query)
          return {
            items: page.items.map((row) => presentRow(row, locale, ports.countdown)),
            nextCursor: page.nextCursor,
          }
        }),
    }),
    read({
      path: '/cabinet/tickets/:id',
      summary: 'One request with its conversation and what I can do',
      tag,
      policy: 'ticket.text',
      params: IdParams,
      replies: CabinetTicket,
      handle: ({ params, caller, read: run, locale }) =>
        run((sql) => oneTicket(sql, contactOnly(caller), params.id, locale, ports)),
    }),
    ...cabinetChanges(tickets),
  ]
}

function cabinetChanges(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/cabinet/tickets',
      summary: 'Ask for support',
      tag,
      policy: 'ticket.create',
      status: 201,
      body: NewCabinetTicket,
      replies: Opened,
      handle: async ({ tx, caller, body, locale }) => {
        const form = { did: body.did, expected: body.expected, saw: body.saw, looked: body.looked }
        const opened = await tickets.askInCabinet(tx, contactOnly(caller), {
          topic: body.topic ?? null,
          formId: body.formId ?? null,
          answers: body.answers,
          portalId: body.portalId ?? null,
          subject: body.subject,
          text: writtenRequest(form, body.text, locale),
          form: JSON.parse(JSON.stringify(form)) as Record<string, string>,
          impact: body.impact ?? null,
          urgency: body.urgency ?? null,
          couponCode: body.couponCode,
          files: body.files,
        })
        return {
          id: opened.id,
          number: opened.number,
          version: opened.version,
          entitlement: opened.entitlement,
          entitlementReason: opened.entitlementReason?.[locale] ?? null,
        }
      },
    }),
    write({
      method: 'POST',
      path: '/cabinet/tickets/:id/replies',
      summary: 'Write into a request',
      tag,
      policy: 'message.reply',
      status: 201,
      params: IdParams,
      body: CabinetReply,
      replies: z.object({ messageId: z.number() }),
      handle: async ({ tx, caller, params, body }) => {
        const contact = contactOnly(caller).contact!
        const author = { contactId: contact.id, accountId: caller.accountId, name: caller.name, email: caller.email }
        const { messageId } = await tickets.clientWrote(tx, caller, params.id, { ...body, channel: 'cabinet', author })
        return { messageId }
      },
    }),
    write({
      method: 'POST',
      path: '/cabinet/tickets/:id/outcomes',
      summary: 'Press a button: confirm, return, approve',
      tag,
      policy: 'ticket.act',
      params: IdParams,
      body: TakeOutcome.omit({ note: true }),
      replies: z.object({ version: z.number() }),
      handle: ({ tx, caller, params, body }) => tickets.takeOutcome(tx, contactOnly(caller), params.id, body),
    }),
    write({
      method: 'POST',
      path: '/cabinet/tickets/:id/entitle',
      summary: 'Let a colleague’s request in',
      tag,
      policy: 'ticket.act',
      params: IdParams,
      replies: Changed,
      handle: ({ tx, caller, params }) => tickets.entitle(tx, contactOnly(caller), params.id),
    }),
  ]
}

function contactOnly(caller: Actor): Actor {
  if (!caller.contact) throw refuseAccess('access.not_allowed')
  return caller
}

/** The guided form as one readable letter. */
export function writtenRequest(
  form: {
    did?: string | undefined
    expected?: string | undefined
    saw?: string | undefined
    looked?: string | undefined
  },
  text: string | undefined,
  locale: Locale,
): string {
  const titles =
    locale === 'ru'
      ? { did: 'Что делали', expected: 'Чего ждали', saw: 'Что увидели', looked: 'Где уже смотрели' }
      : { did: 'What you did', expected: 'What you expected', saw: 'What you saw', looked: 'Where you have looked' }
  const parts = (['did', 'expected', 'saw', 'looked'] as const).flatMap((name) =>
    form[name] ? [`${titles[name]}:\n${form[name]}`] : [],
  )
  return [...(text ? [text] : []), ...parts].join('\n\n').trim()
}

export async function oneTicket(sql: Queryable, actor: Actor, id: number, locale: Locale, ports: CabinetPorts) {
  const row = await cabinetReadModel.one(sql, actor, id)
  if (!row) throw refuseTicket('ticket.not_found')
  const [messages, people, outcomes, offer, filled] = await Promise.all([
    cabinetReadModel.messages(sql, id),
    cabinetReadModel.people(sql, id, locale),
    cabinetReadModel.outcomes(sql, ports.process, actor, row),
    latestOffer(sql, id),
    formsReadModel.filled(sql, id),
  ])
  return {
    ...presentRow(row, locale, ports.countdown),
    asked: row.state === 'closed' ? null : askedNow(filled),
    messages: messages.map((message) => ({
      id: message.id,
      fromUs: message.direction === 'out',
      author: message.authorName,
      text: message.visibleText,
      html: message.direction === 'out' ? message.bodyHtml : null,
      createdAt: isoInstant(message.createdAt),
      files: (message.files ?? []).map((file) => ({
        id: file.publicId,
        name: file.name,
        mime: file.mime,
        sizeBytes: file.sizeBytes,
        url: `/api/v1/files/${file.publicId}`,
        inlineCid: file.inlineCid,
      })),
    })),
    outcomes: outcomes.map((outcome) => presentOutcome(outcome, locale)),
    people,
    closedAt: isoInstantOrNull(row.closedAt),
    mayConfirmEntitlement:
      row.entitlement === 'waiting' &&
      actor.contact?.responsible === true &&
      can(actor, 'ticket.act', { clientId: row.clientId }),
    deadlineOffer: presentOffer(offer),
    // whose request it is was decided above, by the row: what is left is whether the person may decide at all
    mayDecideDeadline: offer?.decision === null && row.state !== 'closed' && mayEver(actor, 'deadline.decide'),
    version: row.version,
  }
}

function presentRow(row: CabinetRow, locale: Locale, countdown: TicketPorts['countdown']) {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    portal: row.portalName,
    status: locale === 'ru' ? row.statusClientRu : row.statusClientEn,
    state: row.state,
    waitsForYou:
      row.state === 'confirming' ||
      (row.state === 'waiting' && (row.waitingFor === 'client' || row.waitingFor === 'approval')),
    priority: row.priority,
    asker: row.contactName,
    worker: row.assigneeName,
    expectedAt: isoInstantOrNull(row.expectedAt),
    answerBy: isoInstantOrNull(row.answerBy),
    expectedEstimated: row.expectedEstimated,
    countdown: countdownOf(row, countdown),
    waitingFor: row.waitingFor,
    entitlement: row.entitlement,
    entitlementReason: row.entitlementReason?.[locale] ?? null,
    registeredAt: isoInstant(row.registeredAt),
    updatedAt: isoInstant(row.updatedAt),
  }
}
