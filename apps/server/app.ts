import { type Access, createAccess } from '@opora/access'
import { createIntake, createMailParser, createOutbox, createSender, type Intake, type Outbox } from '@opora/channels'
import {
  type CalendarBook,
  type Contracts,
  type ContractsEvents,
  createCalendarBook,
  createContracts,
} from '@opora/contracts'
import { createNotices, type Notices } from '@opora/notices'
import { createPeople, type People, type PeopleEvents } from '@opora/people'
import { createEventBus, type EventBus } from '@opora/platform/events'
import { createPortals, type Portals } from '@opora/portals'
import { createProcessService, type ProcessService } from '@opora/process'
import { createSla, type Sla, type SlaEvents } from '@opora/sla'
import { createDesk, createTicketService, type Desk, type TicketEvents, type TicketService } from '@opora/tickets'
import { hearByRights } from './hear.ts'
import { coverageForTickets, deliveryOf, nextWorkingMoment, promisesOf } from './ports.ts'
import type { Runtime } from './runtime.ts'

export type Events = TicketEvents & PeopleEvents & ContractsEvents & SlaEvents

/** The wired house: what serves, what works, and what both share. */
export interface House {
  runtime: Runtime
  bus: EventBus<Events>
  access: Access
  people: People
  portals: Portals
  contracts: Contracts
  /** The installation's calendars, compiled and kept. */
  book: CalendarBook
  process: ProcessService
  tickets: TicketService
  desk: Desk
  sla: Sla
  outbox: Outbox
  intake: Intake
  notices: Notices
  sender: { sendNext(): Promise<number> }
  /** Jobs that carry an event to its hearers with the worker's rights. */
  hearTasks: Record<string, (payload: never) => Promise<void>>
}

/** Every module, made in the order of the module list, by hand from top to bottom. */
export function createHouse(runtime: Runtime): House {
  const { config, database, vault, files, log } = runtime
  const publicUrl = runtime.publicUrl
  const bus = createEventBus<Events>()
  const replyKey = vault.derive('reply-tokens')
  const outbox = createOutbox({
    replyKey,
    replyKeyId: 'k1',
    from: { address: config.channels.from, name: config.server.mailName },
  })

  const access = createAccess({
    database,
    vault,
    log,
    publicUrl,
    settings: config.access,
    sendMail: (tx, mail) => notices.sendAccessMail(tx, mail),
    linkContact: (tx, contactId, accountId) => people.linkAccount(tx, contactId, accountId),
  })
  const people = createPeople({ bus, accounts: access })
  const portals = createPortals()
  const contracts = createContracts({ bus, isMonthClosed: async () => false })
  const book = createCalendarBook((body) => database.read({ as: 'staff' }, body))
  const process = createProcessService({ dueAt: (sql, ticket, due, from) => book.dueAt(sql, ticket, due, from) })
  const tickets = createTicketService({
    bus,
    process,
    coverageOf: coverageForTickets,
    spendCoupon: async (tx, actor, coupon) => (await contracts.useCoupon(tx, actor, coupon)).couponId,
    remainingMinutes: (calendarCode, now, dueAt) => book.remainingMinutes(calendarCode, now, dueAt),
    undoMs: config.server.undoMs,
  })
  const sla: Sla = createSla({ bus, book, mirrorDeadline: tickets.mirrorDeadline })
  const parser = createMailParser()
  const intake = createIntake({
    database,
    files,
    parser,
    people,
    tickets,
    replyKeys: new Map([['k1', replyKey]]),
    settings: config.channels,
    log,
  })
  const notices = createNotices({
    outbox,
    publicUrl,
    log,
    promises: promisesOf,
    nextWorkingMoment: (sql, at) => nextWorkingMoment(book, sql, at),
  })
  const sender = createSender({
    database,
    files,
    log,
    delivery: deliveryOf(config),
    onLost: (tx, mail) => notices.onMailLost(tx, mail),
  })

  // ── Who hears what ──────────────────────────────────────────────────────────────────────────────────────────────
  // In the announcer's transaction:
  bus.on('ticket.opened', sla.onTicketOpened)
  bus.on('ticket.facts', sla.onTicketFacts)
  // With the worker's rights: at once where the announcer has them, else by a job of the same transaction.
  const { on, tasks: hearTasks } = hearByRights(bus, database)
  on('ticket.opened', 'notices', notices.onOpened)
  on('ticket.replied', 'notices', notices.onReplied)
  on('ticket.facts', 'notices', notices.onFacts)
  on('ticket.client_wrote', 'notices', notices.onClientWrote)
  on('ticket.noted', 'notices', notices.onNoted)
  on('ticket.assigned', 'notices', notices.onAssigned)
  on('ticket.action', 'notices', notices.onAction)
  on('sla.alarm', 'notices', notices.onAlarm)
  return {
    runtime,
    bus,
    access,
    people,
    portals,
    contracts,
    book,
    process,
    tickets,
    desk: createDesk(),
    sla,
    outbox,
    intake,
    notices,
    sender,
    hearTasks,
  }
}
