import type { EngagementForm } from '../../domain/terms.ts'

const HOUR = 60
const SUBSCRIBED = 20 * HOUR
const DEPOSITED = 60 * HOUR

type Kind = Exclude<EngagementForm['kind'], 'flat'>

/** A code that no other form of the contract has: its buckets are named by it. */
export function codeFor(kind: Kind, forms: readonly EngagementForm[]): string {
  const base = kind.replaceAll('_', '-')
  const taken = new Set(forms.map((form) => form.code))
  for (let number = 1; ; number += 1) {
    const code = number === 1 ? base : `${base}-${number}`
    if (!taken.has(code)) return code
  }
}

/** A form of engagement to fill in; rates of 0 are the price list's. */
export function blankForm(kind: Kind, code: string): EngagementForm {
  const covers = { activities: 'all' as const, factorPercentByActivity: {} }
  const leftover = { kind: 'burns' as const }
  const today = new Intl.DateTimeFormat('sv').format(new Date())
  switch (kind) {
    case 'subscription':
      return {
        kind,
        code,
        minutesPerMonth: SUBSCRIBED,
        ratePerHourKopecks: 0,
        leftover,
        covers,
        capacityGuaranteed: true,
      }
    case 'deposit':
      return {
        kind,
        code,
        minutes: DEPOSITED,
        ratePerHourKopecks: 0,
        boughtOn: today,
        covers,
        capacityGuaranteed: true,
      }
    case 'monthly_package':
      return { kind, code, minutesPerMonth: 10 * HOUR, pricePerMonthKopecks: 0, leftover, covers }
    case 'annual_package':
      return { kind, code, minutesPerYear: 100 * HOUR, pricePerYearKopecks: 0, yearFrom: today, leftover, covers }
    case 'project_hours':
      return { kind, code, minutes: SUBSCRIBED, from: today, to: today, covers }
    case 'one_off':
      return { kind, code, title: '', on: today, price: { kind: 'by_fact' } }
    case 'outstaff':
      return { kind, code, personId: '', from: today, to: today, ratePerHourKopecks: 0 }
    case 'postpaid':
      return { kind, code }
  }
}
