import type { CalendarSpec, ProductionYear } from '@opora/calendar'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

/** Rules that are only thought of: calendars and production years as they would be from now on. */
export interface ImaginedRules {
  calendar?: { code: string; spec: CalendarSpec }
  productionYears?: readonly ProductionYear[]
}

export interface MovedDeadline {
  ticketId: number
  number: number
  clientName: string
  metric: string
  dueBefore: Instant | null
  dueAfter: Instant | null
}

/** The open tickets that were looked at and that imagined rules move; `items`: their clocks, the furthest moved first, as far as a screen shows. */
export interface MovedDeadlines {
  looked: number
  moved: number
  items: MovedDeadline[]
}

/** What the calendars' screen asks of a module further down. */
export interface CalendarPorts {
  whatMoves(sql: Queryable, rules: ImaginedRules): Promise<MovedDeadlines>
}
