import type { CivilDate, Instant, Minutes } from '@opora/core'
import { MINUTE_MS } from '@opora/core'

/** Work as somebody is about to log it: who, what, when, how long. */
export interface TimeEntryDraft {
  accountId: string
  ticketId: string
  activity: string
  startedAt: Instant
  endedAt: Instant
  minutes: Minutes
  note: string
  /** The client sees the entry as the work goes on. */
  visible: boolean
}

export interface EntryFault {
  field: 'minutes' | 'endedAt' | 'startedAt' | 'note' | 'activity'
  code:
    | 'work.minutes_out_of_range'
    | 'work.span_backwards'
    | 'work.span_differs'
    | 'work.date_in_future'
    | 'work.description_missing'
    | 'work.activity_unknown'
  params?: Record<string, string | number>
}

export const MAX_ENTRY_MINUTES = 24 * 60

/** Everything that is wrong with an entry, by field. `now` is the caller's clock. */
export function checkTimeEntry(
  draft: TimeEntryDraft,
  given: { now: Instant; activityCodes: readonly string[] },
): EntryFault[] {
  const faults: EntryFault[] = []
  if (!Number.isSafeInteger(draft.minutes) || draft.minutes < 1 || draft.minutes > MAX_ENTRY_MINUTES) {
    faults.push({ field: 'minutes', code: 'work.minutes_out_of_range' })
  }
  const expected = minutesBetween(draft.startedAt, draft.endedAt)
  if (draft.endedAt <= draft.startedAt) faults.push({ field: 'endedAt', code: 'work.span_backwards' })
  else if (expected !== draft.minutes) {
    faults.push({ field: 'minutes', code: 'work.span_differs', params: { minutes: draft.minutes, expected } })
  }
  if (draft.startedAt > given.now) faults.push({ field: 'startedAt', code: 'work.date_in_future' })
  if (draft.visible && draft.note.trim() === '') faults.push({ field: 'note', code: 'work.description_missing' })
  if (!given.activityCodes.includes(draft.activity)) faults.push({ field: 'activity', code: 'work.activity_unknown' })
  return faults
}

/** Whole minutes of a span, to the nearest; at least one for any work at all. */
export function minutesBetween(from: Instant, to: Instant): Minutes {
  return to <= from ? 0 : Math.max(1, Math.round((to - from) / MINUTE_MS))
}

/** What a stopped timer becomes: a span that begins on a whole minute and is as long as its minutes say. */
export function spanOfTimer(
  startedAt: Instant,
  stoppedAt: Instant,
): { startedAt: Instant; endedAt: Instant; minutes: Minutes } {
  const begin = Math.floor(startedAt / MINUTE_MS) * MINUTE_MS
  const minutes = Math.min(MAX_ENTRY_MINUTES, Math.max(1, Math.round((stoppedAt - startedAt) / MINUTE_MS)))
  return { startedAt: begin, endedAt: begin + minutes * MINUTE_MS, minutes }
}

/** How long a timer has run without a sign of life, once that is long enough to ask about; else `null`. */
export function idleMinutes(lastSignAt: Instant, now: Instant, askAfterMinutes: Minutes): Minutes | null {
  const idle = Math.floor((now - lastSignAt) / MINUTE_MS)
  return idle >= askAfterMinutes ? idle : null
}

/** Work of one person at one time on two tickets: the entries that a span cuts into. Touching is not overlapping. */
export function overlapping<Entry extends { id: string; startedAt: Instant; endedAt: Instant }>(
  span: { id?: string; startedAt: Instant; endedAt: Instant },
  ownEntries: readonly Entry[],
): Entry[] {
  return ownEntries.filter(
    (entry) => entry.id !== span.id && entry.startedAt < span.endedAt && span.startedAt < entry.endedAt,
  )
}

/** One row of the week sheet: a ticket and an activity with the minutes of each day. */
export interface WeekRow {
  ticketId: string
  activity: string
  minutesByDay: Minutes[]
  totalMinutes: Minutes
}

export interface WeekSheet {
  days: CivilDate[]
  rows: WeekRow[]
  totalsByDay: Minutes[]
  totalMinutes: Minutes
}

/** Seven days from `monday`, every entry counted on its own date; entries of other days are left out. */
export function weekSheet(
  monday: CivilDate,
  entries: readonly { ticketId: string; activity: string; date: CivilDate; minutes: Minutes }[],
): WeekSheet {
  const first = Temporal.PlainDate.from(monday)
  const days = Array.from({ length: 7 }, (_, offset) => first.add({ days: offset }).toString())
  const rows = new Map<string, WeekRow>()
  for (const entry of entries) {
    const day = days.indexOf(entry.date)
    if (day < 0) continue
    const key = `${entry.ticketId}\n${entry.activity}`
    const row = rows.get(key) ?? {
      ticketId: entry.ticketId,
      activity: entry.activity,
      minutesByDay: days.map(() => 0),
      totalMinutes: 0,
    }
    row.minutesByDay[day] = (row.minutesByDay[day] ?? 0) + entry.minutes
    row.totalMinutes += entry.minutes
    rows.set(key, row)
  }
  const ordered = [...rows.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const totalsByDay = days.map((_, day) => ordered.reduce((sum, row) => sum + (row.minutesByDay[day] ?? 0), 0))
  return { days, rows: ordered, totalsByDay, totalMinutes: totalsByDay.reduce((sum, minutes) => sum + minutes, 0) }
}
