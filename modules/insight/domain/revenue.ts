import type { CivilMonth, Kopecks, Minutes, Words } from '@opora/core'
import { shareOut } from './share-out.ts'

/** A line of a month's bill, as a close or a preview of it has it. */
export interface BilledLine {
  kind: string
  title: Words
  sumKopecks: Kopecks
  timeEntryId: string | null
  ticketId: string | null
}

export interface MonthOfRevenue {
  period: CivilMonth
  lines: readonly BilledLine[]
  /** What is given back: positive sums. */
  credits: readonly { title: Words; kopecks: Kopecks }[]
  /** By how much papers lowered the month's act after it was closed: positive sums, taxed on the paper. */
  corrections: readonly { title: Words; netKopecks: Kopecks; grossKopecks: Kopecks }[]
  /** Minutes worked under the contract in the month, by activity. */
  minutesByActivity: ReadonlyMap<string, Minutes>
  /** The activity of a time entry that a line is made of. */
  activityOfEntry: (timeEntryId: string) => string | null
  /** What an amount of the price list is without VAT and with it. */
  tax: (kopecks: Kopecks) => { netKopecks: Kopecks; grossKopecks: Kopecks }
}

export interface RevenueLine {
  kind: string
  title: Words
  /** Empty: the month has no work to share the line out over. */
  activity: string
  ticketId: number | null
  timeEntryId: number | null
  netKopecks: Kopecks
  grossKopecks: Kopecks
}

/**
 * A month's bill as revenue. A line of work stands under its activity; fees, bought hours, credits and corrections of the act are shared
 * out over the activities by the minutes worked in the month. The parts of a line add up to it, so every figure is the sum of its rows.
 */
export function revenueOf(month: MonthOfRevenue): RevenueLine[] {
  const activities = [...month.minutesByActivity].filter(([, minutes]) => minutes > 0).toSorted(byCode)
  const lines = month.lines.flatMap((line) => ofLine(line, activities, month))
  const credits = month.credits.flatMap(({ title, kopecks }) =>
    shared({ kind: 'credit', title }, month.tax(-kopecks), activities),
  )
  const corrections = month.corrections.flatMap(({ title, netKopecks, grossKopecks }) =>
    shared({ kind: 'correction', title }, { netKopecks: -netKopecks, grossKopecks: -grossKopecks }, activities),
  )
  return [...lines, ...credits, ...corrections].filter((line) => line.netKopecks !== 0 || line.grossKopecks !== 0)
}

function ofLine(line: BilledLine, activities: [string, Minutes][], month: MonthOfRevenue): RevenueLine[] {
  const { kind, title, timeEntryId, ticketId, sumKopecks } = line
  if (timeEntryId === null) return shared({ kind, title }, month.tax(sumKopecks), activities)
  return [
    {
      kind,
      title,
      activity: month.activityOfEntry(timeEntryId) ?? '',
      ticketId: ticketId === null ? null : Number(ticketId),
      timeEntryId: Number(timeEntryId),
      ...month.tax(sumKopecks),
    },
  ]
}

function shared(
  line: { kind: string; title: Words },
  { netKopecks, grossKopecks }: { netKopecks: Kopecks; grossKopecks: Kopecks },
  activities: [string, Minutes][],
): RevenueLine[] {
  const places = activities.length > 0 ? activities : ([['', 1]] as [string, Minutes][])
  const weights = places.map(([, minutes]) => minutes)
  const net = shareOut(netKopecks, weights)
  const gross = shareOut(grossKopecks, weights)
  return places.map(([activity], index) => ({
    ...line,
    activity,
    ticketId: null,
    timeEntryId: null,
    netKopecks: net[index]!,
    grossKopecks: gross[index]!,
  }))
}

function byCode([a]: [string, Minutes], [b]: [string, Minutes]): number {
  return a < b ? -1 : 1
}

/** The margin as a share of revenue, in thousandths; null without revenue. */
export function marginPermille(revenueKopecks: Kopecks, costKopecks: Kopecks): number | null {
  if (revenueKopecks <= 0) return null
  return Math.round(((revenueKopecks - costKopecks) * 1000) / revenueKopecks)
}
