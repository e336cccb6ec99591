import type { ContractTerms } from '../domain/terms.ts'

/** What is promised, as the form holds it. */
export interface PromiseChange {
  slaPolicyCode: string
  calendarCode: string
  /** Whether waiting for the vendor stops the clocks: as the policy says, by this contract's word yes, or no. */
  vendorWait: 'policy' | 'stops' | 'runs'
  /** An answer around the clock at priorities 1 and 2 within so many minutes; `null`: no such duty. */
  dutyMinutes: number | null
}

/** The waits that stop clocks by every policy of the catalogue. */
const WAITS_COUNTED = ['client' as const, 'approval' as const, 'payment' as const, 'agreed_date' as const]
const DUTY_PRIORITIES = [1, 2]

export function promisedBy({ slaPolicyCode, calendarCode, promises }: PromiseTermsOf): PromiseChange {
  const counted = promises?.pausesCounted ?? null
  const vendorWait = counted === null ? 'policy' : counted.includes('vendor') ? 'stops' : 'runs'
  return { slaPolicyCode, calendarCode, vendorWait, dutyMinutes: promises?.duty?.reactionMinutes ?? null }
}

type PromiseTermsOf = Pick<ContractTerms, 'slaPolicyCode' | 'calendarCode' | 'promises'>

export function changedPromises({ promises }: PromiseTermsOf, change: PromiseChange): PromiseTermsOf {
  const { slaPolicyCode, calendarCode, vendorWait, dutyMinutes } = change
  const others = promises?.pausesCounted?.filter((reason) => reason !== 'vendor') ?? WAITS_COUNTED
  const pausesCounted =
    vendorWait === 'policy' ? null : vendorWait === 'stops' ? [...others, 'vendor' as const] : others
  const priorities = promises?.duty?.priorities ?? DUTY_PRIORITIES
  const duty = dutyMinutes ? { priorities, reactionMinutes: dutyMinutes } : null
  const own = pausesCounted === null && duty === null ? {} : { promises: { pausesCounted, duty } }
  return { slaPolicyCode, calendarCode, ...own }
}

/** Whom and what the terms cover, as the form holds it. */
export function coveredBy({ entitlement }: Pick<ContractTerms, 'entitlement'>): {
  portals: number[] | null
  people: number[] | null
} {
  return {
    portals: entitlement.portals === 'listed' ? entitlement.portalIds.map(Number) : null,
    people: entitlement.contacts === 'listed' ? entitlement.contactIds.map(Number) : null,
  }
}
