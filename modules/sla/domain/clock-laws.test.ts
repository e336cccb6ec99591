import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breachAt } from './breach.ts'
import type { ClockState } from './clock-state.ts'
import { BOOK } from './clocks.fixture.ts'
import { type ClockEvent, happenedAt } from './events.ts'
import { explainClock } from './explain-clock.ts'
import { foldClocks } from './fold.ts'
import { END, histories, TIMELINE } from './random-histories.fixture.ts'

const MINUTE = 60_000
const fold = (events: readonly ClockEvent[], now = END) => foldClocks(events, TIMELINE, BOOK, now)
const nameOf = (state: ClockState) => `${state.metric} ${state.seq}`
/** Ten thousand histories in all. */
const RUNS = { numRuns: 2500 }

describe('ten thousand random histories', () => {
  it('are explained without a gap, and the counted intervals add up to the minutes shown', () => {
    fc.assert(
      fc.property(histories(), fc.integer({ min: 0, max: 20 * 1440 }), (events, back) => {
        for (const state of fold(events, END - back * MINUTE)) {
          const told = explainClock(state, BOOK)
          expect(told.countedMinutes).toBe(state.usedMinutes)
          if (state.targetMinutes !== null)
            expect(state.usedMinutes + (state.remainingMinutes ?? 0)).toBe(state.targetMinutes)
          expectWhole(told.intervals, told.from, told.to)
          if (state.dueAt === null || state.dueAt < state.registeredAt) continue
          const whole = explainClock(state, BOOK, state.dueAt)
          if (state.dueAt >= state.startedAt) expect(whole.countedMinutes).toBe(state.targetMinutes)
          expectWhole(whole.intervals, whole.from, whole.to)
        }
      }),
      RUNS,
    )
  })

  it('always give the same clocks, in whatever order their facts are read, and through JSON', () => {
    fc.assert(
      fc.property(histories(), fc.integer(), (events, seed) => {
        const clocks = fold(events)
        expect(fold(events)).toEqual(clocks)
        expect(fold(shuffled(events, seed))).toEqual(clocks)
        expect(fold(JSON.parse(JSON.stringify(events)))).toEqual(JSON.parse(JSON.stringify(clocks)))
      }),
      RUNS,
    )
  })

  it('keep a stored deadline true until the next fact, and a breach for ever', () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const moments = [...new Set(events.map(happenedAt)), END].sort((a, b) => a - b)
        let breached = new Map<string, number>()
        moments.slice(0, -1).forEach((moment, i) => {
          const until = (moments[i + 1] as number) - 1
          const stored = fold(events, moment)
          const replayed = fold(events, until)
          expect(replayed.map((state) => [nameOf(state), state.dueAt])).toEqual(
            stored.map((state) => [nameOf(state), state.dueAt]),
          )
          expect(replayed.map((state) => state.breachedAt)).toEqual(stored.map((state) => breachAt(state, until)))
          const now = new Map(
            replayed.flatMap((state) => (state.breachedAt === null ? [] : [[nameOf(state), state.breachedAt]])),
          )
          for (const [name, at] of breached) expect(now.get(name)).toBe(at)
          breached = now
        })
      }),
      RUNS,
    )
  })

  it('have alarms that are true at their moment, in order, one of a kind', () => {
    fc.assert(
      fc.property(histories(), (events) => {
        for (const state of fold(events)) {
          expect(new Set(state.alarms.map((alarm) => alarm.kind)).size).toBe(state.alarms.length)
          expect([...state.alarms].sort((a, b) => a.at - b.at)).toEqual(state.alarms)
          const breach = state.alarms.find((alarm) => alarm.kind === 'breach')
          if (state.breachedAt !== null)
            expect(breach?.at).toBeLessThanOrEqual(Math.max(state.breachedAt + 1, state.targetSince))
          else if (breach)
            expect([breachAt(state, breach.at - 1), breachAt(state, breach.at)]).toEqual([null, expect.any(Number)])
        }
      }),
      RUNS,
    )
  })
})

describe('a minute-by-minute oracle', () => {
  const types = ['paused', 'resumed', 'solved', 'confirm_rejected', 'closed', 'reopened'] as const

  it('counts the same resolution time as the fold', () => {
    fc.assert(
      fc.property(histories([...types], MINUTE), (events) => {
        const opened = events[0] as Extract<ClockEvent, { type: 'opened' }>
        opened.data = { ...opened.data, kind: 'change', contractId: 1, entitlement: 'covered' }
        const state = fold(events).find(({ metric }) => metric === 'resolution')
        expect(state?.usedMinutes).toBe(countMinutes(events, state?.calendarCode ?? '', END))
      }),
      { numRuns: 150 },
    )
  })
})

/** Walks through every minute with the plainest state there is. */
function countMinutes(events: readonly ClockEvent[], calendarCode: string, end: number): number {
  const calendar = BOOK.get(calendarCode)
  const ordered = [...events].sort((a, b) => a.at - b.at || a.id - b.id)
  let stage: 'open' | 'solved' | 'closed' = 'open'
  let isWaiting = false
  let used = 0
  let sinceSolved = 0
  for (let t = ordered[0]?.at ?? end; t < end; t += MINUTE) {
    for (const event of ordered.filter((entry) => entry.at === t)) {
      if (event.type === 'paused' && stage === 'open')
        isWaiting = ['client', 'approval', 'payment', 'date'].includes(event.data.reason)
      if (event.type === 'resumed') isWaiting = false
      if (event.type === 'solved' && stage === 'open') [stage, isWaiting, sinceSolved] = ['solved', false, 0]
      if (event.type === 'closed') [stage, isWaiting] = ['closed', false]
      if (event.type !== 'confirm_rejected' && event.type !== 'reopened') continue
      if (stage === 'solved') used += sinceSolved
      if (stage !== 'open') stage = 'open'
    }
    if (!calendar?.isOpen(t)) continue
    if (stage === 'open' && !isWaiting) used++
    if (stage === 'solved') sinceSolved++
  }
  return used
}

function expectWhole(intervals: readonly { from: number; to: number }[], from: number, to: number): void {
  let at = from
  for (const interval of intervals) {
    if (interval.from !== at || interval.to <= interval.from) throw new Error(`a gap or an overlap at ${at}`)
    at = interval.to
  }
  expect(at).toBe(to)
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  return items
    .map((item, i) => [Math.imul(i + 1, seed | 1) >>> 0, item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item)
}
