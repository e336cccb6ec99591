import type { CivilDate } from '@opora/core'

/*
 * A contract that is suspended keeps its dates and its terms; for the days of the suspension it stops bringing hours and, as it says
 * itself, the fee or a part of it. Work of such a day takes nothing from the hours that were bought.
 */

/** What becomes of the suspended days of a month. */
export interface SuspensionTerms {
  /** How much of the monthly fee is paid for a suspended day: 0 to 100. */
  feePercent: number
  /** The month's hours: fewer by the suspended days, or all of them. */
  hours: 'by_days' | 'granted'
}

export const USUAL_SUSPENSION: SuspensionTerms = { feePercent: 0, hours: 'by_days' }

/** Suspended days, both included; `null` while nobody knows the last. */
export interface SuspendedSpan {
  from: CivilDate
  to: CivilDate | null
}

/** The suspended days between two dates, both included, as whole spans in their order. */
export function suspendedWithin(
  spans: readonly SuspendedSpan[],
  from: CivilDate,
  to: CivilDate,
): { from: CivilDate; to: CivilDate; days: number }[] {
  return spans
    .map((span) => ({
      from: span.from < from ? from : span.from,
      to: span.to === null || span.to > to ? to : span.to,
    }))
    .filter((span) => span.from <= span.to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map((span) => ({ ...span, days: daysOf(span) }))
}

export function isSuspendedOn(spans: readonly SuspendedSpan[] | undefined, date: CivilDate): boolean {
  return (spans ?? []).some((span) => span.from <= date && (span.to === null || date <= span.to))
}

function daysOf({ from, to }: { from: CivilDate; to: CivilDate }): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1
}
