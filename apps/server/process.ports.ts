import { type CalendarBook, openMinutesOf } from '@opora/contracts'
import type { ProcessPorts } from '@opora/process'

/** What processes ask of the calendars: when timers are due, and how much of a stay was service time. */
export function processPorts(book: CalendarBook): ProcessPorts {
  return { dueAt: book.dueAt, openMinutes: (sql, contractIds) => openMinutesOf(book, sql, contractIds) }
}
