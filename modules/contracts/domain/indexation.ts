import { type Kopecks, scaleKopecks } from '@opora/core'
import type { ContractTerms, EngagementForm } from './terms.ts'

const WHOLE = 10_000

/** Prices raised by so many hundredths of a percent, each rounded once to the kopeck. Hours, promises and what was bought already stay. */
export function indexed(terms: ContractTerms, basisPoints: number): ContractTerms {
  const raised = (price: Kopecks) => scaleKopecks(price, WHOLE + basisPoints, WHOLE)
  const { rates, options } = terms
  return {
    ...terms,
    monthlyFeeKopecks: raised(terms.monthlyFeeKopecks),
    ...(options
      ? { options: options.map((one) => ({ ...one, pricePerMonthKopecks: raised(one.pricePerMonthKopecks) })) }
      : {}),
    forms: terms.forms.map((form) => indexedForm(form, raised)),
    rates: {
      ...rates,
      postpaidPerHourKopecks: raised(rates.postpaidPerHourKopecks),
      rows: rates.rows.map((row) => ({ ...row, perHourKopecks: raised(row.perHourKopecks) })),
    },
  }
}

/** A deposit and a job at a fixed price were sold at their price. */
function indexedForm(form: EngagementForm, raised: (price: Kopecks) => Kopecks): EngagementForm {
  switch (form.kind) {
    case 'subscription':
    case 'outstaff':
      return { ...form, ratePerHourKopecks: raised(form.ratePerHourKopecks) }
    case 'monthly_package':
      return { ...form, pricePerMonthKopecks: raised(form.pricePerMonthKopecks) }
    case 'annual_package':
      return { ...form, pricePerYearKopecks: raised(form.pricePerYearKopecks) }
    default:
      return form
  }
}
