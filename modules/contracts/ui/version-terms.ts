import type { ContractTerms, EngagementForm, RateTerms } from '../domain/terms.ts'

type HourForm = Extract<EngagementForm, { minutesPerMonth: number }>

/** The forms that give hours every month. */
export function hourFormsOf(terms: Pick<ContractTerms, 'forms'>): HourForm[] {
  return terms.forms.filter((form) => 'minutesPerMonth' in form)
}

/** What is promised, as the form holds it. */
export interface PromiseChange {
  slaPolicyCode: string
  calendarCode: string
  /** Whether waiting for the vendor stops the clocks: as the policy says, by this contract's word yes, or no. */
  vendorWait: 'policy' | 'stops' | 'runs'
  /** An answer around the clock at priorities 1 and 2 within so many minutes; `null`: no such duty. */
  dutyMinutes: number | null
}

const DUTY_PRIORITIES = [1, 2]

export function promisedBy({ slaPolicyCode, calendarCode, promises }: PromiseTermsOf): PromiseChange {
  const counted = promises?.pausesCounted ?? null
  const vendorWait = counted === null ? 'policy' : counted.includes('vendor') ? 'stops' : 'runs'
  return { slaPolicyCode, calendarCode, vendorWait, dutyMinutes: promises?.duty?.reactionMinutes ?? null }
}

type PromiseTermsOf = Pick<ContractTerms, 'slaPolicyCode' | 'calendarCode' | 'promises'>

function changedPromises({ promises }: PromiseTermsOf, change: PromiseChange): PromiseTermsOf {
  const { slaPolicyCode, calendarCode, vendorWait, dutyMinutes } = change
  const others = promises?.pausesCounted?.filter((reason) => reason !== 'vendor') ?? WAITS_COUNTED
  const pausesCounted =
    vendorWait === 'policy' ? null : vendorWait === 'stops' ? [...others, 'vendor' as const] : others
  const priorities = promises?.duty?.priorities ?? DUTY_PRIORITIES
  const duty = dutyMinutes ? { priorities, reactionMinutes: dutyMinutes } : null
  const own = pausesCounted === null && duty === null ? {} : { promises: { pausesCounted, duty } }
  return { slaPolicyCode, calendarCode, ...own }
}

/** The waits that stop clocks by every policy of the catalogue. */
const WAITS_COUNTED = ['client' as const, 'approval' as const, 'payment' as const, 'agreed_date' as const]

export interface TermsChange {
  promised: PromiseChange
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
  const { promises: _was, ...rest } = terms
  const { rates } = terms
  return {
    ...(rest as Terms),
    ...changedPromises(terms, change.promised),
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
