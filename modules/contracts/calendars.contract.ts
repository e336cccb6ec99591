import { z } from 'zod'
import { calendarSpec, codeParams } from './catalogue.contract.ts'

const instant = z.iso.datetime()
const date = z.iso.date()
const code = codeParams.shape.code
const year = z.number().int().min(1990).max(2099)
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
/** On the wall of the calendar's zone, `HH:MM`; an end before the beginning lies on the next date. */
const hours = z.array(z.tuple([z.string(), z.string()]))
const reason = z.object({ code: z.string(), params: z.record(z.string(), z.string()) })

export const yearQuery = z.object({ year: z.coerce.number().int().min(1990).max(2099) })
export const calendarDay = z.object({
  date,
  weekday,
  hours,
  openMinutes: z.number(),
  /** What shaped the day, lowest layer first; the last one is why it is open or closed. */
  reasons: z.array(reason),
  estimated: z.boolean(),
})
export const calendarYearReply = z.object({
  year,
  zone: z.string(),
  openMinutes: z.number(),
  workingDays: z.number(),
  estimated: z.boolean(),
  days: z.array(calendarDay),
})
/** `code`: the calendar that would be changed; absent for a new one. */
export const calendarDraft = z.strictObject({ code: code.optional(), spec: calendarSpec, year })
export const calendarPreview = calendarYearReply.extend({
  changed: z.array(z.object({ date, before: hours, after: hours })),
})

const movedDeadline = z.object({
  ticketId: z.number(),
  number: z.number(),
  clientName: z.string(),
  metric: z.string(),
  dueBefore: instant.nullable(),
  dueAfter: instant.nullable(),
})
/** The open tickets whose deadlines a change would move, the furthest moved first. */
export const movedDeadlines = z.object({
  /** Open tickets that were looked at. */
  looked: z.number(),
  moved: z.number(),
  items: z.array(movedDeadline),
})
export const calendarMoves = z.strictObject({ spec: calendarSpec })

const figures = z.object({
  days: z.number(),
  working: z.number(),
  off: z.number(),
  shortened: z.number(),
  hours40: z.number(),
  hours36: z.number(),
  hours24: z.number(),
  quarters: z.array(z.number()),
  months: z.array(z.number()),
})
const kind = z.enum(['work', 'short', 'off'])
/** `data`: the shipped form, xmlcalendar's JSON or lists of days. `source` names the act; without it a foreign year is a draft. */
export const yearsFile = z.strictObject({ data: z.unknown(), source: z.string().trim().max(300).optional() })
export const productionYearsImport = yearsFile.extend({
  /** What the file says otherwise than the law has been looked at. */
  acceptNotes: z.boolean().default(false),
})
export const productionYearsPreview = z.object({
  items: z.array(
    z.object({
      year: z.number(),
      status: z.enum(['approved', 'draft', 'estimated']),
      source: z.string(),
      /** There is data for that year already. */
      replaces: z.boolean(),
      counts: figures,
      notes: z.array(z.object({ code: z.string(), path: z.string(), value: z.string(), message: z.string() })),
      changed: z.array(z.object({ date, before: kind, after: kind })),
    }),
  ),
  moves: movedDeadlines,
})
