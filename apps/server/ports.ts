import { join } from 'node:path'
import { type Access, type AccessOptions, systemActor } from '@opora/access'
import type { ChangesPorts } from '@opora/changes'
import type { createSender, Delivery, IntakePorts, Outbox } from '@opora/channels'
import { type CalendarBook, type CalendarPorts, type Contracts, coverageOf } from '@opora/contracts'
import { type Locale, MINUTE_MS } from '@opora/core'
import { type DutyPorts, peopleOnShift } from '@opora/duty'
import type { NoticePorts, Notices, PromisedTime } from '@opora/notices'
import type { People } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import type { Sla, SlaPorts } from '@opora/sla'
import {
  type CoverageAnswer,
  type CoverageQuestion,
  type TicketPorts,
  type TicketService,
  topicOf,
} from '@opora/tickets'
import { isDutyPromised } from './duty-promise.ts'
import { nextWorkingMoment } from './reader-hours.ts'
import type { Runtime } from './runtime.ts'
import { vendorHours } from './vendor-hours.ts'

const REPLY_KEY_ID = 'k1'

export function outboxPorts(runtime: Runtime) {
  const { config, vault } = runtime
  return {
    replyKey: vault.derive('reply-tokens'),
    replyKeyId: REPLY_KEY_ID,
    from: { address: config.channels.from, name: config.server.mailName },
  }
}

/** `later`: letters are written by a module further down the list, which does not exist yet when this is made. */
export function accessPorts(runtime: Runtime, later: () => { notices: Notices; people: People }): AccessOptions {
  const { database, vault, log, publicUrl, config } = runtime
  return {
    database,
    vault,
    log,
    publicUrl,
    settings: config.access,
    sendMail: (tx, mail) => later().notices.sendAccessMail(tx, mail),
    linkContact: (tx, contactId, accountId) => later().people.linkAccount(tx, contactId, accountId),
  }
}

export function ticketPorts(
  runtime: Runtime,
  house: Pick<TicketPorts, 'bus' | 'process'> & { access: Access; contracts: Contracts; book: CalendarBook },
): TicketPorts {
  const { access, bus, process, contracts, book } = house
  return {
    bus,
    process,
    coverageOf: coverageForTickets,
    spendCoupon: async (tx, actor, coupon) => (await contracts.useCoupon(tx, actor, coupon)).couponId,
    vendorHours: vendorHours(book),
    partners: { account: access.partnerAccount, endLinks: access.endPartnerLinks },
    countdown: book.countdown,
    undoMs: runtime.config.server.undoMs,
  }
}

/** What a contract says about a request, in the words of tickets; what it leaves out is told with the topic's own way on. */
async function coverageForTickets(sql: Queryable, question: CoverageQuestion): Promise<CoverageAnswer> {
  const topic = question.topic === null ? null : await topicOf(sql, question.topic)
  const service = topic?.service ?? null
  const answer = await coverageOf(sql, { ...question, service, channel: question.channel as never })
  const plain = answer.reason === null && answer.entitlement === 'covered'
  const isLeftOut = answer.reason === 'topic_excluded' || answer.reason === 'service_not_included'
  const say = (locale: Locale) => [answer.explanation[locale], isLeftOut ? topic?.way[locale] : null].filter(Boolean)
  return {
    contractId: answer.contract?.id ?? null,
    entitlement: answer.entitlement,
    reason: plain ? null : { ru: say('ru').join(' '), en: say('en').join(' ') },
    flags: answer.flags.map((flag) => flag.code),
    licenceClass: answer.licenceClass,
  }
}

export function intakePorts(
  runtime: Runtime,
  house: Pick<IntakePorts, 'parser' | 'people' | 'tickets' | 'outbox'>,
): IntakePorts {
  const { database, files, vault, config, log } = runtime
  const replyKeys = new Map([[REPLY_KEY_ID, vault.derive('reply-tokens')]])
  return { ...house, database, files, replyKeys, companyName, settings: config.channels, log }
}

export function changesPorts(
  runtime: Runtime,
  house: Pick<ChangesPorts, 'bus' | 'tickets'> & { book: CalendarBook },
): ChangesPorts {
  const { bus, tickets, book } = house
  return {
    bus,
    tickets,
    workingDaysAfter: (sql, contractId, days, from) =>
      book.dueAt(sql, { contractId }, { unit: 'working_days', days }, from),
    deriveKey: (purpose) => runtime.vault.derive(purpose),
  }
}

/** What the calendars' screen asks of promised times, which come later in the list of modules. */
export function calendarPorts(sla: Sla): CalendarPorts {
  return { whatMoves: sla.whatMoves }
}

export function slaPorts(bus: SlaPorts['bus'], book: CalendarBook, tickets: TicketService): SlaPorts {
  return {
    bus,
    book,
    mirrorDeadline: tickets.mirrorDeadline,
    assign: async (tx, id, accountId) => void (await tickets.assign(tx, systemActor(), id, null, accountId)),
    setPriority: async (tx, id, priority) => void (await tickets.change(tx, systemActor(), id, null, { priority })),
    recordFacts: tickets.recordFacts,
    onShift: async (sql, ids, at) => peopleOnShift(sql, await calendarsNow(book, sql), ids, at),
  }
}

export function dutyPorts(runtime: Runtime, house: { bus: DutyPorts['bus']; book: CalendarBook }): DutyPorts {
  return {
    bus: house.bus,
    calendars: (sql) => calendarsNow(house.book, sql),
    isDutyPromised,
    waitMs: runtime.config.duty.waitMinutes * MINUTE_MS,
  }
}

/** The calendars as they stand now, also where another process changed them. */
export async function calendarsNow(book: CalendarBook, sql: Queryable): Promise<CalendarBook['calendar']> {
  await book.refresh(sql)
  return book.calendar
}

export function noticePorts(
  runtime: Runtime,
  house: { access: Access; outbox: Outbox; book: CalendarBook },
): NoticePorts {
  return {
    outbox: house.outbox,
    publicUrl: () => runtime.publicUrl,
    log: runtime.log,
    promises: promisesOf,
    partnerLinks: house.access.partnerLinks,
    nextWorkingMoment: (sql, at, accountId) => nextWorkingMoment(house.book, sql, at, accountId),
  }
}

/** The promised times of a ticket, for its receipt. */
async function promisesOf(sql: Queryable, ticketId: number): Promise<PromisedTime[]> {
  return sql<PromisedTime[]>`select metric, due_at, estimated from clock
    where ticket_id = ${ticketId} and state = 'running' and due_at is not null order by due_at`
}

export function senderPorts(
  runtime: Runtime,
  house: { notices: Notices; tickets: TicketService },
): Parameters<typeof createSender>[0] {
  const { database, files, log } = runtime
  const { notices, tickets } = house
  return {
    database,
    files,
    log,
    delivery: deliveryOf(runtime),
    onSent: tickets.markSent,
    onLost: (tx, mail) => notices.onMailLost(tx, mail),
  }
}

function deliveryOf({ config }: Runtime): Delivery {
  const { channels, platform } = config
  if (channels.transport === 'folder') return { by: 'folder', folder: join(platform.data, 'outbox') }
  if (channels.transport !== 'smtp' || channels.host === null) return { by: 'off' }
  const auth = channels.user === null ? null : { user: channels.user, pass: channels.password?.reveal() ?? '' }
  return { by: 'smtp', transport: { host: channels.host, port: channels.port, security: channels.security, auth } }
}

/** The provider's name, as letters bear it. */
async function companyName(sql: Queryable): Promise<string> {
  const [row] = await sql<{ name: string | null }[]>`select company_name as name from installation`
  return row?.name ?? 'Опора'
}
