import { join } from 'node:path'
import { type AccessOptions, systemActor } from '@opora/access'
import type { createSender, Delivery, IntakePorts, Outbox } from '@opora/channels'
import { type CalendarBook, type CalendarPorts, type Contracts, coverageOf } from '@opora/contracts'
import type { Instant } from '@opora/core'
import type { NoticePorts, Notices, PromisedTime } from '@opora/notices'
import type { People } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import type { Sla, SlaPorts } from '@opora/sla'
import type { CoverageAnswer, CoverageQuestion, TicketPorts, TicketService } from '@opora/tickets'
import type { Runtime } from './runtime.ts'

const REPLY_KEY_ID = 'k1'
/** Whose hours a notice to the provider's people respects. */
const OFFICE_HOURS = 'mon-fri-10-19'

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
  house: Pick<TicketPorts, 'bus' | 'process'> & { contracts: Contracts; book: CalendarBook },
): TicketPorts {
  const { bus, process, contracts, book } = house
  return {
    bus,
    process,
    coverageOf: coverageForTickets,
    spendCoupon: async (tx, actor, coupon) => (await contracts.useCoupon(tx, actor, coupon)).couponId,
    remainingMinutes: book.remainingMinutes,
    undoMs: runtime.config.server.undoMs,
  }
}

/** What a contract says about a request, in the words of tickets. */
async function coverageForTickets(sql: Queryable, question: CoverageQuestion): Promise<CoverageAnswer> {
  const answer = await coverageOf(sql, { ...question, channel: question.channel as never })
  const plain = answer.reason === null && answer.entitlement === 'covered'
  return {
    contractId: answer.contract?.id ?? null,
    entitlement: answer.entitlement,
    reason: plain ? null : { ru: answer.explanation.ru, en: answer.explanation.en },
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
  }
}

export function noticePorts(runtime: Runtime, house: { outbox: Outbox; book: CalendarBook }): NoticePorts {
  return {
    outbox: house.outbox,
    publicUrl: () => runtime.publicUrl,
    log: runtime.log,
    promises: promisesOf,
    nextWorkingMoment: (sql, at, accountId) => nextWorkingMoment(house.book, sql, at, accountId),
  }
}

/** The promised times of a ticket, for its receipt. */
async function promisesOf(sql: Queryable, ticketId: number): Promise<PromisedTime[]> {
  return sql<PromisedTime[]>`select metric, due_at, estimated from clock
    where ticket_id = ${ticketId} and state = 'running' and due_at is not null order by due_at`
}

/**
 * The present moment inside a person's hours, else their next opening: the calendar that they have set for themselves, else office
 * hours, by the clock on the wall where they are.
 */
async function nextWorkingMoment(book: CalendarBook, sql: Queryable, at: Instant, accountId: number): Promise<Instant> {
  // the clocks of the same ticket have just looked whether calendars are what they were
  if (book.stamp() === '') await book.refresh(sql)
  const [person] = await sql<{ zone: string; hours: string | null }[]>`
    select zone, preferences ->> 'hours' as hours from account where id = ${accountId}`
  const calendar = book.calendar(person?.hours ?? OFFICE_HOURS) ?? book.calendar(OFFICE_HOURS)
  if (!calendar || !person) return at
  const opening = calendar.nextOpening(sameWallTime(at, person.zone, calendar.zone))
  return opening === null ? at : sameWallTime(opening, calendar.zone, person.zone)
}

/** The instant at which the clocks of the second zone show what those of the first show at `at`. */
function sameWallTime(at: Instant, from: string, to: string): Instant {
  if (from === to) return at
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(from).toPlainDateTime()
  return wall.toZonedDateTime(to).epochMilliseconds
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
