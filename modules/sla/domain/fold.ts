import type { Instant } from '@opora/core'
import { type Clock, endClock, isOpen, note, resumeAfterClosing, undoEnd } from './clock.ts'
import { type ClockState, stateOf } from './clock-state.ts'
import { type ClockEvent, type ClockEventType, happenedAt, inOrder } from './events.ts'
import { type PolicyVersion, type RowFacts, resolvesByLowering } from './policy.ts'
import {
  agreeOn,
  beginPause,
  catchUp,
  clocksOf,
  endPause,
  enforcePolicy,
  follow,
  latest,
  newReplay,
  type Replay,
  recordBreaches,
  retarget,
  startClock,
} from './replay.ts'
import type { CalendarBook, Term } from './term.ts'
import { warningShares } from './warning-shares.ts'

/**
 * The clocks of a ticket at `now`: a pure function of its facts, of the policy versions that they name and of the
 * calendars. Facts may come in any order; those after `now` are left out. A clock appears once something was promised
 * for it. Throws for a calendar code that the book lacks.
 */
export function foldClocks(
  events: readonly ClockEvent[],
  timeline: readonly PolicyVersion[],
  calendars: CalendarBook,
  now: Instant,
): ClockState[] {
  const replay = newReplay(timeline, calendars)
  for (const event of inOrder(events, now)) {
    if (replay.merged && event.type !== 'unmerged') continue
    const at = happenedAt(event)
    recordBreaches(replay, at)
    apply(replay, event, at)
  }
  recordBreaches(replay, now)
  const shares = (term: Term) => warningShares(timeline, replay.contractId, term, now)
  return replay.clocks.map((clock) => stateOf(clock, replay.pauses, shares, now)).filter((state) => state !== null)
}

type Handlers = {
  [Type in ClockEventType]: (replay: Replay, data: Extract<ClockEvent, { type: Type }>['data'], at: Instant) => void
}

function apply(replay: Replay, event: ClockEvent, at: Instant): void {
  const handle = HANDLERS[event.type] as (replay: Replay, data: ClockEvent['data'], at: Instant) => void
  handle(replay, event.data, at)
}

const HANDLERS: Handlers = {
  opened(replay, data, at) {
    replay.facts = {
      client: textOf(data.clientId),
      portal: textOf(data.portalId),
      portalType: data.portalType ?? null,
      topic: data.topic ?? null,
      kind: data.kind ?? null,
      licenceClass: data.licenceClass ?? null,
      priority: data.priority,
    }
    replay.contractId = data.contractId ?? null
    replay.fromMonitoring = data.channel === 'monitoring'
    enforcePolicy(replay, at)
    if (data.entitlement !== 'waiting') begin(replay, at)
  },
  entitled(replay, data, at) {
    if (replay.begunAt !== null) return
    if (data.contractId !== undefined) replay.contractId = data.contractId
    enforcePolicy(replay, at)
    begin(replay, at)
  },
  answered(replay, data, at) {
    if (data.byPerson === false || data.public === false) return
    replay.firstAnswerAt ??= at
    endOpen(replay, ['reaction', 'next_answer'], at, 'answered', true)
  },
  // Undone answers are taken out of the history before the replay.
  answer_undone() {},
  acknowledged(replay, _data, at) {
    if (replay.fromMonitoring) endOpen(replay, ['reaction'], at, 'acknowledged', true)
  },
  client_wrote(replay, data, at) {
    const since = data.since ?? at
    if (replay.begunAt === null || replay.stage === 'closed') return
    const waitsFor = (clock: Clock) => isOpen(clock) && clock.promised && clock.origin <= since
    // The first answer is the reaction's; a message before it waits for that one answer.
    if (clocksOf(replay, 'reaction').some(waitsFor)) return
    const open = latest(replay, 'next_answer')
    if (!open || !isOpen(open) || open.origin > since) startClock(replay, 'next_answer', since, at)
  },
  paused(replay, data, at) {
    if (replay.stage === 'open') beginPause(replay, data.reason, at)
  },
  resumed(replay, _data, at) {
    endPause(replay, at)
  },
  priority_changed: (replay, data, at) => changeFacts(replay, { priority: data.to }, at),
  kind_changed: (replay, data, at) => changeFacts(replay, { kind: data.to }, at),
  topic_changed: (replay, data, at) => changeFacts(replay, { topic: data.to }, at),
  licence_class_changed: (replay, data, at) => changeFacts(replay, { licenceClass: data.to }, at),
  portal_changed: (replay, data, at) =>
    changeFacts(replay, { portal: textOf(data.to), portalType: data.portalType ?? null }, at),
  contract_changed(replay, data, at) {
    replay.contractId = data.to
    enforcePolicy(replay, at)
    follow(replay, at)
  },
  policy_changed(replay, _data, at) {
    enforcePolicy(replay, at)
    follow(replay, at)
  },
  coupon_spent(replay, data, at) {
    replay.coupon = { calendarCode: data.calendarCode ?? '24x7', reactionMinutes: data.reactionMinutes }
    follow(replay, at)
  },
  agreed_deadline(replay, data, at) {
    const resolution = latest(replay, 'resolution')
    if (resolution && isOpen(resolution)) agreeOn(replay, resolution, data.dueAt, at)
  },
  work_around: (replay, data, at) => lowerByWorkAround(replay, data.to, at),
  solved(replay, _data, at) {
    if (replay.stage !== 'open') return
    replay.stage = 'solved'
    endPause(replay, at)
    endOpen(replay, ['resolution'], at, 'solved', true)
  },
  confirmed: (replay) => acceptWorkAround(replay),
  confirmed_by_silence: (replay) => acceptWorkAround(replay),
  confirm_rejected(replay, data, at) {
    if (replay.stage === 'closed') reopen(replay, at)
    else if (replay.workAround && data.of !== 'solution') rejectWorkAround(replay, at)
    else if (replay.stage === 'solved') rejectSolution(replay, at)
  },
  closed(replay, data, at) {
    if (replay.stage === 'closed') return
    replay.stage = 'closed'
    acceptWorkAround(replay)
    endPause(replay, at)
    endOpen(replay, ['resolution'], at, 'closed', data.resolved !== false)
    endOpen(replay, ['reaction', 'next_answer'], at, 'closed', false)
  },
  reopened(replay, _data, at) {
    if (replay.stage === 'closed') reopen(replay, at)
    else if (replay.stage === 'solved') rejectSolution(replay, at)
  },
  merged(replay, _data, at) {
    replay.merged = true
    endOpen(replay, ['reaction', 'next_answer', 'resolution'], at, 'merged', false)
  },
  unmerged(replay, _data, at) {
    if (!replay.merged) return
    replay.merged = false
    for (const clock of replay.clocks) if (clock.ended?.by === 'merged') undoEnd(clock, at, 'unmerged')
  },
}

function begin(replay: Replay, at: Instant): void {
  replay.begunAt = at
  const reaction = startClock(replay, 'reaction', at)
  if (replay.firstAnswerAt !== null) endClock(reaction, replay.firstAnswerAt, 'answered', true)
  const resolution = startClock(replay, 'resolution', at)
  if (replay.stage !== 'open') endClock(resolution, at, replay.stage, true)
  if (replay.stage === 'closed') endClock(reaction, at, 'closed', false)
}

function endOpen(
  replay: Replay,
  metrics: readonly string[],
  at: Instant,
  by: Parameters<typeof endClock>[2],
  met: boolean,
): void {
  for (const clock of replay.clocks) if (metrics.includes(clock.metric) && isOpen(clock)) endClock(clock, at, by, met)
}

function changeFacts(replay: Replay, change: Partial<RowFacts>, at: Instant): void {
  replay.facts = { ...replay.facts, ...change }
  follow(replay, at)
}

/** Service restored: the clock of the high priority is met, the rest runs on under a new one from this moment. */
function lowerByWorkAround(replay: Replay, priority: number, at: Instant): void {
  const met = latest(replay, 'resolution')
  const before = replay.facts.priority
  const lowers = replay.policy !== null && resolvesByLowering(replay.policy.spec, before, priority)
  if (!met || !isOpen(met) || !met.promised || !lowers) {
    changeFacts(replay, { priority }, at)
    return
  }
  endClock(met, at, 'work_around', true)
  note(met, at, 'work_around', { priority })
  replay.meanwhile = []
  changeFacts(replay, { priority }, at)
  const began = startClock(replay, 'resolution', at)
  note(began, at, 'work_around', { priority })
  replay.workAround = { met, began, priority: before }
}

function acceptWorkAround(replay: Replay): void {
  replay.workAround = null
}

/** The client says that service was not restored: the first clock never stopped, the second never was. */
function rejectWorkAround(replay: Replay, at: Instant): void {
  if (!replay.workAround) return
  const { met, began, priority } = replay.workAround
  replay.workAround = null
  replay.stage = 'open'
  began.ended = { at, by: 'work_around_rejected', met: false }
  note(began, at, 'work_around_rejected', { priority })
  catchUp(replay, met, priority)
  undoEnd(met, at, 'work_around_rejected', { priority })
  // The deadline may have passed meanwhile, under the term that the clock had all along.
  recordBreaches(replay, at)
  changeFacts(replay, { priority }, at)
}

function rejectSolution(replay: Replay, at: Instant): void {
  replay.stage = 'open'
  const resolution = latest(replay, 'resolution')
  if (resolution?.ended?.by !== 'solved') return
  catchUp(replay, resolution)
  undoEnd(resolution, at, 'confirm_rejected')
  recordBreaches(replay, at)
  retarget(replay, resolution, at)
}

/** What the closing ended runs on; the time from its end to now does not count. */
function reopen(replay: Replay, at: Instant): void {
  replay.stage = 'open'
  for (const metric of ['reaction', 'next_answer', 'resolution'] as const) {
    const clock = latest(replay, metric)
    const by = clock?.ended?.by
    if (!clock || (by !== 'closed' && !(metric === 'resolution' && by === 'solved'))) continue
    resumeAfterClosing(clock, at)
    retarget(replay, clock, at)
  }
}

function textOf(id: number | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id)
}
