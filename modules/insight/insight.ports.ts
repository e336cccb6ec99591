import type { CalendarBook } from '@opora/contracts'
import type { Database } from '@opora/platform/database'

export interface InsightPorts {
  database: Database
  /** Says which days are working days. */
  book: Pick<CalendarBook, 'refresh' | 'calendar'>
}
