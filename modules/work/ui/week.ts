import { dayOf } from './entry-values.ts'

/** The Monday of the week of a civil date. */
export function mondayOf(date: string): string {
  const at = civil(date)
  at.setDate(at.getDate() - ((at.getDay() + 6) % 7))
  return dayOf(at)
}

export function addDays(date: string, days: number): string {
  const at = civil(date)
  at.setDate(at.getDate() + days)
  return dayOf(at)
}

/** Noon keeps a civil date on its day over changes of summer time. */
function civil(date: string): Date {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day, 12)
}
