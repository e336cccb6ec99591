import type { Kopecks, Minutes, Words } from '@opora/core'
import type { ReportBill, ReportBucket } from './client-report.ts'

/** What the closing of a contract's month says of one bucket. */
export interface ClosedBucket {
  name: Words
  openingMinutes: Minutes
  grantedMinutes: Minutes
  carriedInMinutes: Minutes
  drawnMinutes: Minutes
  correctedMinutes: Minutes
  burnedMinutes: Minutes
  carriedOutMinutes: Minutes
  closingMinutes: Minutes
}

export interface ClosedMonth {
  buckets: readonly ClosedBucket[]
  lines: readonly {
    title: Words
    minutes: Minutes | null
    ratePerHourKopecks: Kopecks | null
    ticketId: string | null
    sumKopecks: Kopecks
    explanation: Words[]
  }[]
  credits: readonly { title: Words; kopecks: Kopecks }[]
  totals: { chargedKopecks: Kopecks; creditedKopecks: Kopecks; dueKopecks: Kopecks }
}

/** The hours of a closed month in the report's words: bought, used, burned, carried, left. */
export function bucketsOfClose(month: ClosedMonth): ReportBucket[] {
  return month.buckets.map((bucket) => ({
    name: bucket.name,
    openingMinutes: bucket.openingMinutes,
    boughtMinutes: bucket.grantedMinutes,
    carriedInMinutes: bucket.carriedInMinutes,
    usedMinutes: bucket.drawnMinutes,
    correctedMinutes: bucket.correctedMinutes,
    burnedMinutes: bucket.burnedMinutes,
    carriedOutMinutes: bucket.carriedOutMinutes,
    leftMinutes: bucket.closingMinutes,
  }))
}

/** The bill of a closed month, with ticket numbers in place of ids. */
export function billOfClose(month: ClosedMonth, numberOfTicket: (ticketId: string) => string | null): ReportBill {
  return {
    lines: month.lines.map((line) => ({
      title: line.title,
      minutes: line.minutes,
      ratePerHourKopecks: line.ratePerHourKopecks,
      sumKopecks: line.sumKopecks,
      ticketNumber: line.ticketId === null ? null : numberOfTicket(line.ticketId),
      explanation: line.explanation,
    })),
    credits: month.credits.map(({ title, kopecks }) => ({ title, kopecks })),
    ...month.totals,
  }
}
