import type { PeriodView } from '../contract.ts'

/** The page where something unfinished is mended; null where only time mends it. */
export function mendedAt(view: PeriodView, one: PeriodView['unfinished'][number]): string | null {
  if (one.kind === 'previous_month_open') return `/desk/months/${monthBefore(view.month)}/${view.contract.id}`
  if (one.kind === 'penalty_unreviewed') return `/desk/months/${view.month}/${view.contract.id}`
  if (one.kind === 'time_unapproved') return `/desk/time?scope=approve&week=${one.date}`
  return one.ticketNumber === null ? null : `/desk/tickets/${one.ticketNumber}`
}

function monthBefore(month: string): string {
  const [year = 0, index = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, index - 2, 1)).toISOString().slice(0, 'YYYY-MM'.length)
}
