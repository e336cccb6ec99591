import { type Instant, parseInstant } from '@opora/core'
import { expect, test } from 'vitest'
import { type Span, splitAtBorders } from './borders.ts'
import { planGrants } from './grants.ts'
import { type Ledger, post } from './ledger.ts'
import { deposit, MOSCOW, rates, subscription, terms, version } from './terms.fixture.ts'
import type { ContractVersion } from './terms.ts'
import { chargeTime, reverseCharge, type TimeChargeInput, type WorkedTime } from './time-charge.ts'

/** Every day from `from` to `to` o'clock by Moscow, which has no summer time in these years. */
function daily(from: number, to: number) {
  return (begin: Instant, end: Instant): Span[] => {
    const day = 86_400_000
    const shift = 3 * 3_600_000
    const spans: Span[] = []
    for (let d = Math.floor((begin + shift) / day); d * day - shift < end; d += 1) {
      const open = { from: d * day - shift + from * 3_600_000, to: d * day - shift + to * 3_600_000 }
      if (open.from < end && begin < open.to)
        spans.push({ from: Math.max(open.from, begin), to: Math.min(open.to, end) })
    }
    return spans
  }
}

const moscow = (text: string) => parseInstant(`${text}:00+03:00`)
const span = (from: string, to: string): Span => ({ from: moscow(from), to: moscow(to) })

function work(when: WorkedTime['when'], overrides: Partial<WorkedTime> = {}): WorkedTime {
  return {
    id: 'w1',
    revision: 1,
    ticketId: 't1',
    personId: 'p1',
    activity: 'development',
    grade: null,
    service: null,
    urgent: false,
    onSite: false,
    when,
    ...overrides,
  }
}

function charge(given: WorkedTime, versions: ContractVersion[], overrides: Partial<TimeChargeInput> = {}) {
  return chargeTime({
    contractId: 'c1',
    work: given,
    versions,
    ledger: granted(versions, '2026-01', '2026-02'),
    openIntervals: daily(10, 18),
    ...overrides,
  })
}

function granted(versions: ContractVersion[], ...months: string[]): Ledger {
  const plans = months.map((month) => planGrants('c1', versions, month))
  const posting = post(
    [],
    plans.flatMap((plan) => plan.entries),
    0,
  )
  return { buckets: plans.flatMap((plan) => plan.buckets), entries: posting.posted ? posting.entries : [] }
}

test('work from 17:30 to 18:30 with service hours 10–18 counts 30 × 1 + 30 × 2 = 90 minutes', () => {
  const result = charge(work(span('2026-01-20T17:30', '2026-01-20T18:30')), [version()])
  expect(result).toMatchObject({ workedMinutes: 60, billableMinutes: 90 })
  expect(result.charges).toMatchObject([{ kind: 'postpaid', minutes: 90, sumKopecks: 300_000, month: '2026-01' }])
  expect(result.explanation[0]?.ru).toBe('30 мин × 2 = 60 мин (вне часов обслуживания)')
})

test('work is split at midnight, so that each month pays for its own part', () => {
  const round = daily(0, 24)
  const pieces = splitAtBorders(span('2026-01-31T23:40', '2026-02-01T00:25'), MOSCOW, round)
  expect(pieces.map((p) => [p.date, p.minutes, p.outOfHours])).toEqual([
    ['2026-01-31', 20, false],
    ['2026-02-01', 25, false],
  ])
  const versions = [version({ terms: terms({ forms: [subscription()] }) })]
  const result = charge(work(span('2026-01-31T23:40', '2026-02-01T00:25')), versions, { openIntervals: round })
  expect(result.entries.map((entry) => [entry.bucketId, entry.minutes])).toEqual([
    ['c1/subscription/2026-01', -20],
    ['c1/subscription/2026-02', -25],
  ])
})

test('each side of a version border is charged by its own version', () => {
  const versions = [
    version({ id: 'v1', to: '2026-01-15' }),
    version({ id: 'v2', from: '2026-01-16', terms: terms({ rates: rates({ postpaidPerHourKopecks: 300_000 }) }) }),
  ]
  const result = charge(work(span('2026-01-15T23:30', '2026-01-16T00:30')), versions, { openIntervals: daily(0, 24) })
  expect(result.charges.map((c) => [c.minutes, c.sumKopecks])).toEqual([
    [30, 100_000],
    [30, 150_000],
  ])
})

test('minutes of a day that no version reaches are told apart, not charged', () => {
  const result = charge(work({ date: '2025-12-31', minutes: 30, outOfHours: false }), [version()])
  expect(result).toMatchObject({ uncoveredMinutes: 30, billableMinutes: 0, entries: [], charges: [] })
})

test('hours leave in order: the service’s own allowance, what expires first, the oldest, then by fact', () => {
  const versions = [
    version({
      terms: terms({
        forms: [
          deposit({ code: 'old', minutes: 60, boughtOn: '2026-01-01' }),
          deposit({ code: 'new', minutes: 60, boughtOn: '2026-01-02' }),
          subscription({ minutesPerMonth: 60 }),
          {
            kind: 'flat',
            code: 'care',
            services: [
              { service: 'backups', allowance: { kind: 'minutes', minutesPerMonth: 60, leftover: { kind: 'burns' } } },
            ],
          },
        ],
      }),
    }),
  ]
  const day = { date: '2026-01-20', minutes: 270, outOfHours: false }
  const result = charge(work(day, { service: 'backups' }), versions)
  expect(result.entries.map((entry) => [entry.bucketId, entry.minutes])).toEqual([
    ['c1/care/backups/2026-01', -60],
    ['c1/subscription/2026-01', -60],
    ['c1/old/2026-01-01', -60],
    ['c1/new/2026-01-02', -60],
  ])
  expect(result.charges).toMatchObject([{ minutes: 30, sumKopecks: 100_000 }])
  const other = charge(work(day), versions)
  expect(other.entries[0]?.bucketId).toBe('c1/subscription/2026-01')
})

test('a bucket pays for its own activities; other work goes by its own rate, or draws more where a factor is agreed', () => {
  const covers = { activities: ['development'], factorPercentByActivity: { analysis: 150 } }
  const versions = [
    version({
      terms: terms({
        forms: [subscription({ covers, minutesPerMonth: 100 })],
        rates: rates({ rows: [{ activity: 'consultation', grade: null, perHourKopecks: 300_000 }] }),
      }),
    }),
  ]
  const day = { date: '2026-01-20', minutes: 60, outOfHours: false }
  const consultation = charge(work(day, { activity: 'consultation' }), versions)
  expect(consultation).toMatchObject({ entries: [], charges: [{ minutes: 60, sumKopecks: 300_000 }] })
  const analysis = charge(work({ ...day, minutes: 120 }, { activity: 'analysis' }), versions)
  expect(analysis.entries.map((entry) => entry.minutes)).toEqual([-99])
  expect(analysis.charges).toMatchObject([{ minutes: 54 }])
})

test('a contract that stops leaves the minutes beyond the package waiting for the client', () => {
  const versions = [
    version({
      terms: terms({ forms: [subscription({ minutesPerMonth: 60 })], rates: rates({ beyondBuckets: 'stop' }) }),
    }),
  ]
  const result = charge(work({ date: '2026-01-20', minutes: 90, outOfHours: false }), versions)
  expect(result).toMatchObject({ stoppedMinutes: 30, charges: [] })
  expect(result.entries.map((entry) => entry.minutes)).toEqual([-60])
})

test('work of which only the day is known counts as inside service hours, and says that no start was given', () => {
  const day = { date: '2026-01-20', minutes: 60, outOfHours: null }
  const said = 'no start given: as inside service hours'
  const result = charge(work(day), [version()])
  expect(result).toMatchObject({ billableMinutes: 60 })
  expect(result.explanation.map((step) => step.en)).toContain(said)
  const known = charge(work(span('2026-01-20T12:00', '2026-01-20T13:00')), [version()])
  const urgent = charge(work(day, { urgent: true }), [version()])
  const sameAnyHour = charge(work(day), [version({ terms: terms({ rates: rates({ urgentPercent: 100 }) }) })])
  const aroundTheClock = charge(work(day), [version()], { openIntervals: daily(0, 24) })
  for (const { explanation } of [known, urgent, sameAnyHour, aroundTheClock]) {
    expect(explanation.map((step) => step.en)).not.toContain(said)
  }
})

test('a day without service hours is wholly outside them, start or no start', () => {
  const day = { date: '2026-01-18', minutes: 30, outOfHours: null }
  const result = charge(work(day), [version()], { openIntervals: () => [] })
  expect(result).toMatchObject({ workedMinutes: 30, billableMinutes: 60 })
  expect(result.explanation[0]?.en).toContain('out of hours')
})

test('where multipliers take money, a bucket loses the plain minutes and the surcharge is priced', () => {
  const versions = [version({ terms: terms({ forms: [subscription()], rates: rates({ multipliersTake: 'money' }) }) })]
  const result = charge(work({ date: '2026-01-20', minutes: 30, outOfHours: true }), versions)
  expect(result.entries.map((entry) => entry.minutes)).toEqual([-30])
  expect(result.charges).toMatchObject([{ kind: 'surcharge', minutes: 30, sumKopecks: 100_000 }])
})

test('an outstaffed person is charged at the contract’s hourly rate, a fifth more on the client’s site, past any bucket', () => {
  const outstaff = {
    kind: 'outstaff' as const,
    code: 'outstaff',
    personId: 'p1',
    from: '2026-01-01',
    to: '2026-03-31',
    ratePerHourKopecks: 170_000,
  }
  const versions = [version({ terms: terms({ forms: [subscription(), outstaff] }) })]
  const result = charge(work({ date: '2026-01-20', minutes: 480, outOfHours: false }, { onSite: true }), versions)
  expect(result.entries).toEqual([])
  expect(result.charges).toMatchObject([{ kind: 'outstaff', minutes: 576, sumKopecks: 1_632_000 }])
})

test('rounding per task and day charges the second entry only what the rounded day still lacks', () => {
  const versions = [
    version({ terms: terms({ rates: rates({ roundingStepMinutes: 30, roundingPer: 'task_and_day' }) }) }),
  ]
  const first = charge(work({ date: '2026-01-20', minutes: 10, outOfHours: false }), versions)
  const second = charge(work({ date: '2026-01-20', minutes: 25, outOfHours: false }, { id: 'w2' }), versions, {
    exactBefore: first.exactByGroup,
  })
  expect([first.billableMinutes, second.billableMinutes]).toEqual([30, 30])
})

test('planning the same entry twice gives the same keys, a new revision other ones', () => {
  const versions = [version({ terms: terms({ forms: [subscription()] }) })]
  const given = work({ date: '2026-01-20', minutes: 30, outOfHours: false })
  expect(charge(given, versions)).toEqual(charge(given, versions))
  const [again] = charge({ ...given, revision: 2 }, versions).entries
  expect(again?.key).not.toBe(charge(given, versions).entries[0]?.key)
})

test('a rejected charge comes back as its opposite in the open month', () => {
  const [original] = charge(work({ date: '2026-01-20', minutes: 30, outOfHours: false }), [version()]).charges
  if (!original) throw new Error('nothing was charged')
  const reason = { ru: 'клиент отклонил строку', en: 'the client rejected the line' }
  const reversal = reverseCharge(original, {
    id: 'r1',
    effectiveAt: moscow('2026-02-05T12:00'),
    month: '2026-02',
    reason,
  })
  expect(reversal).toMatchObject({ minutes: -30, sumKopecks: -100_000, month: '2026-02', timeEntryId: 'w1' })
})

test('work of a suspended day takes nothing from the hours that were bought, and says why', () => {
  const suspended = [{ from: '2026-01-19', to: '2026-01-20' }]
  const versions = [version({ terms: terms({ forms: [subscription()] }), suspended })]
  const on = (date: string) => charge(work(span(`${date}T12:00`, `${date}T13:00`)), versions)
  expect(on('2026-01-20')).toMatchObject({ entries: [], charges: [{ kind: 'postpaid', sumKopecks: 200_000 }] })
  expect(on('2026-01-20').explanation.map((step) => step.ru)).toContain(
    'договор в этот день приостановлен: часы не списываются',
  )
  expect(on('2026-01-21')).toMatchObject({ entries: [{ kind: 'draw', minutes: -60 }], charges: [] })
})
