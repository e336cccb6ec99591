import { priceOfMinutes } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SampleWork, sampleInWords, sampleMonth } from './sample-month.ts'
import { deposit, rates, subscription, terms } from './terms.fixture.ts'
import type { ContractTerms } from './terms.ts'

const MONTH = '2026-03'
/** Service hours 10–18 Moscow, every day. */
const openIntervals = (from: number, to: number) => {
  const spans = []
  const day = 86_400_000
  for (let start = Math.floor(from / day) * day - day; start < to; start += day) {
    const span = { from: Math.max(from, start + 7 * 3_600_000), to: Math.min(to, start + 15 * 3_600_000) }
    if (span.from < span.to) spans.push(span)
  }
  return spans
}
const work = (minutes: number, rest: Partial<SampleWork> = {}): SampleWork => ({
  ticketId: '1',
  personId: '1',
  activity: 'development',
  grade: null,
  service: null,
  urgent: false,
  onSite: false,
  when: { date: `${MONTH}-10`, minutes, outOfHours: false },
  ...rest,
})
const month = (given: Partial<ContractTerms>, works: SampleWork[], units: { service: string; units: number }[] = []) =>
  sampleMonth({ terms: terms(given), month: MONTH, works, units, unitPrices: { licences: 500_000 }, openIntervals })

test('a subscription of 20 hours with 25 worked: the hours are paid, five are by fact, and each line says how', () => {
  const sample = month({ forms: [subscription()] }, [work(25 * 60)])
  expect(sample.lines.map(({ kind, minutes, sumKopecks }) => [kind, minutes, sumKopecks])).toEqual([
    ['hours', 1200, 3_400_000],
    ['postpaid', 300, 1_000_000],
  ])
  expect(sample.totals).toMatchObject({ totalKopecks: 4_400_000, coveredMinutes: 1200, billableMinutes: 1500 })
  expect(sample.lines.every((line) => line.explanation.length > 0)).toBe(true)
  expect(sample.buckets[0]).toMatchObject({ grantedMinutes: 1200, drawnMinutes: 1200, burnedMinutes: 0 })
  expect(sampleInWords(sample).ru.replaceAll('\u00a0', ' ')).toBe(
    '44 000 ₽: 34 000 ₽ каждый месяц, 10 000 ₽ за работу по факту',
  )
})

test('what is left of hours that burn is told, and a deposit bought in the month stands by itself', () => {
  const sample = month({ forms: [subscription(), deposit({ boughtOn: `${MONTH}-01` })] }, [work(60)])
  expect(sample.totals).toMatchObject({ monthlyKopecks: 3_400_000, onceKopecks: 10_200_000, workKopecks: 0 })
  expect(sample.buckets.map((one) => one.burnedMinutes)).toContain(19 * 60)
})

test('a half hour that is urgent and on site is 72, 60 or 66 minutes by the rule of composition', () => {
  const counted = (composition: 'product' | 'greatest' | 'sum') =>
    month({ rates: rates({ composition }) }, [work(30, { urgent: true, onSite: true })]).totals.billableMinutes
  expect([counted('product'), counted('greatest'), counted('sum')]).toEqual([72, 60, 66])
})

test('services: unlimited cost nothing, their own hours go first, units beyond the allowance have a price', () => {
  const services = [
    { service: 'consulting-email', allowance: { kind: 'unlimited' as const } },
    {
      service: 'backups',
      allowance: { kind: 'minutes' as const, minutesPerMonth: 60, leftover: { kind: 'burns' as const } },
    },
    { service: 'licences', allowance: { kind: 'units' as const, unitsPerMonth: 2 } },
  ]
  const given = { monthlyFeeKopecks: 2_400_000, forms: [{ kind: 'flat' as const, code: 'services', services }] }
  const works = [work(600, { service: 'consulting-email' }), work(90, { service: 'backups', activity: 'servers' })]
  const sample = month(given, works, [{ service: 'licences', units: 5 }])
  expect(sample.included).toEqual([
    { service: 'consulting-email', minutes: 600, units: null },
    { service: 'licences', minutes: null, units: 2 },
  ])
  expect(sample.lines.map(({ kind, sumKopecks }) => [kind, sumKopecks])).toEqual([
    ['fee', 2_400_000],
    ['postpaid', 100_000],
    ['units', 1_500_000],
  ])
})

test('a discount for the term lowers the monthly prices, and a real time outside service hours counts double', () => {
  const agreement = {
    team: [],
    escalation: [],
    worksIncluded: [],
    worksExcluded: [],
    renewal: { kind: 'none' as const },
    remindDays: [],
    indexation: null,
    discount: { basisPoints: 1_000, months: 24 },
    reservedMinutesPerMonth: 0,
    leftoverAtEnd: 'lapses' as const,
  }
  const from = Date.parse(`${MONTH}-10T14:30:00Z`)
  const sample = month({ monthlyFeeKopecks: 2_400_000, agreement }, [
    work(60, { when: { from, to: from + 3_600_000 } }),
  ])
  expect(sample.lines[0]).toMatchObject({ kind: 'fee', sumKopecks: 2_160_000 })
  expect(sample.lines[0]?.explanation[0]?.ru.replaceAll('\u00a0', ' ')).toBe(
    '24 000 ₽ − 10 % за срок 24 мес. = 21 600 ₽',
  )
  expect(sample.totals).toMatchObject({ workedMinutes: 60, billableMinutes: 90 })
})

test('the total is the sum of the lines, and minutes are either covered, charged or stopped, whatever the sample', () => {
  const works = fc.array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 900 }),
      urgent: fc.boolean(),
      onSite: fc.boolean(),
      day: fc.integer({ min: 1, max: 28 }),
      activity: fc.constantFrom('development', 'analysis'),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(works, fc.constantFrom('postpaid' as const, 'stop' as const), (given, beyondBuckets) => {
      const rows = [{ activity: 'analysis', grade: null, perHourKopecks: 300_000 }]
      const sample = month(
        { forms: [subscription()], rates: rates({ beyondBuckets, rows }) },
        given.map(({ minutes, day, ...rest }) =>
          work(minutes, {
            ...rest,
            when: { date: `${MONTH}-${String(day).padStart(2, '0')}`, minutes, outOfHours: false },
          }),
        ),
      )
      const { totals, lines } = sample
      expect(totals.totalKopecks).toBe(totals.monthlyKopecks + totals.onceKopecks + totals.workKopecks)
      expect(totals.totalKopecks).toBe(lines.reduce((sum, line) => sum + line.sumKopecks, 0))
      const charged = lines.filter((line) => line.kind === 'postpaid')
      const beyond = charged.reduce((sum, line) => sum + (line.minutes ?? 0), 0)
      expect(totals.coveredMinutes + beyond + totals.stoppedMinutes).toBe(totals.billableMinutes)
      expect(totals.coveredMinutes).toBe(Math.min(1200, totals.billableMinutes))
      for (const line of charged) {
        const whole = priceOfMinutes(line.minutes ?? 0, line.rateKopecks ?? 0)
        expect(Math.abs(line.sumKopecks - whole)).toBeLessThanOrEqual(given.length)
      }
    }),
    { numRuns: 150 },
  )
})
