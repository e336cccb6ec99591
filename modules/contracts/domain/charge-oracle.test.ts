import { type Instant, parseInstant } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Span } from './borders.ts'
import { rates, terms, version } from './terms.fixture.ts'
import type { Composition, RateTerms, RoundingStep } from './terms.ts'
import { chargeTime, type WorkedTime } from './time-charge.ts'

/* The whole way of a time entry (split, multiply, round once, price) against one that counts minute by minute. */

const MINUTE = 60_000
const moscow = (text: string) => parseInstant(`${text}:00+03:00`)
const DAY = moscow('2026-01-20T00:00')
const OPENS = DAY + 600 * MINUTE
const CLOSES = DAY + 1_080 * MINUTE
const openIntervals = (from: Instant, to: Instant): Span[] =>
  OPENS < to && from < CLOSES ? [{ from: Math.max(from, OPENS), to: Math.min(to, CLOSES) }] : []

type Marks = Pick<WorkedTime, 'urgent' | 'onSite'>

function charge(when: Span, marks: Marks, given: Partial<RateTerms> = {}) {
  const work: WorkedTime = {
    id: 'w1',
    revision: 0,
    ticketId: 't1',
    personId: 'p1',
    activity: 'configuration',
    grade: null,
    service: null,
    ...marks,
    when,
  }
  const versions = [version({ terms: terms({ rates: rates(given) }) })]
  return chargeTime({ contractId: 'c1', work, versions, ledger: { buckets: [], entries: [] }, openIntervals })
}

const span = (from: string, to: string): Span => ({
  from: moscow(`2026-01-20T${from}`),
  to: moscow(`2026-01-20T${to}`),
})
const BOTH: Marks = { urgent: true, onSite: true }
const PLAIN: Marks = { urgent: false, onSite: false }

test.each<[Composition, number, number]>([
  ['product', 72, 240_000],
  ['greatest', 60, 200_000],
  ['sum', 66, 220_000],
])('half an hour urgent and on site by %s is %i minutes and costs what they cost', (composition, minutes, kopecks) => {
  const result = charge(span('12:00', '12:30'), BOTH, { composition })
  expect(result.billableMinutes).toBe(minutes)
  expect(result.charges.map((one) => one.sumKopecks)).toEqual([kopecks])
})

test.each<[Composition, number]>([
  ['product', 36 + 72],
  ['greatest', 36 + 60],
  ['sum', 36 + 66],
])(
  'work on site over the end of service hours is multiplied piece by piece: by %s %i minutes',
  (composition, minutes) => {
    expect(charge(span('17:30', '18:30'), { urgent: false, onSite: true }, { composition }).billableMinutes).toBe(
      minutes,
    )
  },
)

test('urgent work out of hours is doubled once', () => {
  expect(charge(span('19:00', '19:30'), { urgent: true, onSite: false }).billableMinutes).toBe(60)
})

test.each<[RoundingStep, number]>([
  [1, 1],
  [5, 5],
  [6, 6],
  [10, 10],
  [15, 15],
  [30, 30],
])('the least that any work costs is one step: a minute by a step of %i is %i', (roundingStepMinutes, minutes) => {
  expect(charge(span('12:00', '12:01'), PLAIN, { roundingStepMinutes }).billableMinutes).toBe(minutes)
})

test('pieces on both sides of a border are rounded together: 1 + 1 × 2 minutes by a step of 15 are 15, not 30', () => {
  expect(charge(span('17:59', '18:01'), PLAIN, { roundingStepMinutes: 15 }).billableMinutes).toBe(15)
})

test('multiplying comes before rounding: 8 minutes urgent by a step of 15 are 30, not twice 15 of 8', () => {
  const marks = { urgent: true, onSite: false }
  expect(charge(span('12:00', '12:08'), marks, { roundingStepMinutes: 15 }).billableMinutes).toBe(30)
  expect(charge(span('12:00', '12:07'), marks, { roundingStepMinutes: 15 }).billableMinutes).toBe(15)
})

test('where multipliers take money the minutes stay and the sum is the same to the kopeck', () => {
  const byHours = charge(span('12:00', '12:30'), BOTH)
  const byMoney = charge(span('12:00', '12:30'), BOTH, { multipliersTake: 'money' })
  expect([byHours.billableMinutes, byMoney.billableMinutes]).toEqual([72, 30])
  const sum = (result: typeof byHours) => result.charges.reduce((total, one) => total + one.sumKopecks, 0)
  expect([sum(byHours), sum(byMoney)]).toEqual([240_000, 240_000])
})

/** Hundredths that a minute counts for. */
function percentOf(marks: Marks & { outOfHours: boolean }, composition: Composition): number {
  const doubled = marks.urgent || marks.outOfHours
  if (doubled && marks.onSite) return { product: 240, greatest: 200, sum: 220 }[composition]
  return doubled ? 200 : marks.onSite ? 120 : 100
}

test('law: whatever the hours, marks, composition and step, the charge is that of counting each minute and rounding once', () => {
  const cases = fc.record({
    start: fc.integer({ min: 0, max: 1_300 }),
    minutes: fc.integer({ min: 1, max: 139 }),
    urgent: fc.boolean(),
    onSite: fc.boolean(),
    composition: fc.constantFrom<Composition>('product', 'greatest', 'sum'),
    step: fc.constantFrom<RoundingStep>(1, 5, 6, 10, 15, 30),
  })
  fc.assert(
    fc.property(cases, ({ start, minutes, composition, step, ...marks }) => {
      const from = DAY + start * MINUTE
      const result = charge({ from, to: from + minutes * MINUTE }, marks, { composition, roundingStepMinutes: step })
      let hundredths = 0
      for (let minute = start; minute < start + minutes; minute += 1) {
        hundredths += percentOf({ ...marks, outOfHours: minute < 600 || minute >= 1_080 }, composition)
      }
      const expected = Math.ceil(hundredths / 100 / step) * step
      expect(result.billableMinutes).toBe(expected)
      expect(result.workedMinutes).toBe(minutes)
      expect(result.charges.reduce((sum, one) => sum + one.minutes, 0)).toBe(expected)
    }),
    { numRuns: 300 },
  )
})
