import { type CalendarBook, nextOpeningIn } from '@opora/contracts'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

/** Whose hours a notice to the provider's people respects, unless they have set others for themselves. */
const OFFICE_HOURS = 'mon-fri-10-19'

/** When a person may be disturbed next: the present moment inside their hours, else their next opening. */
export async function nextWorkingMoment(
  book: CalendarBook,
  sql: Queryable,
  at: Instant,
  accountId: number,
): Promise<Instant> {
  // the clocks of the same ticket have just looked whether calendars are what they were
  if (book.stamp() === '') await book.refresh(sql)
  const [person] = await sql<{ zone: string; hours: string | null }[]>`
    select zone, preferences ->> 'hours' as hours from account where id = ${accountId}`
  const calendar = book.calendar(person?.hours ?? OFFICE_HOURS) ?? book.calendar(OFFICE_HOURS)
  return calendar && person ? nextOpeningIn(calendar, person.zone, at) : at
}
