import { expect, test } from 'vitest'
import { deposit, rates, subscription, terms } from './terms.fixture.ts'
import type { ContractTerms, TermsLimits } from './terms.ts'
import { allowanceOf, chainVersions, versionOn } from './terms.ts'
import { checkTerms } from './terms-check.ts'

const limits: TermsLimits = {
  subscriptionMinMinutes: 1200,
  depositMinMinutes: 3600,
  activityCodes: ['development'],
  serviceCodes: ['backups'],
  calendarCodes: ['mon-fri-10-18'],
  slaPolicyCodes: ['crm-basic'],
}

const fields = (given: ContractTerms) => checkTerms(given, limits).map((error) => error.field)

test('terms that say everything rightly have no faults', () => {
  expect(fields(terms({ forms: [subscription(), deposit()] }))).toEqual([])
})

test('a subscription under 20 hours and a deposit under 60 are told, with the least in words', () => {
  const forms = [subscription({ minutesPerMonth: 1199 }), deposit({ minutes: 3599 })]
  expect(checkTerms(terms({ forms }), limits).map((e) => [e.field, e.message.ru.replaceAll('\u00a0', ' ')])).toEqual([
    ['forms.0.minutesPerMonth', 'Не меньше 20 ч.'],
    ['forms.1.minutes', 'Не меньше 60 ч.'],
  ])
})

test.each<[string, Partial<ContractTerms>, string]>([
  ['no form of engagement', { forms: [] }, 'forms'],
  ['two forms with one code', { forms: [subscription(), deposit({ code: 'subscription' })] }, 'forms.1.code'],
  ['a code that is no code', { forms: [subscription({ code: 'a/b' })] }, 'forms.0.code'],
  ['an unknown zone', { zone: 'Moscow' }, 'zone'],
  ['an unknown calendar', { calendarCode: 'x' }, 'calendarCode'],
  ['an unknown policy', { slaPolicyCode: 'x' }, 'slaPolicyCode'],
  ['a fee of a fraction', { monthlyFeeKopecks: 0.5 }, 'monthlyFeeKopecks'],
  ['a multiplier that makes work cheaper', { rates: rates({ urgentPercent: 50 }) }, 'rates.urgentPercent'],
  ['a step that is not offered', { rates: rates({ roundingStepMinutes: 7 as never }) }, 'rates.roundingStepMinutes'],
  [
    'a rate of an unknown activity',
    { rates: rates({ rows: [{ activity: 'x', grade: null, perHourKopecks: 1 }] }) },
    'rates.rows.0.activity',
  ],
  ['a deposit bought on no date', { forms: [deposit({ boughtOn: '' })] }, 'forms.0.boughtOn'],
  [
    'carrying without a cap',
    { forms: [subscription({ leftover: { kind: 'carries', capMinutes: 0 } })] },
    'forms.0.leftover.capMinutes',
  ],
  [
    'a coupon slower than an hour',
    { coupon: { perYear: 1, reactionMinutes: 61, channels: [] } },
    'coupon.reactionMinutes',
  ],
  ['a cap above the whole fee', { penalties: { rules: [], capFeeBasisPoints: 10_001 } }, 'penalties.capFeeBasisPoints'],
])('%s is told at its field', (_case, overrides, field) => {
  expect(fields(terms(overrides))).toContain(field)
})

test('listed people and portals must be named', () => {
  const entitlement = { ...terms().entitlement, contacts: 'listed' as const, portals: 'listed' as const, channels: [] }
  expect(fields(terms({ entitlement }))).toEqual([
    'entitlement.contactIds',
    'entitlement.portalIds',
    'entitlement.channels',
  ])
})

test('versions end on the eve of the next, and a date falls under one of them', () => {
  const chained = chainVersions(
    [
      { id: 'v2', from: '2026-03-01', terms: terms() },
      { id: 'v1', from: '2026-01-01', terms: terms() },
    ],
    '2026-12-31',
  )
  expect(chained.map((v) => [v.id, v.from, v.to])).toEqual([
    ['v1', '2026-01-01', '2026-02-28'],
    ['v2', '2026-03-01', '2026-12-31'],
  ])
  expect(versionOn(chained, '2026-02-28')?.id).toBe('v1')
  expect(versionOn(chained, '2027-01-01')).toBeNull()
})

test('a service’s allowance is found in the flat form, and is nothing where the contract does not name it', () => {
  const flat = {
    kind: 'flat' as const,
    code: 'care',
    services: [{ service: 'backups', allowance: { kind: 'unlimited' as const } }],
  }
  expect(allowanceOf(terms({ forms: [flat] }), 'backups')).toEqual({ kind: 'unlimited' })
  expect(allowanceOf(terms({ forms: [flat] }), 'updates')).toBeNull()
})
