import {
  type Calendar,
  type CivilDate,
  type DayReason,
  type ProductionYear,
  productionYearByLaw,
  type Weekday,
} from '@opora/calendar'
import type { Minutes } from '@opora/core'

/** One date of a calendar: the hours that begin on it, and why. */
export interface CalendarDay {
  date: CivilDate
  weekday: Weekday
  hours: [from: string, to: string][]
  openMinutes: Minutes
  reasons: DayReason[]
  estimated: boolean
}

export interface CalendarYear {
  year: number
  zone: string
  openMinutes: Minutes
  workingDays: number
  /** Some of its days rest on a production calendar that is not approved. */
  estimated: boolean
  days: CalendarDay[]
}

/** A whole year of a calendar, day by day. */
export function calendarYear(calendar: Calendar, year: number): CalendarYear {
  const days = datesOfYear(year).map((date): CalendarDay => {
    const { weekday, hours, openMinutes, reasons, estimated } = calendar.explainDay(date)
    return { date, weekday, hours, openMinutes: Math.floor(openMinutes), reasons, estimated }
  })
  return {
    year,
    zone: calendar.zone,
    openMinutes: days.reduce((sum, day) => sum + day.openMinutes, 0),
    workingDays: days.filter((day) => day.hours.length > 0).length,
    estimated: days.some((day) => day.estimated),
    days,
  }
}

export interface ChangedDay {
  date: CivilDate
  before: [from: string, to: string][]
  after: [from: string, to: string][]
}

/** The dates on which another calendar opens or closes at other times. */
export function changedDays(before: CalendarYear, after: CalendarYear): ChangedDay[] {
  return after.days.flatMap((day, i) => {
    const old = before.days[i]?.hours ?? []
    return JSON.stringify(old) === JSON.stringify(day.hours) ? [] : [{ date: day.date, before: old, after: day.hours }]
  })
}

export type DayKind = 'work' | 'short' | 'off'

export interface ChangedKind {
  date: CivilDate
  before: DayKind
  after: DayKind
}

/** What a newly read production year changes against the one in force, which without data is that of the law's general rules. */
export function changedKinds(before: ProductionYear | null, after: ProductionYear): ChangedKind[] {
  const [old, now] = [kindsOf(before ?? productionYearByLaw(after.year)), kindsOf(after)]
  return datesOfYear(after.year).flatMap((date) => {
    const change = { date, before: old(date), after: now(date) }
    return change.before === change.after ? [] : [change]
  })
}

function kindsOf(year: ProductionYear): (date: CivilDate) => DayKind {
  const [off, worked, short] = [new Set(year.weekdaysOff), new Set(year.workingWeekends), new Set(year.shortened)]
  return (date) => {
    if (short.has(date)) return 'short'
    const isWeekend = Temporal.PlainDate.from(date).dayOfWeek >= 6
    return isWeekend !== (isWeekend ? worked.has(date) : off.has(date)) ? 'off' : 'work'
  }
}

function datesOfYear(year: number): CivilDate[] {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  return Array.from({ length: first.daysInYear }, (_, i) => first.add({ days: i }).toString())
}
