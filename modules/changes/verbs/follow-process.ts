import type { Actor } from '@opora/access'
import { HOUR_MS, type Instant, type Words } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import { type ChangeRecord, ruleOf } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { type ChangeGuard, changesStore, guardOf } from '../changes.store.ts'
import { whyNotClose, whyNotStart } from '../domain/change.ts'
import { leaveAgenda } from './agenda.ts'
import { finished, started } from './install.ts'
import { noteChange } from './load-change.ts'
import { refuseFrozen } from './windows.ts'

type FactsEvent = TicketEvents['ticket.facts']

/** Words of outcomes and messages that mean the same in every diagram. */
const APPROVE = 'approve'
const BEGIN = ['start_now', 'window_opens']
const INSTALLED = ['installed', 'deployment.done']
const ROLLED_BACK = 'rolled_back'
const EMERGENCY = 'emergency'
// A window that the process was told the beginning of only.
const USUAL_WINDOW_MS = 2 * HOUR_MS

interface Left {
  place: string
  by: string
  outcome: string | null
}

function leftOf(event: FactsEvent): Left | null {
  const fact = event.facts.find((one) => one.type === 'place_left')
  if (!fact) return null
  const { place, by, outcome } = fact.data
  return { place: String(place), by: String(by), outcome: outcome === null ? null : String(outcome) }
}

/** Stops what the board's rules forbid, in the transaction of whoever pressed the button. */
export async function guardFacts(tx: Tx, event: FactsEvent): Promise<void> {
  const left = leftOf(event)
  const closes = event.facts.some((fact) => fact.type === 'closed')
  if (!left && !closes) return
  const change = await guardOf(tx, event.ticket.id)
  if (!change) return
  if (left && isBoards(change, left)) guardBoard(change, left)
  if (left?.by === 'outcome' && left.outcome === 'start_now') await guardStart(tx, event.ticket.id)
  const isReviewed = left !== null && isBoards(change, left) && left.outcome === APPROVE
  const refused = closes && !isReviewed ? whyNotClose(change) : null
  if (refused) throw changeRefusals.refuse(refused)
}

function isBoards(change: ChangeGuard, left: Left): boolean {
  return left.place === change.boardPlace && (change.approval === 'agenda' || change.approval === 'voting')
}

/** Before a board with members nobody decides alone; sending back for rework is open to whoever has the button. */
function guardBoard(change: ChangeGuard, left: Left): void {
  if (!change.needsVote || left.by !== 'outcome' || left.outcome === 'rework') return
  throw changeRefusals.refuse('change.board_decides')
}

async function guardStart(tx: Tx, ticketId: number): Promise<void> {
  const change = await changesStore.ofTicket(tx, ticketId)
  // whoever pressed the verb's own button has begun already
  if (change?.stage !== 'planned' && change?.stage !== 'draft') return
  const refused = whyNotStart(ruleOf(change))
  if (refused) throw changeRefusals.refuse(refused)
}

/** What the ticket's process tells of its change: an emergency, the installation's beginning and end, the word of a board of one. */
export async function followFacts(ports: ChangesPorts, tx: Tx, event: FactsEvent): Promise<void> {
  const left = leftOf(event)
  if (!left) return
  const { ticket, actor, now } = event
  if (left.outcome === EMERGENCY) await declareEmergency(tx, actor, ticket)
  const change = await changesStore.ofTicket(tx, ticket.id)
  if (!change) return
  if (isBoards(change, left)) return await leftBoard(tx, actor, change, left, now)
  if (left.outcome !== null && BEGIN.includes(left.outcome)) await mirrorStart(tx, actor, change, now)
  const isInstalled = left.outcome !== null && INSTALLED.includes(left.outcome)
  if (isInstalled) await finished(ports, tx, actor, { ticket, change }, 'installed', '')
  if (left.outcome === ROLLED_BACK) await finished(ports, tx, actor, { ticket, change }, 'rolled_back', '')
}

async function declareEmergency(tx: Tx, actor: Actor, ticket: FactsEvent['ticket']): Promise<void> {
  const change = await changesStore.ensure(tx, ticket, actor.accountId)
  await changesStore.update(tx, change.id, { kind: 'emergency', templateId: null })
  await noteChange(tx, actor, change, 'change.emergency')
}

/** A board without members is whoever holds its role; a timer or a message may take a ticket from the board as well. */
async function leftBoard(tx: Tx, actor: Actor, change: ChangeRecord, left: Left, now: Instant): Promise<void> {
  const isDecided = left.by === 'outcome' && left.outcome !== 'rework'
  if (!isDecided || change.needsVote) {
    await leaveAgenda(tx, change, left.by)
    return
  }
  const approved = left.outcome === APPROVE
  const decision: Words[] = [
    {
      ru: `Решает один человек: ${actor.name}. Коллегия не назначена.`,
      en: `Decided by one person: ${actor.name}. No board is appointed.`,
    },
  ]
  await changesStore.update(tx, change.id, {
    approval: approved ? 'approved' : 'rejected',
    decidedAt: now,
    decision,
    ...(approved && change.kind === 'emergency' ? { boardReviewedAt: now } : {}),
  })
  await noteChange(tx, actor, change, approved ? 'change.approved' : 'change.rejected', {}, true)
}

async function mirrorStart(tx: Tx, actor: Actor, change: ChangeRecord, now: Instant): Promise<void> {
  // the window has come, but what the rules ask for is missing: the plan stays a plan, and its panel says what is missing
  if (whyNotStart(ruleOf(change)) === null) await started(tx, actor, change, now)
}

/** The process has agreed a window with the client: it goes into the calendar, unless a freeze forbids it. */
export async function onAction(tx: Tx, event: TicketEvents['ticket.action']): Promise<void> {
  if (event.name !== 'plan_window') return
  const from = momentOf(event.params['at'])
  if (from === null) return
  const { actor, ticket } = event
  const change = await changesStore.ensure(tx, ticket, actor.accountId)
  const until = from + USUAL_WINDOW_MS
  await refuseFrozen(tx, { change, number: ticket.number, from, until })
  const rollback = String(event.params['rollback'] ?? '').trim()
  await changesStore.update(tx, change.id, {
    stage: 'planned',
    windowFrom: from,
    windowUntil: until,
    windowState: 'agreed',
    windowBy: actor.name,
    windowAt: event.now,
    ...(rollback === '' ? {} : { rollbackPlan: rollback }),
  })
  await noteChange(tx, actor, change, 'change.window_planned', { from, until })
}

function momentOf(value: unknown): Instant | null {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(at) ? at : null
}
