import type { CivilDate, Kopecks, Minutes } from '@opora/core'
import type { AgreementTerms, OptionTerms } from './agreement.ts'
import type { SuspendedSpan, SuspensionTerms } from './suspension.ts'

/*
 * What a contract version says, as data: stored as JSON with the version, never changed afterwards.
 * Units stand last in the names; percents are integers (200 = twice, 20 = a fifth).
 */

/** Codes of dictionaries that live as data in the catalogue. */
export type ActivityCode = string
export type ServiceCode = string
export type GradeCode = string

export const CHANNEL_CODES = [
  'email',
  'cabinet',
  'form',
  'phone',
  'video',
  'telegram',
  'whatsapp',
  'max',
  'portal',
  'monitoring',
  'api',
] as const
export type ChannelCode = (typeof CHANNEL_CODES)[number]

/** What happens to hours left at the end of a bucket's period. */
export type LeftoverRule = { kind: 'burns' } | { kind: 'stays' } | { kind: 'carries'; capMinutes: Minutes }

/** Which work a bucket pays for. Work outside `activities` may still draw where a factor is agreed: 150 = an hour draws 1:30. */
export interface Covers {
  activities: 'all' | ActivityCode[]
  factorPercentByActivity: Record<ActivityCode, number>
}

/** How much of a service a period includes. */
export type ServiceAllowance =
  | { kind: 'unlimited' }
  | { kind: 'minutes'; minutesPerMonth: Minutes; leftover: LeftoverRule }
  | { kind: 'units'; unitsPerMonth: number }
  | { kind: 'excluded' }

export interface IncludedService {
  service: ServiceCode
  allowance: ServiceAllowance
}

/** A way of paying for work. All can live in one contract; `code` is unique in it and names the form's buckets. */
export type EngagementForm =
  | SubscriptionForm
  | DepositForm
  | PostpaidForm
  | MonthlyPackageForm
  | AnnualPackageForm
  | FlatForm
  | ProjectHoursForm
  | OneOffForm
  | OutstaffForm

export interface SubscriptionForm {
  kind: 'subscription'
  code: string
  minutesPerMonth: Minutes
  ratePerHourKopecks: Kopecks
  leftover: LeftoverRule
  covers: Covers
  capacityGuaranteed: boolean
}

/** Hours bought once; they do not burn. `boughtOn` is the day from which they can be drawn. */
export interface DepositForm {
  kind: 'deposit'
  code: string
  minutes: Minutes
  ratePerHourKopecks: Kopecks
  boughtOn: CivilDate
  covers: Covers
  capacityGuaranteed: boolean
}

/** Work by fact, invoiced monthly at the contract's rates. */
export interface PostpaidForm {
  kind: 'postpaid'
  code: string
}

export interface MonthlyPackageForm {
  kind: 'monthly_package'
  code: string
  minutesPerMonth: Minutes
  /** Beside the contract's monthly fee; 0 where the fee contains it. */
  pricePerMonthKopecks: Kopecks
  leftover: LeftoverRule
  covers: Covers
}

export interface AnnualPackageForm {
  kind: 'annual_package'
  code: string
  minutesPerYear: Minutes
  pricePerYearKopecks: Kopecks
  /** First day of the first year of hours. */
  yearFrom: CivilDate
  leftover: LeftoverRule
  covers: Covers
}

/** A list of services for the contract's monthly fee. */
export interface FlatForm {
  kind: 'flat'
  code: string
  services: IncludedService[]
}

/** Hours that come with an implementation, for the weeks after launch; what is left at `to` burns. */
export interface ProjectHoursForm {
  kind: 'project_hours'
  code: string
  minutes: Minutes
  from: CivilDate
  to: CivilDate
  covers: Covers
}

export interface OneOffForm {
  kind: 'one_off'
  code: string
  title: string
  on: CivilDate
  price: { kind: 'fixed'; kopecks: Kopecks } | { kind: 'by_fact' }
}

/** A named person lent for a period at an hourly rate. */
export interface OutstaffForm {
  kind: 'outstaff'
  code: string
  personId: string
  from: CivilDate
  to: CivilDate
  ratePerHourKopecks: Kopecks
}

/** A rate for a kind of work, a grade, or both; `null` means any. The row that names more wins, activity before grade. */
export interface RateRow {
  activity: ActivityCode | null
  grade: GradeCode | null
  perHourKopecks: Kopecks
}

export const ROUNDING_STEPS = [1, 5, 6, 10, 15, 30] as const
export type RoundingStep = (typeof ROUNDING_STEPS)[number]

/** Multipliers together: 200 % and +20 % are ×2.4 (product), ×2 (greatest) or ×2.2 (sum). */
export type Composition = 'product' | 'greatest' | 'sum'

export interface RateTerms {
  /** Work that no bucket covers and no row names. */
  postpaidPerHourKopecks: Kopecks
  rows: RateRow[]
  vat: 'included' | 'on_top' | 'none'
  onSiteSurchargePercent: number
  /** Urgent, weekend and out-of-hours work: 200 = twice. */
  urgentPercent: number
  composition: Composition
  /** Whether a multiplier draws more hours or charges more money for the same hours. */
  multipliersTake: 'hours' | 'money'
  roundingStepMinutes: RoundingStep
  roundingPer: 'entry' | 'task_and_day'
  /** What no bucket covers: priced by fact, or stopped until somebody asks the client. */
  beyondBuckets: 'postpaid' | 'stop'
}

export interface EntitlementTerms {
  contacts: 'all' | 'listed'
  contactIds: string[]
  portals: 'all' | 'listed'
  portalIds: string[]
  channels: ChannelCode[]
  excludedTopics: string[]
}

export type EstimateRule =
  | { kind: 'nothing' }
  | { kind: 'outside_package' }
  | { kind: 'above'; minutes: Minutes }
  | { kind: 'everything' }

export interface EstimateTerms {
  rule: EstimateRule
  diagnosisExemptMinutes: Minutes
  tolerancePercent: number
  warnAtPercent: number
}

export interface CouponTerms {
  perYear: number
  reactionMinutes: Minutes
  channels: ChannelCode[]
}

/** What one penalty is: a sum, or a share of the monthly fee in hundredths of a percent (200 = 2 %). */
export type PenaltyAmount = { kind: 'sum'; kopecks: Kopecks } | { kind: 'fee_share'; basisPoints: number }

export type PenaltyRule =
  | {
      kind: 'per_breach'
      code: string
      priorities: number[]
      metrics: PenaltyMetric[]
      graceMinutes: Minutes
      amount: PenaltyAmount
    }
  | {
      kind: 'per_hour_late'
      code: string
      priorities: number[]
      metrics: PenaltyMetric[]
      graceMinutes: Minutes
      amount: PenaltyAmount
    }
  | { kind: 'per_tenth_of_uptime'; code: string; uptimeMilliPercent: number; amount: PenaltyAmount }
  | { kind: 'figure_below'; code: string; figure: MonthlyFigure; threshold: number; amount: PenaltyAmount }

export type PenaltyMetric = 'reaction' | 'next_answer' | 'resolution'

/** Figures of a month, in thousandths of a percent: 98.6 % is 98 600. */
export type MonthlyFigure = 'uptime_milli_percent' | 'satisfaction_milli_percent' | 'not_reopened_milli_percent'

export interface PenaltyTerms {
  rules: PenaltyRule[]
  capFeeBasisPoints: number | null
}

/** What this contract promises beside its SLA policy. */
export interface PromiseTerms {
  /** Reasons of waiting that stop resolution and next answer; `null`: as the policy says. */
  pausesCounted: WaitReason[] | null
  /** Duty around the clock as an option: an answer within so many minutes by the clock at these priorities. */
  duty: { priorities: number[]; reactionMinutes: Minutes } | null
}

export const WAIT_REASONS = ['client', 'vendor', 'partner', 'approval', 'payment', 'agreed_date'] as const
export type WaitReason = (typeof WAIT_REASONS)[number]

export interface ContractTerms {
  /** The catalogue's package that the terms began from; `null` for terms of their own. */
  packageCode: string | null
  /** IANA zone in which the contract's days and months are counted. */
  zone: string
  monthlyFeeKopecks: Kopecks
  /** A month that the contract covers in part: in full, or by its days. */
  partialMonth: 'full' | 'by_days'
  /** What the days of a suspension cost and bring; absent: no fee and no hours. */
  suspension?: SuspensionTerms | undefined
  minTermMonths: number
  calendarCode: string
  slaPolicyCode: string
  promises?: PromiseTerms | undefined
  agreement?: AgreementTerms | undefined
  options?: OptionTerms[] | undefined
  forms: EngagementForm[]
  rates: RateTerms
  entitlement: EntitlementTerms
  estimates: EstimateTerms
  coupon: CouponTerms | null
  penalties: PenaltyTerms
  /** Of a unit of a service beyond what is included; absent: as the price list says. */
  unitPrices?: Record<ServiceCode, Kopecks> | undefined
  /** Planning warns past this many minutes a month for one client. */
  capacityCeilingMinutesPerMonth: Minutes
}

/** Limits of the price list and the dictionaries that terms may name; the catalogue gives the starting values. */
export interface TermsLimits {
  subscriptionMinMinutes: Minutes
  depositMinMinutes: Minutes
  activityCodes: readonly string[]
  serviceCodes: readonly string[]
  calendarCodes: readonly string[]
  slaPolicyCodes: readonly string[]
}

/** Terms in force from a date; `to` is the last day, `null` while open. Versions of a contract do not overlap. */
export interface ContractVersion {
  id: string
  from: CivilDate
  to: CivilDate | null
  terms: ContractTerms
  /** Days on which the contract is suspended, whatever the version. */
  suspended?: readonly SuspendedSpan[]
}

/** Versions with their last days: each ends on the eve of the next, the last with the contract. */
export function chainVersions(
  rows: readonly { id: string; from: CivilDate; terms: ContractTerms }[],
  contractEndsOn: CivilDate | null,
  suspended: readonly SuspendedSpan[] = [],
): ContractVersion[] {
  const ordered = rows.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return ordered.map((row, index) => {
    const next = ordered[index + 1]
    const to = next ? Temporal.PlainDate.from(next.from).subtract({ days: 1 }).toString() : contractEndsOn
    return { ...row, to, ...(suspended.length > 0 ? { suspended } : {}) }
  })
}

/** The version in force on a date, or `null` when the contract does not reach it. */
export function versionOn(versions: readonly ContractVersion[], date: CivilDate): ContractVersion | null {
  return versions.find((v) => v.from <= date && (v.to === null || date <= v.to)) ?? null
}

export function nextDay(date: CivilDate): CivilDate {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toString()
}

/** All services that the contract's flat forms name, in their order. */
export function includedServices(terms: ContractTerms): IncludedService[] {
  return terms.forms.flatMap((form) => (form.kind === 'flat' ? form.services : []))
}

/** The allowance of one service, or `null` when the contract does not name it. */
export function allowanceOf(terms: ContractTerms, service: ServiceCode | null): ServiceAllowance | null {
  return includedServices(terms).find((s) => s.service === service)?.allowance ?? null
}
