import { dateOfEpochDay, epochDayOf, firstDayOfYear, weekdayIndex } from './civil-day.ts'
import type { ProductionYear } from './production-year.ts'
import type { CivilDate } from './spec.ts'

/** What a year comes to for a five-day week of 40, 36 and 24 hours, as published calendars print it. */
export interface YearCounts {
  days: number
  working: number
  off: number
  shortened: number
  hours40: number
  hours36: number
  hours24: number
  /** Working days of the quarters and of the months. */
  quarters: number[]
  months: number[]
}

export function isWeekend(date: CivilDate): boolean {
  return weekdayIndex(epochDayOf(date)) >= 5
}

export function daysOfYear(year: number): CivilDate[] {
  const first = firstDayOfYear(year)
  return Array.from({ length: firstDayOfYear(year + 1) - first }, (_, i) => dateOfEpochDay(first + i))
}

export function isDayOff(year: ProductionYear, date: CivilDate): boolean {
  return isWeekend(date) ? !year.workingWeekends.includes(date) : year.weekdaysOff.includes(date)
}

/** Norms of hours: a fifth of the week a day, less an hour on shortened days. */
export function countsOfYear(year: ProductionYear): YearCounts {
  const days = daysOfYear(year.year)
  const worked = days.filter((date) => !isDayOff(year, date))
  const months = Array.from(
    { length: 12 },
    (_, i) => worked.filter((date) => Number(date.slice(5, 7)) === i + 1).length,
  )
  const shortened = year.shortened.length
  const hours = (perDay: number) => Math.round((worked.length * perDay - shortened) * 10) / 10
  return {
    days: days.length,
    working: worked.length,
    off: days.length - worked.length,
    shortened,
    hours40: hours(8),
    hours36: hours(7.2),
    hours24: hours(4.8),
    quarters: [0, 3, 6, 9].map((i) => months.slice(i, i + 3).reduce((sum, count) => sum + count, 0)),
    months,
  }
}
