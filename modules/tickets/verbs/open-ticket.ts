import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { dictionariesReadModel } from '../dictionaries.read-model.ts'
import { applyCommands } from '../domain/apply-commands.ts'
import { markOf } from '../domain/completeness.ts'
import { proposedPriority, tableOf } from '../domain/priority.ts'
import type { Answers } from '../domain/request-form.ts'
import { writtenAnswers } from '../domain/write-answers.ts'
import { type AskedForm, formsReadModel } from '../forms.read-model.ts'
import { portalTypeOf } from '../named.read-model.ts'
import type { TicketHead } from '../tickets.events.ts'
import type { CoverageAnswer, TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { announceStep } from './step-process.ts'

/** A request from any channel, ready to be registered. */
export interface OpenTicket {
  clientId: number
  contactId: number | null
  portalId: number | null
  subject: string
  text: string
  html?: string | null
  /** What a reader sees first: the text without quotes. */
  visibleText?: string
  channel: string
  topic?: string | null
  kind?: string | null
  priority?: number | undefined
  impact?: number | null
  urgency?: number | null
  tags?: string[]
  /** Answers of the guided form, and the version of the topic's form that asked them; without it, the topic's newest. */
  form?: Answers | null
  asked?: AskedForm | null
  couponCode?: string | undefined
  /** Uploads of the writer. */
  files?: string[]
  /** Files that came with a letter and are stored already. */
  attachments?: { name: string; mime: string; sizeBytes: number; sha256: string; inlineCid: string | null }[]
  author: { contactId: number | null; accountId: number | null; name: string; email: string | null }
  watcherContactIds?: number[]
  /** Unique key of the source (`raw:17`): the same source opens one ticket however often it is run. */
  sourceKey?: string | null
  rawId?: number | null
  mailMessageId?: string | null
  unverified?: boolean
  /** No answer may go back by itself (automatic letters, lists). */
  automatic?: boolean
  registeredAt?: Instant
  /** The transaction's moment, where the caller has asked for it already. */
  now?: Instant
  parentId?: number | null
}

export interface OpenedTicket {
  id: number
  number: number
  version: number
  messageId: number
  entitlement: string
  entitlementReason: { ru: string; en: string } | null
}

const BLANK_STANDING = {
  state: 'open' as const,
  waitingFor: null,
  place: null,
  lane: null,
  statusStaffRu: '',
  statusStaffEn: '',
  statusClientRu: '',
  statusClientEn: '',
}
const DEFAULT_PRIORITY = 3
const TITLE_MAX = 300

/** Registers a request: number, first message, what covers it, its process's first place; clocks and the receipt follow by events. */
export async function openTicket(ports: TicketPorts, tx: Tx, actor: Actor, input: OpenTicket): Promise<OpenedTicket> {
  const now = input.now ?? (await databaseNow(tx))
  const { priority, kind, asked } = await atDoor(tx, input)
  const question = {
    clientId: input.clientId,
    contactId: input.contactId,
    portalId: input.portalId,
    channel: input.channel,
    topic: input.topic ?? null,
    priority,
    couponApplied: input.couponCode !== undefined,
    at: now,
  }
  const [coverage, portalType] = await Promise.all([ports.coverageOf(tx, question), portalTypeOf(tx, input.portalId)])
  const processFacts = { kind, priority, vendor_eligible: false }
  const begun = await ports.process.begin(tx, processFacts)
  const applied = applyCommands({ ...BLANK_STANDING, kind, priority }, begun.first.commands)
  const made = await insert(tx, { ...input, asked }, coverage, applied.standing, now)
  const ticket = headOfNew(made, input, coverage, applied.standing, now)
  const [messageId, facts] = await Promise.all([
    insertFirstMessage(tx, made.id, input, now),
    ticketsStore.insertFacts(
      tx,
      { id: made.id, clientId: input.clientId },
      [openedFact(ticket, portalType), ...couponFacts(input), ...applied.facts],
      actor,
      now,
    ),
    ports.process.saveBegun(
      tx,
      { ticketId: made.id, clientId: input.clientId, contractId: coverage.contractId },
      begun,
      now,
    ),
    addPeople(tx, made.id, input),
    ticketsStore.addToSearch(tx, { id: made.id, clientId: input.clientId }, searchedText(input, asked), true, {
      subject: input.subject,
      number: made.number,
      names: `${input.author.name} ${input.author.email ?? ''}`,
    }),
  ])
  await bindFiles(tx, made.id, messageId, input)
  if (input.couponCode !== undefined) await payByCoupon(ports, tx, actor, input.couponCode, ticket)
  await ports.bus.emit(tx, 'ticket.opened', {
    actor,
    ticket,
    facts,
    messageId,
    entitlementReason: coverage.reason,
    coupon: input.couponCode !== undefined,
    automatic: input.automatic ?? false,
    now,
  })
  await Promise.all([
    announceStep(ports, tx, actor, ticket, { facts: [], applied }, now),
    announce(tx, {
      topic: 'ticket.opened',
      clientId: input.clientId,
      ticketId: made.id,
      ...(input.contactId === null ? {} : { contactId: input.contactId }),
    }),
  ])
  return { ...made, version: 1, messageId, entitlement: coverage.entitlement, entitlementReason: coverage.reason }
}

/** What the topic says of a request that says nothing of it itself: kind, priority, and the form that it is read with. */
async function atDoor(
  tx: Tx,
  input: OpenTicket,
): Promise<{ priority: number; kind: string | null; asked: AskedForm | null }> {
  const topic = input.topic ? await formsReadModel.atDoor(tx, input.topic) : null
  const isJudged = input.impact != null && input.urgency != null
  const table = isJudged ? tableOf((await dictionariesReadModel.criticality(tx)).cells) : undefined
  const proposed = proposedPriority(input.impact ?? null, input.urgency ?? null, table)
  return {
    priority: input.priority ?? proposed ?? topic?.defaultPriority ?? DEFAULT_PRIORITY,
    kind: input.kind ?? topic?.defaultKind ?? null,
    asked: input.asked ?? topic?.form ?? null,
  }
}

/** Everything that the request can be found by: its words, its answers, the names of its files. */
function searchedText(input: OpenTicket, asked: AskedForm | null): string {
  const answers = asked && input.form ? writtenAnswers(asked.fields, input.form, 'ru') : ''
  return `${input.text} ${answers} ${fileNames(input)}`
}

function insert(
  tx: Tx,
  input: OpenTicket,
  coverage: CoverageAnswer,
  standing: object,
  now: Instant,
): Promise<{ id: number; number: number }> {
  const files = (input.files?.length ?? 0) + (input.attachments?.length ?? 0)
  const { portalId, text } = input
  const mark = markOf({ fields: input.asked?.fields ?? null, answers: input.form ?? {}, portalId, text, files })
  return ticketsStore.insertTicket(tx, {
    ...standing,
    clientId: input.clientId,
    portalId: input.portalId,
    contractId: coverage.contractId,
    contactId: input.contactId,
    channel: input.channel,
    subject: input.subject.slice(0, TITLE_MAX) || '(без темы)',
    topic: input.topic ?? null,
    impact: input.impact ?? null,
    urgency: input.urgency ?? null,
    licenceClass: coverage.licenceClass,
    entitlement: coverage.entitlement,
    entitlementReason: coverage.reason === null ? null : tx.json(coverage.reason),
    flags: tx.json({
      ...Object.fromEntries(coverage.flags.map((flag) => [flag, true])),
      ...(mark.percent < 30 ? { incomplete: true } : {}),
    }),
    tags: input.tags ?? [],
    form: input.form ? tx.json(input.form as Json) : null,
    formId: input.asked?.id ?? null,
    completeness: mark.percent,
    missing: tx.json(mark.missing as unknown as Json),
    sourceKey: input.sourceKey ?? null,
    parentId: input.parentId ?? null,
    registeredAt: input.registeredAt ?? now,
    lastMessageAt: now,
    lastClientMessageAt: input.author.contactId === null ? null : now,
    messagesCount: 1,
  })
}

// 20-sla, "Coupon": around the clock, reaction of at most one hour.
const COUPON_REACTION_MINUTES = 60

function couponFacts(input: OpenTicket) {
  return input.couponCode === undefined
    ? []
    : [{ type: 'coupon_spent', data: { reactionMinutes: COUPON_REACTION_MINUTES } }]
}

function openedFact(ticket: TicketHead, portalType: string | null) {
  const { priority, kind, topic, portalId, contractId, licenceClass, entitlement, clientId } = ticket
  return {
    type: 'opened',
    data: {
      channel: ticket.channel,
      priority,
      kind,
      topic,
      portalId,
      portalType,
      contractId,
      licenceClass,
      entitlement,
      clientId,
      registeredAt: ticket.registeredAt,
    },
  }
}

function headOfNew(
  made: { id: number; number: number },
  input: OpenTicket,
  coverage: CoverageAnswer,
  standing: { state: string; kind: string | null; priority: number; lane: string | null; place: string | null },
  now: Instant,
): TicketHead {
  return {
    ...made,
    clientId: input.clientId,
    contractId: coverage.contractId,
    contactId: input.contactId,
    portalId: input.portalId,
    subject: input.subject,
    channel: input.channel,
    topic: input.topic ?? null,
    kind: standing.kind,
    priority: standing.priority,
    licenceClass: coverage.licenceClass,
    state: standing.state,
    entitlement: coverage.entitlement,
    assigneeId: null,
    lane: standing.lane,
    place: standing.place,
    registeredAt: input.registeredAt ?? now,
  }
}

function insertFirstMessage(tx: Tx, ticketId: number, input: OpenTicket, now: Instant): Promise<number> {
  const fromStaff = input.author.contactId === null && input.author.accountId !== null
  return ticketsStore.insertMessage(tx, {
    clientId: input.clientId,
    ticketId,
    visibility: 'public',
    direction: 'in',
    channel: input.channel,
    authorAccountId: fromStaff ? input.author.accountId : null,
    authorContactId: input.author.contactId,
    authorName: input.author.name,
    authorEmail: input.author.email,
    bodyText: input.text,
    bodyHtml: input.html ?? null,
    visibleText: input.visibleText ?? input.text,
    recipients: [],
    mailMessageId: input.mailMessageId ?? null,
    rawId: input.rawId ?? null,
    unverified: input.unverified ?? false,
    isAnswer: false,
    sendAt: null,
    createdAt: now,
  })
}

async function addPeople(tx: Tx, ticketId: number, input: OpenTicket): Promise<void> {
  const contacts = [
    ...new Set([...(input.contactId === null ? [] : [input.contactId]), ...(input.watcherContactIds ?? [])]),
  ]
  for (const contactId of contacts) {
    await ticketsStore.addPerson(tx, {
      clientId: input.clientId,
      ticketId,
      role: contactId === input.contactId ? 'participant' : 'watcher',
      contactId,
      accountId: null,
      email: null,
      addedBy: input.author.accountId,
    })
  }
}

async function bindFiles(tx: Tx, ticketId: number, messageId: number, input: OpenTicket): Promise<void> {
  const to = { clientId: input.clientId, ticketId, messageId }
  const bound = await ticketsStore.bindFiles(tx, input.files ?? [], to, input.author)
  if (bound !== (input.files?.length ?? 0)) throw refuseTicket('ticket.file_unknown', { field: 'files' })
  for (const file of input.attachments ?? []) {
    await ticketsStore.insertAttachment(tx, {
      ...to,
      ...file,
      uploadedByAccountId: input.author.accountId,
      uploadedByContactId: input.author.contactId,
    })
  }
}

async function payByCoupon(ports: TicketPorts, tx: Tx, actor: Actor, code: string, ticket: TicketHead): Promise<void> {
  const couponId = await ports.spendCoupon(tx, actor, {
    code,
    clientId: ticket.clientId,
    ticketId: ticket.id,
    ticketNumber: ticket.number,
  })
  await ticketsStore.setCoupon(tx, ticket.id, couponId)
}

function fileNames(input: OpenTicket): string {
  return (input.attachments ?? []).map((file) => file.name).join(' ')
}
