import { scaleKopecks } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf } from './close-lines.ts'
import { partsOfMonth } from './month-parts.ts'
import { isSuspendedOn, type SuspendedSpan, type SuspensionTerms, suspendedWithin } from './suspension.ts'
import { terms, version } from './terms.fixture.ts'
import { type ContractVersion, versionOn } from './terms.ts'
import { unitsOfMonth } from './unit-lines.ts'

/* April has thirty days: half of an odd sum of kopecks is where roundings lose or make one. */
const MONTH = '2026-04'
const DAYS = Array.from({ length: 30 }, (_, index) => `2026-04-${String(index + 1).padStart(2, '0')}`)
const dayBefore = (date: string) => Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()

const rules = fc.record({
  feePercent: fc.constantFrom(0, 30, 50, 99, 100),
  hours: fc.constantFrom('by_days' as const, 'granted' as const),
})
/** Spans that do not overlap, some before the month or past its end, the last perhaps without one. */
const spans = fc
  .tuple(fc.uniqueArray(fc.integer({ min: -20, max: 50 }), { maxLength: 6 }), fc.boolean())
  .map(([days, open]): SuspendedSpan[] => {
    const on = (day: number) => Temporal.PlainDate.from('2026-04-01').add({ days: day }).toString()
    const sorted = days.toSorted((a, b) => a - b)
    const found: SuspendedSpan[] = []
    for (let at = 0; at + 1 < sorted.length; at += 2) found.push({ from: on(sorted[at]!), to: on(sorted[at + 1]! - 1) })
    const last = found.at(-1)
    if (last && open) last.to = null
    return found
  })
const months = fc
  .record({
    begins: fc.uniqueArray(fc.integer({ min: 1, max: 29 }), { maxLength: 3 }),
    rules: fc.array(rules, { minLength: 4, maxLength: 4 }),
    fee: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 1e11 })),
    units: fc.integer({ min: 0, max: 200 }),
    suspended: spans,
  })
  .map(({ begins, rules: of, fee, units, suspended }) => {
    const from = ['2026-01-01', ...begins.toSorted((a, b) => a - b).map((day) => DAYS[day]!)]
    const services = [{ service: 'backups', allowance: { kind: 'units' as const, unitsPerMonth: units } }]
    const versions = from.map(
      (date, index): ContractVersion =>
        version({
          id: `v${index}`,
          from: date,
          to: index + 1 < from.length ? dayBefore(from[index + 1]!) : null,
          suspended,
          terms: terms({
            monthlyFeeKopecks: fee,
            suspension: of[index]! as SuspensionTerms,
            forms: [{ kind: 'flat', code: 'services', services }],
            unitPrices: { backups: 700 },
          }),
        }),
    )
    return { versions, fee, units, suspended }
  })
const ruleOn = (versions: readonly ContractVersion[], date: string) => versionOn(versions, date)!.terms.suspension!

test('the month’s fee is the fee of its days, each by its own rule, rounded once: no kopeck is lost or made', () => {
  fc.assert(
    fc.property(months, ({ versions, fee, suspended }) => {
      const hundredths = DAYS.reduce(
        (sum, date) => sum + (isSuspendedOn(suspended, date) ? ruleOn(versions, date).feePercent : 100),
        0,
      )
      const lines = linesOf(versions, MONTH, []).filter((line) => line.kind === 'fee')
      expect(lines.length).toBe(1)
      expect(lines[0]!.sumKopecks).toBe(scaleKopecks(fee, hundredths, 3_000))
    }),
    { numRuns: 400 },
  )
})

test('what is drawn of a package’s units and what is priced are together the units recorded; a change of terms adds none', () => {
  fc.assert(
    fc.property(months, fc.integer({ min: 0, max: 2_000_000_000 }), (month, recorded) => {
      const { versions, units, suspended } = month
      const used = { service: 'backups', name: { ru: '', en: '' }, units: recorded, listKopecks: null }
      const found = unitsOfMonth(versions, MONTH, used)
      const days = DAYS.filter(
        (date) => !isSuspendedOn(suspended, date) || ruleOn(versions, date).hours === 'granted',
      ).length
      const included = Math.ceil((units * days) / 30)
      expect(found.includedUnits).toBe(included)
      expect(Math.min(recorded, included) + found.beyondUnits).toBe(recorded)
      expect(found.sumKopecks).toBe(found.beyondUnits * 700)
    }),
    { numRuns: 400 },
  )
})

test('the suspended days of a month are those on which the contract is suspended, each once, whatever versions they fall under', () => {
  fc.assert(
    fc.property(months, ({ versions, suspended }) => {
      const counted = partsOfMonth(versions, MONTH).flatMap((part) => part.suspended)
      const days = DAYS.filter((date) => isSuspendedOn(suspended, date)).length
      expect(counted.reduce((sum, span) => sum + span.days, 0)).toBe(days)
      expect(suspendedWithin(suspended, DAYS[0]!, DAYS.at(-1)!).reduce((sum, span) => sum + span.days, 0)).toBe(days)
    }),
  )
})

test('units that were used under terms with a price are not given for nothing when the month’s last terms name none', () => {
  const priced = version({ to: '2026-04-15', terms: terms({ unitPrices: { licences: 900 } }) })
  const silent = version({ id: 'v2', from: '2026-04-16', terms: terms({}) })
  const used = { service: 'licences', name: { ru: '', en: '' }, units: 4, listKopecks: null }
  expect(unitsOfMonth([priced, silent], MONTH, used)).toMatchObject({ priceKopecks: 900, sumKopecks: 3_600 })
})
