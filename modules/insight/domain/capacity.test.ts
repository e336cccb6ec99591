import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  availableMinutes,
  ceilingState,
  type LoadRow,
  loadOf,
  mondayOf,
  spreadReservation,
  workingDaysOf,
} from './capacity.ts'

const weekday = (date: string) => Temporal.PlainDate.from(date).dayOfWeek <= 5
const reservation = (overrides: object = {}) => ({
  accountId: 1,
  clientId: 2,
  contractId: 3,
  minutesPerMonth: 1_200,
  from: '2026-01-01',
  to: null,
  ...overrides,
})
const row = (kind: LoadRow['kind'], clientId: number, minutes: number): LoadRow => ({
  kind,
  accountId: 1,
  clientId,
  week: '2026-03-02',
  month: '2026-03',
  minutes,
  contractId: null,
  ticketId: null,
})

test('twenty hours of June 2026 (22 working days) fall on its weeks by their working days and add up to twenty', () => {
  const rows = spreadReservation(reservation(), '2026-06', workingDaysOf('2026-06', weekday))
  // 1 200 over 22 days: twelve of 55 minutes, ten of 54
  expect(rows.map(({ week, minutes }) => [week, minutes])).toEqual([
    ['2026-06-01', 275],
    ['2026-06-08', 275],
    ['2026-06-15', 272],
    ['2026-06-22', 270],
    ['2026-06-29', 108],
  ])
  expect(rows.reduce((sum, one) => sum + one.minutes, 0)).toBe(1_200)
})

test('a whole month’s weeks always add up to its reservation; days outside the contract take nothing', () => {
  const month = fc.tuple(fc.integer({ min: 2024, max: 2030 }), fc.integer({ min: 1, max: 12 }))
  fc.assert(
    fc.property(month, fc.nat(120_000), ([year, index], minutesPerMonth) => {
      const code = `${year}-${String(index).padStart(2, '0')}`
      const given = reservation({ minutesPerMonth, from: '2000-01-01' })
      const whole = spreadReservation(given, code, workingDaysOf(code, weekday))
      expect(whole.reduce((sum, one) => sum + one.minutes, 0)).toBe(minutesPerMonth)
      expect(whole.every(({ week }) => mondayOf(week) === week)).toBe(true)
      expect(spreadReservation({ ...given, to: '2000-02-01' }, code, workingDaysOf(code, weekday))).toEqual([])
    }),
    { numRuns: 40 },
  )
})

test('a holiday takes a fifth of a week away', () => {
  expect(availableMinutes(2_400, '2026-03-02', weekday)).toBe(2_400)
  expect(availableMinutes(2_400, '2026-03-02', (date) => weekday(date) && date !== '2026-03-04')).toBe(1_920)
})

test('what is kept for a client and what is done for it are one time, not two', () => {
  expect(loadOf([row('reserved', 1, 300), row('planned', 1, 100), row('actual', 1, 120)]).loadMinutes).toBe(300)
  expect(loadOf([row('reserved', 1, 300), row('planned', 1, 400)]).loadMinutes).toBe(400)
  expect(loadOf([row('reserved', 1, 300), row('planned', 2, 400)]).loadMinutes).toBe(700)
  expect(loadOf([])).toEqual({ reservedMinutes: 0, plannedMinutes: 0, actualMinutes: 0, loadMinutes: 0 })
})

test('a load is never less than any of its parts, nor more than all of them', () => {
  const rows = fc.array(
    fc.tuple(fc.constantFrom('reserved', 'planned', 'actual'), fc.integer({ min: 1, max: 4 }), fc.nat(3_000)),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(rows, (given) => {
      const load = loadOf(given.map(([kind, client, minutes]) => row(kind as LoadRow['kind'], client, minutes)))
      expect(load.loadMinutes).toBeGreaterThanOrEqual(load.reservedMinutes)
      expect(load.loadMinutes).toBeGreaterThanOrEqual(load.plannedMinutes + load.actualMinutes)
      expect(load.loadMinutes).toBeLessThanOrEqual(load.reservedMinutes + load.plannedMinutes + load.actualMinutes)
    }),
  )
})

test('2 000 hours a month for one client: near from 1 600, over from the first minute past', () => {
  const ceiling = 120_000
  expect([95_999, 96_000, 120_000, 120_001].map((need) => ceilingState(need, ceiling))).toEqual([
    'ok',
    'near',
    'near',
    'over',
  ])
})
