import type { ContractTerms, EngagementForm, RateTerms } from '../domain/terms.ts'

type HourForm = Extract<EngagementForm, { minutesPerMonth: number }>

/** The forms that give hours every month. */
export function hourFormsOf(terms: Pick<ContractTerms, 'forms'>): HourForm[] {
  return terms.forms.filter((form) => 'minutesPerMonth' in form)
}

export interface TermsChange {
  /** An emptied sum stays as it was. */
  monthlyFeeKopecks: number | null
  hourKopecks: number | null
  beyondBuckets: RateTerms['beyondBuckets']
  /** Minutes a month by the form's code. */
  minutes: Record<string, number>
}

/** The terms with the changed figures; all else is taken over. */
export function changedTerms<Terms extends ContractTerms>(terms: Terms, change: TermsChange): Terms {
  const { rates } = terms
  return {
    ...terms,
    monthlyFeeKopecks: change.monthlyFeeKopecks ?? terms.monthlyFeeKopecks,
    rates: {
      ...rates,
      postpaidPerHourKopecks: change.hourKopecks ?? rates.postpaidPerHourKopecks,
      beyondBuckets: change.beyondBuckets,
    },
    forms: terms.forms.map((form) => {
      const minutesPerMonth = change.minutes[form.code]
      return 'minutesPerMonth' in form && minutesPerMonth !== undefined ? { ...form, minutesPerMonth } : form
    }),
  }
}
