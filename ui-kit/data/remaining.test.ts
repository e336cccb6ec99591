import { MINUTE_MS } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ClockReading, remainingAt, toneOf } from './remaining.ts'

const at = Date.UTC(2026, 2, 3, 9, 0)
const clock = (over: Partial<ClockReading>): ClockReading => ({
  state: 'running',
  dueAt: at + 120 * MINUTE_MS,
  remainingMinutes: 120,
  asOf: at,
  open: true,
  ...over,
})

test('minutes run down while the service is open', () => {
  expect(remainingAt(clock({}), at + 30 * MINUTE_MS)).toBe(90)
})

test('outside service hours the working minutes stand still', () => {
  const overnight = clock({ open: false, dueAt: at + 20 * 60 * MINUTE_MS, remainingMinutes: 240 })
  expect(remainingAt(overnight, at + 300 * MINUTE_MS)).toBe(240)
})

test('a tab left open over a lunch break and a night counts the open hours alone, also after the machine slept', () => {
  // open for 30 minutes, an hour's break, four hours, a night of 15 hours, then open again until the next break
  const turnsIn = [30, 90, 330, 1_230, 1_440].map((minutes) => minutes * 60)
  const left = (minutes: number) => remainingAt(clock({ remainingMinutes: 600, turnsIn }), at + minutes * MINUTE_MS)
  expect([20, 30, 60, 90, 100, 330, 900, 1_230, 1_240, 1_500].map(left)).toEqual([
    580, 570, 570, 570, 560, 330, 330, 330, 320, 120,
  ])
})

test('an overdue clock goes on counting in working time', () => {
  const late = clock({ state: 'breached', remainingMinutes: -10, turnsIn: [30 * 60] })
  expect(remainingAt(late, at + 20 * MINUTE_MS)).toBe(-30)
  expect(remainingAt(late, at + 900 * MINUTE_MS)).toBe(-40)
})

test('a paused clock stands still, however long the page stays open', () => {
  expect(remainingAt(clock({ state: 'paused', dueAt: null }), at + 900 * MINUTE_MS)).toBe(120)
})

test('what is shown never grows, and never falls by more than the time that has passed', () => {
  const turns = fc.array(fc.integer({ min: 1, max: 7_200 }), { maxLength: 8 })
  const minutes = fc.integer({ min: 0, max: 900 })
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 500 }),
      minutes,
      minutes,
      fc.boolean(),
      turns,
      (left, a, b, open, gaps) => {
        const turnsIn = gaps.map((_gap, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0))
        const reading = clock({ remainingMinutes: left, open, turnsIn })
        const [first, then] = [
          remainingAt(reading, at + a * MINUTE_MS)!,
          remainingAt(reading, at + (a + b) * MINUTE_MS)!,
        ]
        expect(then).toBeLessThanOrEqual(first)
        expect(first - then).toBeLessThanOrEqual(b + 1)
      },
    ),
    { numRuns: 200 },
  )
})

test('the tone warns within the last hour and is red once broken', () => {
  expect(toneOf(clock({}), 120)).toBe('neutral')
  expect(toneOf(clock({}), 45)).toBe('warn')
  expect(toneOf(clock({ state: 'breached' }), -5)).toBe('danger')
  expect(toneOf(clock({ state: 'paused' }), 5)).toBe('neutral')
  expect(toneOf(clock({ state: 'met' }), 5)).toBe('ok')
})
