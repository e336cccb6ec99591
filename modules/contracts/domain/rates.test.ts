import { minutesOfHours } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { purchasePriceOf } from './money-of-terms.ts'
import { type ChargeInput, chargeOf, multiplierOf, rateFor } from './rates.ts'
import { MICRO_PER_MINUTE, roundPieces, roundUpToStep } from './rounding.ts'
import { deposit, rates } from './terms.fixture.ts'
import { type Composition, ROUNDING_STEPS } from './terms.ts'

const halfHour: ChargeInput = {
  workedMinutes: 30,
  urgent: true,
  onSite: true,
  outOfHours: false,
  composition: 'product',
  roundingStep: 1,
  ratePerHourKopecks: 200_000,
}

test.each<[Composition, number]>([
  ['product', 72],
  ['greatest', 60],
  ['sum', 66],
])('half an hour urgent and on site counts by %s as %i minutes', (composition, expected) => {
  expect(chargeOf({ ...halfHour, composition }).billableMinutes).toBe(expected)
})

test('postpaid, half an hour urgent and on site by product is 72 minutes at 2 000 ₽: 2 400 ₽', () => {
  const charge = chargeOf(halfHour)
  expect(charge).toMatchObject({ workedMinutes: 30, billableMinutes: 72, sumKopecks: 240_000 })
  expect(charge.steps.map((step) => step.ru.replaceAll('\u00a0', ' '))).toEqual([
    '30 мин × 2,4 = 72 мин (срочно, на площадке клиента)',
    '1 ч 12 мин × 2 000 ₽/ч = 2 400 ₽',
  ])
})

test('the explanation of urgent work says 30 мин × 2 = 60', () => {
  const [first] = chargeOf({ ...halfHour, onSite: false }).steps
  expect(first).toEqual({ ru: '30 мин × 2 = 60 мин (срочно)', en: '30 min × 2 = 60 min (urgent)' })
})

test('urgent and out of hours together double once', () => {
  expect(multiplierOf({ urgent: true, outOfHours: true, onSite: false }, rates())).toBe(20_000)
})

test('a multiplier that takes money leaves the minutes as they were worked', () => {
  const charge = chargeOf({ ...halfHour, multipliersTake: 'money' })
  expect(charge).toMatchObject({ billableMinutes: 30, sumKopecks: 240_000 })
})

test('an agreed factor multiplies before the rounding', () => {
  const charge = chargeOf({ ...halfHour, urgent: false, onSite: false, factorPercent: 150, roundingStep: 30 })
  expect(charge.billableMinutes).toBe(60)
})

test('a deposit of 60 hours at 1 700 ₽ costs 102 000 ₽ to the kopeck', () => {
  expect(purchasePriceOf(deposit({ minutes: minutesOfHours(60) }))).toBe(10_200_000)
})

test('the rate of the row that names more wins, activity before grade', () => {
  const priced = rates({
    rows: [
      { activity: null, grade: 'senior', perHourKopecks: 1 },
      { activity: 'consultation', grade: null, perHourKopecks: 300_000 },
      { activity: 'consultation', grade: 'senior', perHourKopecks: 350_000 },
    ],
  })
  expect(rateFor(priced, 'consultation', 'senior')).toBe(350_000)
  expect(rateFor(priced, 'consultation', 'junior')).toBe(300_000)
  expect(rateFor(priced, 'testing', 'senior')).toBe(1)
  expect(rateFor(priced, 'testing', null)).toBe(200_000)
})

test('time is rounded up to the step once, and any work is at least a minute', () => {
  expect(roundUpToStep(0, 15)).toBe(0)
  expect(roundUpToStep(1, 1)).toBe(1)
  expect(roundUpToStep(30 * MICRO_PER_MINUTE, 15)).toBe(30)
  expect(roundUpToStep(30 * MICRO_PER_MINUTE + 1, 15)).toBe(45)
})

test('pieces are rounded as a whole: two tens by a step of 30 make 30, not 60', () => {
  expect(roundPieces([10 * MICRO_PER_MINUTE, 10 * MICRO_PER_MINUTE], 30)).toEqual([10, 20])
})

test('the second entry of a task and day takes only what the rounded day still lacks', () => {
  expect(roundPieces([10 * MICRO_PER_MINUTE], 30, 10 * MICRO_PER_MINUTE)).toEqual([0])
  expect(roundPieces([25 * MICRO_PER_MINUTE], 30, 10 * MICRO_PER_MINUTE)).toEqual([30])
})

test('law: parts are never negative and add up to the whole rounded once', () => {
  const exact = fc.integer({ min: 0, max: 600 * MICRO_PER_MINUTE })
  fc.assert(
    fc.property(
      fc.array(exact, { minLength: 1, maxLength: 8 }),
      exact,
      fc.constantFrom(...ROUNDING_STEPS),
      (parts, before, step) => {
        const rounded = roundPieces(parts, step, before)
        const total = rounded.reduce((sum, part) => sum + part, 0)
        const whole = parts.reduce((sum, part) => sum + part, before)
        expect(rounded.every((part) => part >= 0)).toBe(true)
        expect(total).toBe(Math.max(roundUpToStep(whole, step) - roundUpToStep(before, step), 0))
      },
    ),
  )
})

test('law: more work, more circumstances or a longer step never cost less', () => {
  const input = fc.record({
    workedMinutes: fc.integer({ min: 0, max: 1440 }),
    composition: fc.constantFrom<Composition>('product', 'greatest', 'sum'),
    ratePerHourKopecks: fc.constantFrom(170_000, 200_000, 300_000),
    roundingStep: fc.constantFrom(...ROUNDING_STEPS),
  })
  fc.assert(
    fc.property(input, fc.boolean(), fc.boolean(), (base, urgent, onSite) => {
      const plain = chargeOf({ ...base, urgent: false, onSite: false, outOfHours: false })
      const harder = chargeOf({ ...base, urgent, onSite, outOfHours: false })
      const longer = chargeOf({ ...base, workedMinutes: base.workedMinutes + 1, urgent, onSite, outOfHours: false })
      expect(harder.billableMinutes).toBeGreaterThanOrEqual(plain.billableMinutes)
      expect(longer.sumKopecks).toBeGreaterThanOrEqual(harder.sumKopecks)
      expect(plain.billableMinutes).toBeGreaterThanOrEqual(base.workedMinutes)
    }),
  )
})
