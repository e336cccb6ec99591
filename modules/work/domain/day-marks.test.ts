import { MINUTE_MS } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMarks } from './day-marks.ts'

const span = (from: number, to: number) => ({ startedAt: from * MINUTE_MS, endedAt: to * MINUTE_MS })
const inMinutes = (list: readonly { from: number; to: number }[]) =>
  list.map(({ from, to }) => [from / MINUTE_MS, to / MINUTE_MS])

test('entries that touch neither overlap nor leave a hole; a short hole is no news', () => {
  expect(dayMarks([span(0, 60), span(60, 90), span(95, 120)], 15)).toEqual({ overlaps: [], gaps: [] })
  const { gaps } = dayMarks([span(0, 60), span(90, 120)], 15)
  expect(inMinutes(gaps)).toEqual([[60, 90]])
  expect(gaps[0]!.minutes).toBe(30)
})

test('three entries upon each other make one overlap, told once', () => {
  expect(inMinutes(dayMarks([span(0, 60), span(30, 90), span(50, 70)], 15).overlaps)).toEqual([[30, 70]])
})

test('law: minute by minute, an overlap is in two entries or more, a gap in none, and nothing else is marked', () => {
  const entries = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 40 })).map(([at, long]) => span(at, at + long)),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(entries, (list) => {
      const { overlaps, gaps } = dayMarks(list, 1)
      const covered = (minute: number) =>
        list.filter((one) => one.startedAt <= minute * MINUTE_MS && minute * MINUTE_MS < one.endedAt).length
      const inside = (marks: typeof gaps, minute: number) =>
        marks.some((mark) => mark.from <= minute * MINUTE_MS && minute * MINUTE_MS < mark.to)
      const first = Math.min(...list.map((one) => one.startedAt / MINUTE_MS))
      const last = Math.max(...list.map((one) => one.endedAt / MINUTE_MS))
      for (let minute = 0; minute < 140; minute++) {
        expect(inside(overlaps, minute)).toBe(covered(minute) > 1)
        expect(inside(gaps, minute)).toBe(list.length > 0 && first <= minute && minute < last && covered(minute) === 0)
      }
    }),
  )
})
