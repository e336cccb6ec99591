import type { Instant } from '@opora/core'
import { type CalendarsByCode, nextShift, type Shift } from './on-shift.ts'

export interface Callable extends Shift {
  /** Pages that still call this person. */
  calls: number
  /** How many roles the person has: who has many, as a founder does, is not the first to be woken for one of them. */
  roles: number
  /** Open tickets in hand. */
  load: number
}

/**
 * In which order people are called: those on shift first, then whoever's hours begin soonest; among equals who is called least, has
 * the fewest other roles and least in hand, and was here first.
 */
export function callingOrder<Person extends Callable>(
  people: readonly Person[],
  calendars: CalendarsByCode,
  at: Instant,
): { person: Person; onShift: boolean }[] {
  return people
    .map((person) => ({ person, from: nextShift(person, calendars, at) }))
    .sort(
      (a, b) =>
        a.from - b.from ||
        a.person.calls - b.person.calls ||
        a.person.roles - b.person.roles ||
        a.person.load - b.person.load ||
        a.person.id - b.person.id,
    )
    .map(({ person, from }) => ({ person, onShift: from === at }))
}
