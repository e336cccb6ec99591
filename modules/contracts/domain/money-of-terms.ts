import type { Kopecks } from '@opora/core'
import { priceOfMinutes } from '@opora/core'
import type { ContractTerms, EngagementForm } from './terms.ts'

/** What a form costs each month whether work is done or not. Deposits, annual packages and one-offs are paid once. */
export function monthlyPriceOf(form: EngagementForm): Kopecks {
  if (form.kind === 'subscription') return priceOfMinutes(form.minutesPerMonth, form.ratePerHourKopecks)
  if (form.kind === 'monthly_package') return form.pricePerMonthKopecks
  return 0
}

/** The whole recurring fee of a month: the base of penalties that are a share of the fee. */
export function monthlyFeeOf(terms: ContractTerms): Kopecks {
  return terms.monthlyFeeKopecks + terms.forms.reduce((sum, form) => sum + monthlyPriceOf(form), 0)
}

/** What hours bought once cost: a deposit of 60 h at 1 700 ₽ is 102 000 ₽. */
export function purchasePriceOf(form: EngagementForm): Kopecks {
  if (form.kind === 'deposit') return priceOfMinutes(form.minutes, form.ratePerHourKopecks)
  if (form.kind === 'annual_package') return form.pricePerYearKopecks
  if (form.kind === 'one_off' && form.price.kind === 'fixed') return form.price.kopecks
  return 0
}
