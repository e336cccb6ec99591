import type { PromiseMetric, ReportClock, ReportPromises, ReportRating, ReportSatisfaction } from './client-report.ts'
import { compareNumbers, permille, sum } from './report-order.ts'

const METRICS: PromiseMetric[] = ['reaction', 'next_answer', 'resolution']

export function promisesSection(clocks: readonly ReportClock[]): ReportPromises {
  const list = clocks.toSorted(
    (a, b) =>
      compareNumbers(a.ticketNumber, b.ticketNumber) ||
      METRICS.indexOf(a.metric) - METRICS.indexOf(b.metric) ||
      a.dueAt - b.dueAt,
  )
  const byMetric = METRICS.flatMap((metric) => {
    const own = list.filter((clock) => clock.metric === metric)
    if (own.length === 0) return []
    const count = (outcome: ReportClock['outcome']) => own.filter((clock) => clock.outcome === outcome).length
    const kept = count('kept')
    const missed = count('missed')
    return [{ metric, kept, missed, running: count('running'), keptPermille: permille(kept, kept + missed) }]
  })
  return { byMetric, breaches: list.filter((clock) => clock.outcome === 'missed'), list }
}

export function satisfactionSection(ratings: readonly ReportRating[]): ReportSatisfaction {
  const scores = sum(ratings, (rating) => rating.score)
  return {
    ratings: ratings.toSorted((a, b) => compareNumbers(a.ticketNumber, b.ticketNumber)),
    meanHundredths: ratings.length === 0 ? null : Math.round((scores * 100) / ratings.length),
    csatPermille: permille(ratings.filter((rating) => rating.score >= 4).length, ratings.length),
  }
}
