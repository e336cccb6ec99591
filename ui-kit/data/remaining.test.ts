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

test('a paused clock stands still, however long the page stays open', () => {
  expect(remainingAt(clock({ state: 'paused', dueAt: null }), at + 900 * MINUTE_MS)).toBe(120)
})

test('what is shown never exceeds the minutes on the wall and never grows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: 0, max: 900 }),
      fc.boolean(),
      (left, later, open) => {
        const reading = clock({ remainingMinutes: left, dueAt: at + Math.max(left, 0) * 2 * MINUTE_MS, open })
        const first = remainingAt(reading, at)!
        const then = remainingAt(reading, at + later * MINUTE_MS)!
        expect(then).toBeLessThanOrEqual(first)
        expect(then).toBeLessThanOrEqual(Math.max(left, 0))
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
