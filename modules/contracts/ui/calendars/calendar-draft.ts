import type { CalendarException, CalendarSpec, HourSpan } from '@opora/calendar'

/* Changes of a calendar that is being edited: each gives a new one. */

export type ExceptionAct = 'close' | 'replace' | 'add' | 'remove'
export type DayOffKind = 'holidays' | 'yearlyHolidays' | 'regionalDaysOff'

export interface DayOff {
  kind: DayOffKind
  /** `YYYY-MM-DD`, or `MM-DD` of every year. */
  date: string
  name: string
}

/** The exception of a date in place of the one that it had; `null` takes it away. */
export function withException(spec: CalendarSpec, date: string, exception: CalendarException | null): CalendarSpec {
  const others = (spec.exceptions ?? []).filter((one) => one.date !== date)
  const exceptions = exception ? [...others, exception].sort(byDate) : others
  return { ...spec, exceptions }
}

export function exceptionOf(date: string, act: ExceptionAct, hours: HourSpan[], name: string): CalendarException {
  const named = name.trim() === '' ? {} : { name: name.trim() }
  if (act === 'close') return { date, replace: [], ...named }
  return { date, [act]: hours, ...named }
}

/** What an exception does, in the terms of the form; one that does several things is shown by the first. */
export function actOf(exception: CalendarException): { act: ExceptionAct; hours: HourSpan[] } {
  if (exception.replace) return { act: exception.replace.length === 0 ? 'close' : 'replace', hours: exception.replace }
  if (exception.add) return { act: 'add', hours: exception.add }
  return { act: 'remove', hours: exception.remove ?? [] }
}

export function daysOffOf(spec: CalendarSpec): DayOff[] {
  const dated = (kind: 'holidays' | 'regionalDaysOff') =>
    (spec[kind] ?? []).map(({ date, name }) => ({ kind, date, name: name ?? '' }))
  const yearly = (spec.yearlyHolidays ?? []).map(({ monthDay, name }) => ({
    kind: 'yearlyHolidays' as const,
    date: monthDay,
    name: name ?? '',
  }))
  return [...yearly, ...dated('holidays'), ...dated('regionalDaysOff')].sort(byDate)
}

/** Adds a day off, or each day of a stretch of at most a year. */
export function withDaysOff(spec: CalendarSpec, day: DayOff, last = ''): CalendarSpec {
  const dates = datesBetween(day.date, last || day.date)
  return dates.reduce((made, date) => withDayOff(withoutDayOff(made, { ...day, date }), { ...day, date }), spec)
}

function withDayOff(spec: CalendarSpec, { kind, date, name }: DayOff): CalendarSpec {
  const named = name.trim() === '' ? {} : { name: name.trim() }
  if (kind === 'yearlyHolidays') {
    return { ...spec, yearlyHolidays: [...(spec.yearlyHolidays ?? []), { monthDay: date.slice(-5), ...named }] }
  }
  return { ...spec, [kind]: [...(spec[kind] ?? []), { date, ...named }] }
}

export function withoutDayOff(spec: CalendarSpec, { kind, date }: DayOff): CalendarSpec {
  if (kind === 'yearlyHolidays') {
    const monthDay = date.slice(-5)
    return { ...spec, yearlyHolidays: (spec.yearlyHolidays ?? []).filter((one) => one.monthDay !== monthDay) }
  }
  return { ...spec, [kind]: (spec[kind] ?? []).filter((one) => one.date !== date) }
}

const DAY_MS = 86_400_000
const LONGEST_DAYS = 366

function datesBetween(first: string, last: string): string[] {
  const from = Date.parse(`${first}T00:00:00Z`)
  const count = Math.min(LONGEST_DAYS, Math.round((Date.parse(`${last}T00:00:00Z`) - from) / DAY_MS) + 1)
  if (Number.isNaN(count) || count < 1) return [first]
  return Array.from({ length: count }, (_, i) => new Date(from + i * DAY_MS).toISOString().slice(0, 10))
}

function byDate(a: { date: string }, b: { date: string }): number {
  return a.date < b.date ? -1 : 1
}
