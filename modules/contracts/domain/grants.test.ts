import { parseInstant } from '@opora/core'
import { expect, test } from 'vitest'
import { planGrants } from './grants.ts'
import { deposit, subscription, terms, version } from './terms.fixture.ts'
import type { ContractVersion, EngagementForm } from './terms.ts'

const moscow = (text: string) => parseInstant(`${text}+03:00`)
const keys = (versions: ContractVersion[], month: string) => planGrants('c1', versions, month).entries.map((e) => e.key)
const withForms = (...forms: EngagementForm[]) => terms({ forms })

test('a month brings its subscription at its first instant, to burn at its last', () => {
  const { buckets, entries } = planGrants('c1', [version({ terms: withForms(subscription()) })], '2026-02')
  expect(buckets).toMatchObject([
    {
      id: 'c1/subscription/2026-02',
      from: moscow('2026-02-01T00:00:00'),
      lastInstant: moscow('2026-02-28T23:59:59.999'),
    },
  ])
  expect(entries).toMatchObject([{ kind: 'grant', minutes: 1200, effectiveAt: moscow('2026-02-01T00:00:00') }])
})

test('a deposit and project hours are granted once, in the month in which they begin', () => {
  const launch: EngagementForm = {
    kind: 'project_hours',
    code: 'launch',
    minutes: 600,
    from: '2026-02-10',
    to: '2026-03-31',
    covers: { activities: 'all', factorPercentByActivity: {} },
  }
  const versions = [version({ terms: withForms(deposit({ boughtOn: '2026-01-15' }), launch) })]
  const months = ['2026-01', '2026-02', '2026-03'].map((month) => planGrants('c1', versions, month).buckets)
  expect(months.map((buckets) => buckets.map((b) => [b.id, b.lastInstant]))).toEqual([
    [['c1/deposit/2026-01-15', null]],
    [['c1/launch/2026-02-10', moscow('2026-03-31T23:59:59.999')]],
    [],
  ])
})

test('hours for a year begin again on their anniversary, and on 28 February where the year has no 29th', () => {
  const annual: EngagementForm = {
    kind: 'annual_package',
    code: 'annual',
    minutesPerYear: 6000,
    pricePerYearKopecks: 0,
    yearFrom: '2024-02-29',
    leftover: { kind: 'burns' },
    covers: { activities: 'all', factorPercentByActivity: {} },
  }
  const versions = [version({ from: '2024-01-01', terms: withForms(annual) })]
  expect(planGrants('c1', versions, '2026-02').buckets).toMatchObject([
    { id: 'c1/annual/2026-02-28', lastInstant: moscow('2027-02-27T23:59:59.999') },
  ])
  expect(planGrants('c1', versions, '2026-03').buckets).toEqual([])
  expect(planGrants('c1', versions, '2023-02').buckets).toEqual([])
})

test('planning again gives the same keys; a change of terms gives other ones, so that the old grant can be told from the new', () => {
  const before = [version({ terms: withForms(subscription()) })]
  const more = version({ id: 'v2', from: '2026-02-01', terms: withForms(subscription({ minutesPerMonth: 1800 })) })
  const after = [version({ to: '2026-01-31', terms: withForms(subscription()) }), more]
  expect(keys(before, '2026-02')).toEqual(keys(before, '2026-02'))
  expect(keys(after, '2026-01')).toEqual(keys(before, '2026-01'))
  expect(keys(after, '2026-02')).not.toEqual(keys(before, '2026-02'))
})

test('a month under two versions is granted by the days of each into one bucket', () => {
  const versions = [
    version({ to: '2026-01-10', terms: withForms(subscription({ minutesPerMonth: 3100 })) }),
    version({ id: 'v2', from: '2026-01-11', terms: withForms(subscription({ minutesPerMonth: 6200 })) }),
  ]
  const { buckets, entries } = planGrants('c1', versions, '2026-01')
  expect(buckets).toHaveLength(1)
  expect(entries.map((entry) => [entry.minutes, entry.effectiveAt])).toEqual([
    [1000, moscow('2026-01-01T00:00:00')],
    [4200, moscow('2026-01-11T00:00:00')],
  ])
})
