/** A point in time: integer milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** A civil date without a zone, `YYYY-MM-DD`. */
export type CivilDate = string

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/**
 * Hours on the wall clock, `HH:MM` each, the end not included. `24:00` is the end of the day.
 * An end at or before its beginning lies on the next day: `['22:00', '06:00']` is a night shift of the day it begins on.
 */
export type HourSpan = readonly [from: string, to: string]

/**
 * How the week meets the production calendar:
 * - `production`: public holidays and moved days off are closed, moved working days are open.
 * - `weekdays_less_all_days_off`: the listed days, less public holidays and moved days off; moved working days stay closed.
 * - `weekdays_less_statutory_holidays`: the listed days, less the public holidays of the law; moved days off stay open.
 * - `every_listed_day`: the week alone.
 * An ordinary Saturday or Sunday is no statement of the production calendar: the week decides.
 */
export type DayRule = (typeof DAY_RULES)[number]

export const DAY_RULES = [
  'production',
  'weekdays_less_all_days_off',
  'weekdays_less_statutory_holidays',
  'every_listed_day',
] as const

export interface NamedDate {
  date: CivilDate
  name?: string
}

/** A holiday of every year. `monthDay` is `MM-DD`. */
export interface YearlyHoliday {
  monthDay: string
  name?: string
}

/** Closed hours inside the week's hours, every day or on `days` only. Hours that an exception sets are not broken. */
export interface CalendarBreak {
  from: string
  to: string
  days?: Weekday[]
}

/**
 * The word of the calendar's owner about one date; wins over every other layer.
 * `replace` sets the hours that begin on the date (`[]` closes it); otherwise `add` opens more.
 * `remove` then takes away time of that date, also of a night shift that began the day before.
 */
export interface CalendarException {
  date: CivilDate
  replace?: HourSpan[]
  add?: HourSpan[]
  remove?: HourSpan[]
  name?: string
}

/**
 * A calendar as data (JSON). Layers, each over the one before: the week, the production calendar as `dayRule` says,
 * then the owner's own holidays, regional days off and exceptions.
 */
export interface CalendarSpec {
  /** IANA name of the zone in which all hours and dates are meant. */
  zone: string
  week: Partial<Record<Weekday, HourSpan[]>>
  dayRule: DayRule
  /** Whether the hours end earlier on the shortened days of the production calendar. Default: only under `production`. */
  shortenedDays?: boolean
  breaks?: CalendarBreak[]
  holidays?: NamedDate[]
  yearlyHolidays?: YearlyHoliday[]
  /** Days off of the region (Татарстан, Башкортостан …), which the country's calendar does not hold. */
  regionalDaysOff?: NamedDate[]
  exceptions?: CalendarException[]
}

export function followsShortenedDays(spec: CalendarSpec): boolean {
  return spec.shortenedDays ?? spec.dayRule === 'production'
}

/** Whether any answer of this calendar depends on the production calendar. */
export function needsProduction(spec: CalendarSpec): boolean {
  return spec.dayRule !== 'every_listed_day' || followsShortenedDays(spec)
}
