import type { CalendarBook } from '@opora/contracts'
import type { Instant } from '@opora/core'
import { nextShift } from '@opora/duty'
import type { Queryable } from '@opora/platform/database'

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
  return person ? nextShift({ id: accountId, ...person }, book.calendar, at) : at
}
