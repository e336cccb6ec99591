import type { CivilMonth, Instant, Minutes, Words } from '@opora/core'
import { monthSpan } from '@opora/core'
import type {
  ClientReport,
  ReportBill,
  ReportBucket,
  ReportClock,
  ReportEstimate,
  ReportRating,
  ReportWorkLine,
} from './client-report.ts'
import { compareNumbers, permille, sum } from './report-order.ts'
import { promisesSection, satisfactionSection } from './report-promises.ts'
import { requestsSection } from './report-requests.ts'
import { hoursSection, workSection } from './report-work.ts'

/** A value of a dictionary with its name in both languages. */
export interface Labelled {
  code: string
  name: Words
}

/** A request of the client that was open at some time of the month. */
export interface RequestInput {
  number: string
  title: string
  kind: Labelled | null
  priority: number | null
  portal: string | null
  /** Its place as the client sees it, at the month's end. */
  state: Labelled
  openedAt: Instant
  solvedAt: Instant | null
  /** When it was refused: such a request was never solved. */
  rejectedAt: Instant | null
}

export interface WorkInput extends Omit<ReportWorkLine, 'share'> {
  share: ReportWorkLine['share']
  /** Lines that staff keep to themselves are left out, or without their words where the client pays for them. */
  visible: boolean
}

export interface ReportInput {
  provider: { name: string }
  client: { name: string }
  contract: { number: string; title: string; packageName: Words | null }
  month: CivilMonth
  zone: string
  requests: readonly RequestInput[]
  /** Clocks that were decided in the month or were running at its end. */
  clocks: readonly ReportClock[]
  work: readonly WorkInput[]
  buckets: readonly ReportBucket[]
  overageMinutes: Minutes
  bill: ReportBill | null
  estimates: readonly Omit<ReportEstimate, 'differenceMinutes'>[]
  ratings: readonly ReportRating[]
  recommendations: readonly string[]
}

/** The report of a month from plain facts. The order of the input does not matter; the same facts give the same report. */
export function buildClientReport(input: ReportInput): ClientReport {
  const span = monthSpan(input.zone, input.month)
  const endOf = (request: RequestInput) => request.rejectedAt ?? request.solvedAt ?? Number.POSITIVE_INFINITY
  const touched = input.requests.filter(
    (r) => r.openedAt < span.to && (endOf(r) >= span.from || r.openedAt >= span.from),
  )
  const work = workSection(input.work)
  const hours = hoursSection(input.buckets, input.overageMinutes)
  const promises = promisesSection(input.clocks)
  const kept = promises.byMetric.reduce((sum, row) => sum + row.kept, 0)
  const missed = promises.byMetric.reduce((sum, row) => sum + row.missed, 0)
  const openAtEnd = touched.filter((r) => endOf(r) >= span.to).length
  return {
    format: 1,
    provider: { name: input.provider.name },
    client: { name: input.client.name },
    contract: { ...input.contract },
    month: input.month,
    zone: input.zone,
    from: span.from,
    to: span.to,
    summary: {
      opened: touched.filter((r) => r.openedAt >= span.from).length,
      solved: touched.filter((r) => r.rejectedAt === null && endOf(r) >= span.from && endOf(r) < span.to).length,
      rejected: touched.filter((r) => r.rejectedAt !== null && endOf(r) >= span.from && endOf(r) < span.to).length,
      openAtEnd,
      keptPermille: permille(kept, kept + missed),
      breaches: missed,
      workedMinutes: sum(work.lines, (line) => line.workedMinutes),
      billableMinutes: sum(work.lines, (line) => line.billableMinutes),
      leftMinutes: hours.total.leftMinutes,
      overageMinutes: input.overageMinutes,
    },
    requests: requestsSection(touched, work.lines),
    promises,
    work,
    hours,
    bill: input.bill,
    estimates: input.estimates
      .map((e) => ({ ...e, differenceMinutes: e.actualMinutes - e.estimatedMinutes }))
      .toSorted((a, b) => compareNumbers(a.ticketNumber, b.ticketNumber)),
    satisfaction: satisfactionSection(input.ratings),
    recommendations: [...input.recommendations],
  }
}
