import type { CivilDate, Weekday } from './spec.ts'

/** A civil date as a number: days since 1970-01-01. Cheap to add to and to compare. */
export type EpochDay = number

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** 0 for Monday … 6 for Sunday. */
export function weekdayIndex(day: EpochDay): number {
  return (((day + 3) % 7) + 7) % 7
}

export function weekdayOf(day: EpochDay): Weekday {
  return WEEKDAYS[weekdayIndex(day)] as Weekday
}

export function dateOfEpochDay(day: EpochDay): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Throws `RangeError` for anything but a `YYYY-MM-DD` that the Gregorian calendar has. */
export function epochDayOf(date: CivilDate): EpochDay {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) throw new RangeError(`not a date: ${date}`)
  return ms / DAY_MS
}

export function firstDayOfYear(year: number): EpochDay {
  return Date.UTC(year, 0, 1) / DAY_MS
}

export function yearOfDay(day: EpochDay): number {
  return new Date(day * DAY_MS).getUTCFullYear()
}
