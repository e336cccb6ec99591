import { expect, test } from 'vitest'
import type { ClockView } from '../contract.ts'
import { latestOfEach } from './latest-clocks.ts'

const clock = (metric: ClockView['metric'], seq: number, state: ClockView['state'] = 'running') =>
  ({ metric, seq, state, endedAt: state === 'met' ? '2026-03-03T10:00:00Z' : null }) as ClockView

test('of each promise the newest clock is shown, reaction first', () => {
  const shown = latestOfEach([clock('resolution', 1, 'met'), clock('resolution', 2), clock('reaction', 1, 'met')])
  expect(shown.map((one) => `${one.metric} ${one.seq}`)).toEqual(['reaction 1', 'resolution 2'])
})

test('a next answer that was given is no news; one that was late is', () => {
  expect(latestOfEach([clock('next_answer', 3, 'met')])).toEqual([])
  expect(latestOfEach([clock('next_answer', 3, 'breached')])).toHaveLength(1)
})

test('a clock that ended without its purpose is not shown', () => {
  expect(latestOfEach([clock('reaction', 1, 'cancelled')])).toEqual([])
})
