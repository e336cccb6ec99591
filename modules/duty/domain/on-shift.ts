import { type Calendar, nextOpeningIn } from '@opora/calendar'
import type { Instant } from '@opora/core'

/** Whose hours hold for whoever has set none: the company's. */
export const COMPANY_HOURS = 'mon-fri-10-19'

/** A person as far as their working time goes. */
export interface Shift {
  id: number
  /** The hours are those that the clocks on the wall of this zone show. */
  zone: string
  /** The code of the calendar that the person works by; `null`, and one that nobody keeps any more: the company's. */
  hours: string | null
}

/** A calendar by its code, as it is now; `null` for an unknown one. */
export type CalendarsByCode = (code: string) => Calendar | null

/** Those who work at this moment, in the order in which they were given. */
export function onShift<Person extends Shift>(
  people: readonly Person[],
  calendars: CalendarsByCode,
  at: Instant,
): Person[] {
  return people.filter((person) => nextShift(person, calendars, at) === at)
}

/** When a person works next: `at` itself while they work; without any calendar there are no hours to wait for, so at once. */
export function nextShift(person: Shift, calendars: CalendarsByCode, at: Instant): Instant {
  const calendar = (person.hours === null ? null : calendars(person.hours)) ?? calendars(COMPANY_HOURS)
  return calendar ? nextOpeningIn(calendar, person.zone, at) : at
}
