import type { Kopecks, Minutes } from '@opora/core'

/*
 * What a contract says beside its work and its money: who works for the client, whom to call, what is done and what is not, how it is
 * renewed, how its prices are revised and what becomes of hours when it ends. Versioned with the rest of the terms.
 */

export const TEAM_ROLES = ['account_manager', 'analyst', 'specialist', 'developer', 'it_operator'] as const
export type TeamRole = (typeof TEAM_ROLES)[number]

/** A person of the provider whom the client knows by name. */
export interface TeamMember {
  role: TeamRole
  accountId: string
}

/** Whom to call when something takes too long: after so many minutes, `null` for at once. */
export interface EscalationStep {
  side: 'client' | 'provider'
  name: string
  /** A telephone number or an address. */
  reach: string
  afterMinutes: Minutes | null
}

export type Renewal =
  | { kind: 'none' }
  /** The parties agree each time. */
  | { kind: 'by_agreement'; months: number }
  /** Goes on by itself unless somebody gives notice so many days before the end. */
  | { kind: 'automatic'; months: number; noticeDays: number }

/** Prices may be raised once in so many months, with notice, by no more than the limit (hundredths of a percent; `null`: as agreed). */
export interface Indexation {
  everyMonths: number
  noticeDays: number
  limitBasisPoints: number | null
}

/** Taken off the monthly prices, in hundredths of a percent, because the contract is for so many months. */
export interface TermDiscount {
  basisPoints: number
  months: number
}

export interface AgreementTerms {
  team: TeamMember[]
  escalation: EscalationStep[]
  worksIncluded: string[]
  worksExcluded: string[]
  renewal: Renewal
  /** Days before the end on which people are reminded. */
  remindDays: number[]
  indexation: Indexation | null
  discount: TermDiscount | null
  /** Minutes a month that planning keeps free for the client. */
  reservedMinutesPerMonth: Minutes
  /** What becomes of hours that do not burn when the contract ends. */
  leftoverAtEnd: 'lapses' | 'refunded'
}

export const NO_AGREEMENT: AgreementTerms = {
  team: [],
  escalation: [],
  worksIncluded: [],
  worksExcluded: [],
  renewal: { kind: 'by_agreement', months: 12 },
  remindDays: [60, 30, 7],
  indexation: null,
  discount: null,
  reservedMinutesPerMonth: 0,
  leftoverAtEnd: 'lapses',
}

/** Something sold beside the package for a monthly sum, for example duty around the clock. */
export interface OptionTerms {
  code: string
  title: string
  pricePerMonthKopecks: Kopecks
}
