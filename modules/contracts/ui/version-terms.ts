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
  /** Covered portals and people; `null` for all of the client. */
  portals: number[] | null
  people: number[] | null
}

/** Whom and what the terms cover, as the form holds it. */
export function coveredBy({
  entitlement,
}: Pick<ContractTerms, 'entitlement'>): Pick<TermsChange, 'portals' | 'people'> {
  return {
    portals: entitlement.portals === 'listed' ? entitlement.portalIds.map(Number) : null,
    people: entitlement.contacts === 'listed' ? entitlement.contactIds.map(Number) : null,
  }
}

/** The terms with the changed figures; all else is taken over. */
export function changedTerms<Terms extends ContractTerms>(terms: Terms, change: TermsChange): Terms {
  const { rates } = terms
  return {
    ...terms,
    entitlement: {
      ...terms.entitlement,
      portals: change.portals === null ? ('all' as const) : ('listed' as const),
      portalIds: (change.portals ?? []).map(String),
      contacts: change.people === null ? ('all' as const) : ('listed' as const),
      contactIds: (change.people ?? []).map(String),
    },
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
