import type { Instant } from '@opora/core'
import { type Clock, isOpen, newClock, note, type Pause, recordBreach, stopsOf } from './clock.ts'
import {
  countsPause,
  type Metric,
  type PauseReason,
  type PolicyVersion,
  pickRow,
  type RowFacts,
  versionInForce,
} from './policy.ts'
import {
  agreedBasis,
  agreedOnly,
  basisOf,
  type CalendarBook,
  type CouponEffect,
  isAgreedOnly,
  type Term,
  termOf,
  withCoupon,
  withDuty,
} from './term.ts'

/** Where a ticket stands in the middle of a replay. Lives inside one fold only. */
export interface Replay {
  timeline: readonly PolicyVersion[]
  calendars: CalendarBook
  facts: RowFacts
  contractId: number | null
  policy: PolicyVersion | null
  coupon: CouponEffect | null
  /** When the clocks began: registration or entitlement; `null` while the right is waited for. */
  begunAt: Instant | null
  fromMonitoring: boolean
  firstAnswerAt: Instant | null
  stage: 'open' | 'solved' | 'closed'
  merged: boolean
  clocks: Clock[]
  pauses: Pause[]
  /** A work-around that the client has not accepted: the clock it met, the one it began, the priority before. */
  workAround: { met: Clock; began: Clock; priority: number } | null
  /** What came to bind while a clock stood at an end that the client may still reject. */
  meanwhile: (Pick<Replay, 'policy' | 'facts' | 'coupon'> & { at: Instant })[]
}

export function newReplay(timeline: readonly PolicyVersion[], calendars: CalendarBook): Replay {
  return {
    timeline,
    calendars,
    facts: { client: null, portal: null, portalType: null, topic: null, kind: null, licenceClass: null, priority: 4 },
    contractId: null,
    policy: null,
    coupon: null,
    begunAt: null,
    fromMonitoring: false,
    firstAnswerAt: null,
    stage: 'open',
    merged: false,
    clocks: [],
    pauses: [],
    workAround: null,
    meanwhile: [],
  }
}

/** `since`: from when the clock counts, where that is earlier than the moment from which it binds. */
export function startClock(replay: Replay, metric: Metric, since: Instant, at = since): Clock {
  const clock = newClock(metric, clocksOf(replay, metric).length + 1, since)
  replay.clocks.push(clock)
  retarget(replay, clock, at)
  return clock
}

export function clocksOf(replay: Replay, metric: Metric): Clock[] {
  return replay.clocks.filter((clock) => clock.metric === metric)
}

/** The youngest clock of a metric; one that a rejected work-around had begun never was. */
export function latest(replay: Replay, metric: Metric): Clock | null {
  const wasReal = (clock: Clock) => clock.ended?.by !== 'work_around_rejected'
  return replay.clocks.findLast((clock) => clock.metric === metric && wasReal(clock)) ?? null
}

/** Looks up the policy that binds from now on, for the contract that the ticket has. */
export function enforcePolicy(replay: Replay, at: Instant): void {
  replay.policy = versionInForce(replay.timeline, replay.contractId, at)
  const pause = currentPause(replay)
  // A wait that goes on is judged by each policy for its own part of it.
  if (pause && pause.counted !== isCounted(replay, pause.reason)) {
    endPause(replay, at)
    beginPause(replay, pause.reason, at)
  }
}

/** What binds has changed: open clocks take it over, and one that only seems to have ended does so if its end is rejected. */
export function follow(replay: Replay, at: Instant): void {
  const { policy, facts, coupon } = replay
  if (replay.stage === 'solved' || replay.workAround !== null) replay.meanwhile.push({ policy, facts, coupon, at })
  retargetOpen(replay, at)
}

/**
 * A clock that never stopped takes over what came to bind since its supposed end, each at its own moment. `priority`: the one that the
 * ticket has had all along, where the end was a lowering of it.
 */
export function catchUp(replay: Replay, clock: Clock, priority?: number): void {
  const end = clock.ended?.at ?? 0
  clock.ended = null
  for (const then of replay.meanwhile) {
    if (then.at < end) continue
    recordBreach(clock, replay.pauses, then.at)
    const facts = priority === undefined ? then.facts : { ...then.facts, priority }
    retarget({ ...replay, ...then, facts }, clock, then.at)
  }
}

export function retargetOpen(replay: Replay, at: Instant): void {
  for (const clock of replay.clocks) if (isOpen(clock)) retarget(replay, clock, at)
}

/** Gives a clock the row that now wins; the new term is measured from the clock's own start. */
export function retarget(replay: Replay, clock: Clock, at: Instant): void {
  const next = promiseOf(replay, clock.metric, at)
  if (!next) {
    if (isAgreedOnly(clock.term)) return
    if (clock.promised) note(clock, at, 'target_gone')
    clock.promised = false
    return
  }
  if (clock.promised && clock.term && isSame(clock.term, next)) {
    const { priority, policyCode, policyFrom, warnings } = next
    clock.term = { ...clock.term, priority, policyCode, policyFrom, warnings }
    return
  }
  clock.promised = true
  clock.term = next
  clock.basis = basisOf(next, clock.origin, replay.calendars)
  const { amount, unit } = next.target
  note(clock, at, 'target_set', { row: next.rowName, rowEn: next.rowNameEn, amount, unit, priority: next.priority })
}

/** Both sides agreed on a deadline: it binds until another row does, also where no row promised anything. */
export function agreeOn(replay: Replay, clock: Clock, dueAt: Instant, at: Instant): void {
  const { policy, facts } = replay
  const term = clock.promised
    ? clock.term
    : policy && termOf(agreedOnly(clock.origin, dueAt), policy, facts.priority, at)
  if (!term) return
  const basis = basisOf(term, clock.origin, replay.calendars)
  clock.promised = true
  clock.term = { ...term, agreedDueAt: dueAt, since: at }
  clock.basis = agreedBasis(basis, dueAt, stopsOf(clock, replay.pauses), at)
  note(clock, at, 'agreed', { dueAt })
}

export function recordBreaches(replay: Replay, at: Instant): void {
  for (const clock of replay.clocks) recordBreach(clock, replay.pauses, at)
}

export function currentPause(replay: Replay): Pause | null {
  const last = replay.pauses.at(-1)
  return last && last.to === null ? last : null
}

export function beginPause(replay: Replay, reason: PauseReason, at: Instant): void {
  endPause(replay, at)
  replay.pauses.push({ from: at, to: null, reason, counted: isCounted(replay, reason) })
}

export function endPause(replay: Replay, at: Instant): void {
  const pause = currentPause(replay)
  if (pause) pause.to = at
}

function isCounted(replay: Replay, reason: PauseReason): boolean {
  return replay.policy !== null && countsPause(replay.policy.spec, reason)
}

function promiseOf(replay: Replay, metric: Metric, at: Instant): Term | null {
  const { policy, facts, coupon } = replay
  if (!policy) return null
  const isAnswer = metric !== 'resolution'
  const row = pickRow(policy.spec, metric, facts)
  const onDuty = policy.duty && isAnswer ? withDuty(row, policy.duty, facts.priority) : row
  const picked = coupon ? withCoupon(onDuty, coupon, isAnswer) : onDuty
  return picked && termOf(picked, policy, facts.priority, at)
}

/** Whether two terms promise the same by the same row: then what was agreed and the moment since stay. */
function isSame(a: Term, b: Term): boolean {
  return (
    a.rowName === b.rowName &&
    a.calendarCode === b.calendarCode &&
    a.dayCalendarCode === b.dayCalendarCode &&
    a.target.amount === b.target.amount &&
    a.target.unit === b.target.unit
  )
}
