import type { CivilDate, CivilMonth, Instant, Kopecks, Minutes, Words } from '@opora/core'

/*
 * The client's monthly report as data: stored as JSON when the month is closed, shown in the cabinet, and rendered as
 * PDF and XLSX. It holds nothing that depends on the moment of rendering, so that a rebuilt report is the same.
 */

export interface ClientReport {
  format: 1
  provider: { name: string }
  client: { name: string }
  contract: { number: string; title: string; packageName: Words | null }
  month: CivilMonth
  zone: string
  from: Instant
  to: Instant
  summary: ReportSummary
  requests: ReportRequests
  promises: ReportPromises
  work: ReportWorkSection
  hours: ReportHours
  bill: ReportBill | null
  estimates: ReportEstimate[]
  satisfaction: ReportSatisfaction
  /** What the account manager recommends, in the client's language. */
  recommendations: string[]
}

export interface ReportSummary {
  opened: number
  solved: number
  /** Refused and therefore neither solved nor open. */
  rejected: number
  openAtEnd: number
  /** Promises kept among those decided in the month, in tenths of a percent; `null` when none was. */
  keptPermille: number | null
  breaches: number
  workedMinutes: Minutes
  billableMinutes: Minutes
  leftMinutes: Minutes
  overageMinutes: Minutes
}

/** A dictionary value with its count; `code` is `null` for requests that have none. */
export interface ReportCount {
  code: string | null
  name: Words
  count: number
}

export interface ReportRequest {
  number: string
  title: string
  kind: Words | null
  priority: number | null
  portal: string | null
  state: Words
  openedAt: Instant
  solvedAt: Instant | null
  /** Minutes logged in the month that the client sees. */
  workedMinutes: Minutes
}

export interface ReportRequests {
  byKind: ReportCount[]
  byPriority: ReportCount[]
  byPortal: ReportCount[]
  byState: ReportCount[]
  list: ReportRequest[]
}

export type PromiseMetric = 'reaction' | 'next_answer' | 'resolution'

/** One clock of one request. `actual` and `late` are minutes in the target's own time. */
export interface ReportClock {
  ticketNumber: string
  ticketTitle: string
  metric: PromiseMetric
  priority: number | null
  /** The target in words: "4 ч рабочего времени". */
  promised: Words
  actualMinutes: Minutes | null
  dueAt: Instant
  metAt: Instant | null
  outcome: 'kept' | 'missed' | 'running'
  lateMinutes: Minutes
  /** What the provider says about a breach, shown to the client. */
  note: string | null
}

export interface ReportPromiseCount {
  metric: PromiseMetric
  kept: number
  missed: number
  running: number
  keptPermille: number | null
}

export interface ReportPromises {
  byMetric: ReportPromiseCount[]
  breaches: ReportClock[]
  list: ReportClock[]
}

export interface ReportWorkLine {
  date: CivilDate
  ticketNumber: string
  ticketTitle: string
  person: string
  activity: Words
  description: string
  workedMinutes: Minutes
  billableMinutes: Minutes
  share: 'included' | 'package' | 'extra'
  urgent: boolean
  onSite: boolean
  outOfHours: boolean
  /** A correction of a line of an earlier month. */
  correction: boolean
  /** How the billable minutes came about. */
  explanation: Words[]
}

export interface ReportWorkTotal {
  name: Words
  workedMinutes: Minutes
  billableMinutes: Minutes
}

export interface ReportWorkSection {
  byPerson: ReportWorkTotal[]
  byActivity: ReportWorkTotal[]
  lines: ReportWorkLine[]
}

/** A bucket's month: opening and movements add up to closing. */
export interface ReportBucket {
  name: Words
  openingMinutes: Minutes
  boughtMinutes: Minutes
  carriedInMinutes: Minutes
  usedMinutes: Minutes
  correctedMinutes: Minutes
  burnedMinutes: Minutes
  carriedOutMinutes: Minutes
  leftMinutes: Minutes
}

export interface ReportHours {
  buckets: ReportBucket[]
  total: Omit<ReportBucket, 'name'>
  overageMinutes: Minutes
}

export interface ReportBillLine {
  title: Words
  minutes: Minutes | null
  ratePerHourKopecks: Kopecks | null
  sumKopecks: Kopecks
  ticketNumber: string | null
  explanation: Words[]
}

export interface ReportBill {
  lines: ReportBillLine[]
  credits: { title: Words; kopecks: Kopecks }[]
  chargedKopecks: Kopecks
  creditedKopecks: Kopecks
  dueKopecks: Kopecks
}

export interface ReportEstimate {
  ticketNumber: string
  ticketTitle: string
  state: 'offered' | 'approved' | 'declined' | 'asked' | 'expired'
  estimatedMinutes: Minutes
  estimatedKopecks: Kopecks
  actualMinutes: Minutes
  /** Positive when the work took longer than was agreed. */
  differenceMinutes: Minutes
}

export interface ReportRating {
  ticketNumber: string
  score: number
  comment: string
}

export interface ReportSatisfaction {
  ratings: ReportRating[]
  /** Mean score in hundredths: 467 is 4.67; `null` without ratings. */
  meanHundredths: number | null
  /** Share of 4 and 5, in tenths of a percent. */
  csatPermille: number | null
}
