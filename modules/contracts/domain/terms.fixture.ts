import type { ContractTerms, ContractVersion, DepositForm, RateTerms, SubscriptionForm } from './terms.ts'

export const MOSCOW = 'Europe/Moscow'

export function rates(overrides: Partial<RateTerms> = {}): RateTerms {
  return {
    postpaidPerHourKopecks: 200_000,
    rows: [],
    vat: 'none',
    onSiteSurchargePercent: 20,
    urgentPercent: 200,
    composition: 'product',
    multipliersTake: 'hours',
    roundingStepMinutes: 1,
    roundingPer: 'entry',
    beyondBuckets: 'postpaid',
    ...overrides,
  }
}

/** Postpaid at 2 000 ₽ and nothing else, from which tests make the contract that they need. */
export function terms(overrides: Partial<ContractTerms> = {}): ContractTerms {
  return {
    packageCode: null,
    zone: MOSCOW,
    monthlyFeeKopecks: 0,
    partialMonth: 'by_days',
    minTermMonths: 0,
    calendarCode: 'mon-fri-10-18',
    slaPolicyCode: 'crm-basic',
    forms: [{ kind: 'postpaid', code: 'postpaid' }],
    rates: rates(),
    entitlement: {
      contacts: 'all',
      contactIds: [],
      portals: 'all',
      portalIds: [],
      channels: ['email', 'cabinet', 'form'],
      excludedTopics: [],
    },
    estimates: {
      rule: { kind: 'outside_package' },
      diagnosisExemptMinutes: 30,
      tolerancePercent: 0,
      warnAtPercent: 80,
    },
    coupon: null,
    penalties: { rules: [], capFeeBasisPoints: null },
    capacityCeilingMinutesPerMonth: 120_000,
    ...overrides,
  }
}

export function version(overrides: Partial<ContractVersion> = {}): ContractVersion {
  return { id: 'v1', from: '2026-01-01', to: null, terms: terms(), ...overrides }
}

export function subscription(overrides: Partial<SubscriptionForm> = {}): SubscriptionForm {
  return {
    kind: 'subscription',
    code: 'subscription',
    minutesPerMonth: 20 * 60,
    ratePerHourKopecks: 170_000,
    leftover: { kind: 'burns' },
    covers: { activities: 'all', factorPercentByActivity: {} },
    capacityGuaranteed: true,
    ...overrides,
  }
}

export function deposit(overrides: Partial<DepositForm> = {}): DepositForm {
  return {
    kind: 'deposit',
    code: 'deposit',
    minutes: 60 * 60,
    ratePerHourKopecks: 170_000,
    boughtOn: '2026-01-01',
    covers: { activities: 'all', factorPercentByActivity: {} },
    capacityGuaranteed: true,
    ...overrides,
  }
}
