import type { CalendarSpec, HourSpan, Weekday } from './spec.ts'

const ZONE = 'Europe/Moscow'
const MON_FRI: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']
const MON_SAT: readonly Weekday[] = [...MON_FRI, 'sat']
const ALL_DAYS: readonly Weekday[] = [...MON_SAT, 'sun']

/** Calendars that the catalogue's packages name, by id. Copy one to change its zone or its exceptions. */
export const READY_CALENDARS = {
  'mon-fri-10-18': { zone: ZONE, week: week(MON_FRI, ['10:00', '18:00']), dayRule: 'production' },
  'mon-fri-10-19': { zone: ZONE, week: week(MON_FRI, ['10:00', '19:00']), dayRule: 'production' },
  'mon-fri-8-20': { zone: ZONE, week: week(MON_FRI, ['08:00', '20:00']), dayRule: 'production' },
  'mon-sat-9-19': { zone: ZONE, week: week(MON_SAT, ['09:00', '19:00']), dayRule: 'every_listed_day' },
  '24x7': { zone: ZONE, week: week(ALL_DAYS, ['00:00', '24:00']), dayRule: 'every_listed_day' },
  /** Working days of the production calendar: the default day calendar of terms in working days. */
  'ru-working-days': { zone: ZONE, week: week(MON_FRI, ['09:00', '18:00']), dayRule: 'production' },
} as const satisfies Record<string, CalendarSpec>

export type ReadyCalendarId = keyof typeof READY_CALENDARS

/** The same hours on each of `days`. */
export function week(days: readonly Weekday[], ...hours: HourSpan[]): CalendarSpec['week'] {
  return Object.fromEntries(days.map((day) => [day, hours]))
}
