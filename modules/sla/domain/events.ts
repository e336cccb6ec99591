import type { Instant } from '@opora/core'
import { PAUSE_REASONS, type PauseReason } from './policy.ts'

/** What the clocks need to know when a ticket is registered. Absent values are unknown. */
export interface OpenedData {
  priority: number
  clientId?: number | null
  portalId?: number | null
  portalType?: string | null
  topic?: string | null
  kind?: string | null
  licenceClass?: string | null
  contractId?: number | null
  /** `waiting`: the right to support has to be confirmed first; clocks start at `entitled`. */
  entitlement?: 'covered' | 'waiting' | 'not_covered'
  /** `monitoring`: the acknowledgement is the reaction. */
  channel?: string | null
  /** The moment of registration where it is earlier than the fact's own. */
  registeredAt?: Instant
}

interface DataOf {
  opened: OpenedData
  /** The right was confirmed, perhaps under another contract. */
  entitled: { contractId?: number | null }
  /** A public answer. One that a machine gave (`byPerson: false`) or that the client cannot see does not count. */
  answered: { messageId?: number; byPerson?: boolean; public?: boolean }
  /** The answer was taken back before it left: it never was. */
  answer_undone: { messageId?: number }
  /** Somebody took a ticket that monitoring opened. */
  acknowledged: Record<string, never>
  /** `since`: the message came with a merge and had been waiting for an answer since then. */
  client_wrote: { messageId?: number; since?: Instant }
  paused: { reason: PauseReason }
  resumed: Record<string, never>
  priority_changed: { to: number }
  /** Service restored so far that the priority drops. */
  work_around: { to: number }
  kind_changed: { to: string | null }
  topic_changed: { to: string | null }
  portal_changed: { to: number | null; portalType?: string | null }
  licence_class_changed: { to: string | null }
  contract_changed: { to: number | null }
  /** The version of the contract that is now in force shall bind this ticket. */
  policy_changed: Record<string, never>
  /** A special request: hours around the clock and a reaction of at most so many clock minutes. */
  coupon_spent: { reactionMinutes: number; calendarCode?: string }
  /** A term that both sides agreed on for the resolution. */
  agreed_deadline: { dueAt: Instant }
  /** The solution lies before the client. */
  solved: Record<string, never>
  /** The client said yes, or said nothing for long enough: a work-around is then accepted too. */
  confirmed: Record<string, never>
  confirmed_by_silence: Record<string, never>
  /** The client said no. `of` tells what was rejected; by default a work-around not yet accepted, else the solution. */
  confirm_rejected: { of?: 'solution' | 'work_around' }
  /** `resolved: false` for what was closed without being solved: a duplicate, an empty letter. */
  closed: { resolved?: boolean }
  reopened: Record<string, never>
  merged: { into?: number }
  unmerged: Record<string, never>
}

export type ClockEventType = keyof DataOf

/** A fact of a ticket's history, as its row holds it. `id` orders facts of the same instant. */
export type ClockEvent = {
  [Type in ClockEventType]: { id: number; type: Type; at: Instant; data: DataOf[Type] }
}[ClockEventType]

/** A row of the ticket's history: any type, any data. */
export interface FactRow {
  id: number
  type: string
  at: Instant
  data: Record<string, unknown>
}

type Check = (data: Record<string, unknown>) => boolean

const anything: Check = () => true
const optional =
  (type: 'number' | 'string' | 'boolean', ...names: string[]): Check =>
  (data) =>
    names.every((name) => data[name] === undefined || data[name] === null || typeof data[name] === type)
const changedTo =
  (type: 'number' | 'string'): Check =>
  (data) =>
    data['to'] === null || typeof data['to'] === type
const isPriority = (value: unknown): boolean => value === 1 || value === 2 || value === 3 || value === 4

const CHECKS: Record<ClockEventType, Check> = {
  opened: (data) =>
    isPriority(data['priority']) &&
    optional('number', 'clientId', 'portalId', 'contractId', 'registeredAt')(data) &&
    optional('string', 'portalType', 'topic', 'kind', 'licenceClass', 'entitlement', 'channel')(data),
  entitled: optional('number', 'contractId'),
  answered: (data) => optional('number', 'messageId')(data) && optional('boolean', 'byPerson', 'public')(data),
  answer_undone: optional('number', 'messageId'),
  acknowledged: anything,
  client_wrote: optional('number', 'since'),
  paused: (data) => PAUSE_REASONS.some((reason) => reason === data['reason']),
  resumed: anything,
  priority_changed: (data) => isPriority(data['to']),
  work_around: (data) => isPriority(data['to']),
  kind_changed: changedTo('string'),
  topic_changed: changedTo('string'),
  portal_changed: (data) => changedTo('number')(data) && optional('string', 'portalType')(data),
  licence_class_changed: changedTo('string'),
  contract_changed: changedTo('number'),
  policy_changed: anything,
  coupon_spent: (data) => typeof data['reactionMinutes'] === 'number' && optional('string', 'calendarCode')(data),
  agreed_deadline: (data) => Number.isSafeInteger(data['dueAt']),
  solved: anything,
  confirmed: anything,
  confirmed_by_silence: anything,
  confirm_rejected: optional('string', 'of'),
  closed: optional('boolean', 'resolved'),
  reopened: anything,
  merged: anything,
  unmerged: anything,
}

/** The facts of a history that clocks listen to, in any order. Throws `TypeError` for one whose data do not fit its type. */
export function clockEventsOf(rows: readonly FactRow[]): ClockEvent[] {
  return rows.filter(isClockFact).map((row) => {
    if (!CHECKS[row.type](row.data)) throw new TypeError(`fact ${row.id} of type ${row.type} has unfit data`)
    return row as unknown as ClockEvent
  })
}

function isClockFact(row: FactRow): row is FactRow & { type: ClockEventType } {
  return Object.hasOwn(CHECKS, row.type)
}

/**
 * The facts up to `now` in the order in which they happened, without answers that were taken back.
 * A registration counts from `registeredAt`.
 */
export function inOrder(events: readonly ClockEvent[], now: Instant): ClockEvent[] {
  const known = events.filter((event) => happenedAt(event) <= now)
  const kept = known.some((event) => event.type === 'answer_undone') ? withoutUndone(known) : known
  return isSorted(kept) ? kept : kept.sort((a, b) => happenedAt(a) - happenedAt(b) || a.id - b.id)
}

function withoutUndone(known: readonly ClockEvent[]): ClockEvent[] {
  const undone = new Set(known.flatMap((event) => (event.type === 'answer_undone' ? [event.data.messageId] : [])))
  return known.filter(
    (event) => event.type !== 'answered' || event.data.messageId === undefined || !undone.has(event.data.messageId),
  )
}

/** Histories mostly come in the order in which they happened. */
function isSorted(events: readonly ClockEvent[]): boolean {
  for (let i = 1; i < events.length; i++) {
    const [a, b] = [events[i - 1] as ClockEvent, events[i] as ClockEvent]
    if ((happenedAt(a) - happenedAt(b) || a.id - b.id) > 0) return false
  }
  return true
}

export function happenedAt(event: ClockEvent): Instant {
  return event.type === 'opened' ? (event.data.registeredAt ?? event.at) : event.at
}
