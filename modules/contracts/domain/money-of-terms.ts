import type { Kopecks } from '@opora/core'
import { priceOfMinutes, scaleKopecks } from '@opora/core'
import type { TermDiscount } from './agreement.ts'
import type { ContractTerms, EngagementForm } from './terms.ts'

const WHOLE = 10_000

/** A monthly price less the discount for the term, rounded once. Prices are lowered: a document may not hold a negative line. */
export function discounted(price: Kopecks, discount: TermDiscount | null): Kopecks {
  return discount === null ? price : scaleKopecks(price, WHOLE - discount.basisPoints, WHOLE)
}

export function discountOf(terms: Pick<ContractTerms, 'agreement'>): TermDiscount | null {
  return terms.agreement?.discount ?? null
}

/** What a form costs each month whether work is done or not. Deposits, annual packages and one-offs are paid once. */
export function monthlyPriceOf(form: EngagementForm, discount: TermDiscount | null = null): Kopecks {
  if (form.kind === 'subscription') {
    return priceOfMinutes(form.minutesPerMonth, discounted(form.ratePerHourKopecks, discount))
  }
  return form.kind === 'monthly_package' ? discounted(form.pricePerMonthKopecks, discount) : 0
}

/** The whole recurring fee of a month: the base of penalties that are a share of the fee. */
export function monthlyFeeOf(terms: ContractTerms): Kopecks {
  const discount = discountOf(terms)
  const options = (terms.options ?? []).reduce((sum, one) => sum + discounted(one.pricePerMonthKopecks, discount), 0)
  const forms = terms.forms.reduce((sum, form) => sum + monthlyPriceOf(form, discount), 0)
  return discounted(terms.monthlyFeeKopecks, discount) + options + forms
}

/** What hours bought once cost: a deposit of 60 h at 1 700 ₽ is 102 000 ₽. */
export function purchasePriceOf(form: EngagementForm): Kopecks {
  if (form.kind === 'deposit') return priceOfMinutes(form.minutes, form.ratePerHourKopecks)
  if (form.kind === 'annual_package') return form.pricePerYearKopecks
  if (form.kind === 'one_off' && form.price.kind === 'fixed') return form.price.kopecks
  return 0
}
