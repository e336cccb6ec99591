import { type Access, createAccess, systemActor } from '@opora/access'
import { type Automation, type AutomationEvents, createAutomation } from '@opora/automation'
import { type Billing, type BillingEvents, createBilling, isMonthClosed } from '@opora/billing'
import { type Changes, type ChangesEvents, createChanges } from '@opora/changes'
import {
  createIntake,
  createLetters,
  createMailboxes,
  createMailParser,
  createOutbox,
  createSender,
  type Intake,
  type Letters,
  type Mailboxes,
  type MailParser,
  type Outbox,
} from '@opora/channels'
import {
  type CalendarBook,
  type Contracts,
  type ContractsEvents,
  createCalendarBook,
  createContracts,
} from '@opora/contracts'
import { createDuty, type Duty, type DutyEvents } from '@opora/duty'
import { createInsight, type Insight } from '@opora/insight'
import { createNotices, type Notices } from '@opora/notices'
import { createPeople, type People, type PeopleEvents } from '@opora/people'
import { createEventBus, type EventBus } from '@opora/platform/events'
import { createPortals, type Portals } from '@opora/portals'
import {
  createDesigner,
  createHeat,
  createProcessService,
  createPublishing,
  type Designer,
  type Heat,
  type ProcessService,
  type Publishing,
} from '@opora/process'
import { createSla, type Sla, type SlaEvents } from '@opora/sla'
import { createSurveys, type Surveys, type SurveysEvents } from '@opora/surveys'
import { createDesk, createTicketService, type Desk, type TicketEvents, type TicketService } from '@opora/tickets'
import { createWork, type Work, type WorkEvents } from '@opora/work'
import { automationPorts } from './automation.ports.ts'
import { hearByRights } from './hear.ts'
import {
  accessPorts,
  changesPorts,
  dutyPorts,
  intakePorts,
  noticePorts,
  outboxPorts,
  senderPorts,
  slaPorts,
  ticketPorts,
} from './ports.ts'
import { processPorts } from './process.ports.ts'
import type { Runtime } from './runtime.ts'

export type Events = TicketEvents &
  PeopleEvents &
  ContractsEvents &
  SlaEvents &
  WorkEvents &
  ChangesEvents &
  DutyEvents &
  SurveysEvents &
  AutomationEvents &
  BillingEvents

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
  publishing: Publishing
  designer: Designer
  heat: Heat
  tickets: TicketService
  desk: Desk
  sla: Sla
  work: Work
  changes: Changes
  automation: Automation
  duty: Duty
  surveys: Surveys
  billing: Billing
  outbox: Outbox
  /** Reads letters in a thread of its own. */
  parser: MailParser
  intake: Intake
  mailboxes: Mailboxes
  letters: Letters
  notices: Notices
  insight: Insight
  sender: { sendNext(): Promise<number> }
  /** Jobs that carry an event to its hearers with the worker's rights. */
  hearTasks: Record<string, (payload: never) => Promise<void>>
}

/** Every module, made in the order of the module list, by hand from top to bottom. */
export function createHouse(runtime: Runtime): House {
  const bus = createEventBus<Events>()
  const { database } = runtime
  const outbox = createOutbox(outboxPorts(runtime))
  const access = createAccess(accessPorts(runtime, () => ({ notices, people })))
  const people = createPeople({ bus, accounts: access })
  const portals = createPortals()
  const contracts = createContracts({ bus, isMonthClosed })
  const book = createCalendarBook((body) => database.read({ as: 'staff' }, body))
  const timing = processPorts(book)
  const process = createProcessService(timing)
  const publishing = createPublishing(process)
  const wiring = ticketPorts(runtime, { access, bus, process, contracts, book })
  const tickets = createTicketService(wiring)
  const sla = createSla(slaPorts(bus, book, tickets))
  const parser = createMailParser()
  const intake = createIntake(intakePorts(runtime, { parser, people, tickets, outbox }))
  const mailboxes = createMailboxes({ vault: runtime.vault, privateHosts: runtime.config.channels.privateHosts })
  const letters = createLetters({ tickets })
  const work = createWork({ bus, database, contracts, tickets, isMonthClosed })
  const changes = createChanges(changesPorts(runtime, { bus, tickets, book }))
  const duty = createDuty(dutyPorts(runtime, { bus, book }))
  const automation = createAutomation(automationPorts(runtime, { bus, tickets, wiring, book }))
  const surveys = createSurveys({ bus, tickets })
  const billing = createBilling({
    bus,
    database,
    files: runtime.files,
    contracts,
    dueAt: book.dueAt,
    slaFigures: sla.figuresOfContracts,
  })
  const notices = createNotices(noticePorts(runtime, { access, outbox, book }))
  const sender = createSender(senderPorts(runtime, { notices, tickets }))
  const house = {
    runtime,
    bus,
    access,
    people,
    portals,
    contracts,
    book,
    process,
    publishing,
    designer: createDesigner(),
    heat: createHeat(process, timing),
    tickets,
    desk: createDesk(),
    sla,
    work,
    changes,
    duty,
    automation,
    surveys,
    billing,
    outbox,
    parser,
    intake,
    mailboxes,
    letters,
    notices,
    insight: createInsight({ database, book }),
    sender,
  }
  return { ...house, hearTasks: whoHearsWhat(house) }
}

/** Every event of the house and its hearers, on one screen. */
function whoHearsWhat(house: Omit<House, 'hearTasks'>): House['hearTasks'] {
  const { bus, runtime, billing, sla, work, changes, duty, automation, notices, tickets } = house
  // In the announcer's transaction, with the announcer's rights in the database:
  bus.on('contract.concluded', billing.onContractConcluded)
  bus.on('ticket.opened', sla.onTicketOpened)
  bus.on('ticket.facts', sla.onTicketFacts)
  bus.on('sla_policy.saved', sla.onPolicySaved)
  bus.on('ticket.deadline_offered', sla.onDeadlineOffered)
  bus.on('ticket.place_entered', work.onPlaceEntered)
  bus.on('ticket.facts', changes.guardFacts)
  bus.on('ticket.action', changes.onAction)
  tellRules(bus, automation)
  // With the worker's rights: at once where the announcer has them, else by a job of the same transaction:
  const { on, tasks } = hearByRights(bus, runtime.database)
  on('ticket.facts', 'changes', changes.onFacts)
  on('ticket.place_entered', 'changes', changes.onPlaceEntered)
  on('ticket.opened', 'duty', duty.onOpened)
  on('ticket.facts', 'duty', duty.onFacts)
  on('ticket.action', 'duty', duty.onAction)
  on('ticket.assigned', 'duty', duty.onAssigned)
  on('ticket.replied', 'duty', duty.onReplied)
  on('sla.alarm', 'duty', duty.onAlarm)
  on('ticket.opened', 'notices', notices.onOpened)
  on('ticket.replied', 'notices', notices.onReplied)
  on('ticket.facts', 'notices', notices.onFacts)
  on('ticket.client_wrote', 'notices', notices.onClientWrote)
  on('ticket.vendor_silent', 'notices', notices.onVendorSilent)
  on('ticket.facts', 'tickets', tickets.endVendorWait)
  on('ticket.partner_invited', 'notices', notices.onPartnerInvited)
  on('ticket.partner_ending', 'notices', notices.onPartnerEnding)
  on('ticket.partner_wrote', 'notices', notices.onPartnerWrote)
  on('ticket.noted', 'notices', notices.onNoted)
  on('ticket.glass', 'notices', notices.onGlass)
  on('ticket.deadline_offered', 'notices', notices.onDeadlineOffered)
  on('ticket.assigned', 'notices', notices.onAssigned)
  on('ticket.action', 'notices', notices.onAction)
  on('ticket.action', 'tickets', tickets.shareByProcess)
  on('ticket.action', 'accident', tickets.followAccident)
  on('ticket.action', 'work', work.onAction)
  on('ticket.action', 'automation', automation.onAction)
  on('rule.stopped', 'notices', notices.onRuleStopped)
  on('estimate.wanted', 'notices', notices.onEstimateWanted)
  on('ticket.opened', 'tickets', tickets.onOpenedStartChecklists)
  on('sla.alarm', 'notices', notices.onAlarm)
  on('duty.called', 'notices', notices.onCalled)
  on('duty.unanswered', 'notices', notices.onUnanswered)
  on('work.estimate_offered', 'notices', notices.onEstimateOffered)
  on('change.vote_asked', 'notices', notices.onVoteAsked)
  on('change.decided', 'notices', notices.onBoardDecided)
  on('change.review_late', 'notices', notices.onReviewLate)
  on('change.window_asked', 'notices', notices.onWindowAsked)
  on('work.estimate_decided', 'notices', notices.onEstimateDecided)
  on('work.estimate_warned', 'notices', notices.onEstimateWarned)
  on('work.estimate_expired', 'notices', notices.onEstimateExpired)
  on('work.round_opened', 'notices', notices.onRoundOpened)
  on('billing.objected', 'notices', notices.onObjected)
  on('billing.report_sent', 'notices', notices.onReportSent)
  on('billing.documents_sent', 'notices', notices.onDocumentsSent)
  on('coupon.issued', 'notices', notices.onCouponIssued)
  on('contract.reminder', 'notices', notices.onContractReminder)
  on('ledger.broken', 'notices', notices.onLedgerBroken)
  on('contact.confirmed', 'tickets', async (tx, event) => void (await tickets.coverWaiting(tx, systemActor(), event)))
  on(
    'contract.changed',
    'tickets',
    async (tx, event) => void (await tickets.coverWaiting(tx, systemActor(), { clientId: event.clientId })),
  )
  return tasks
}

/** Rules are told by jobs of the announcer's transaction. */
function tellRules(bus: House['bus'], automation: Automation): void {
  bus.onBeside('ticket.opened', automation.opened)
  // a part that was closed may let its parent go on: after those who follow the facts
  bus.on('ticket.facts', automation.facts)
  bus.onBeside('ticket.replied', automation.replied)
  bus.onBeside('ticket.client_wrote', automation.clientWrote)
  bus.onBeside('ticket.noted', automation.noted)
  bus.onBeside('ticket.assigned', automation.assigned)
  bus.onBeside('ticket.place_entered', automation.placeEntered)
  bus.onBeside('sla.alarm', automation.alarm)
}
