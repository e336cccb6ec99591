import type { Locale } from '@opora/core'
import { formatDate, type Say } from '@opora/platform/i18n'
import type { z } from 'zod'
import type { calendarDay, calendarPreview, calendarsReply, calendarYearReply, movedDeadlines } from '../../contract.ts'
import type { calendarWords } from './calendar-words.ts'
import { writeHours } from './hours-writing.ts'

export type CalendarRow = z.infer<typeof calendarsReply>['items'][number]
export type YearOfCalendar = z.infer<typeof calendarYearReply>
export type PreviewOfCalendar = z.infer<typeof calendarPreview>
export type DayOfCalendar = z.infer<typeof calendarDay>
export type Moves = z.infer<typeof movedDeadlines>

/** How a day is drawn: what it comes to, told by its last reasons. */
export type DayLook = 'work' | 'short' | 'moved' | 'own' | 'rest' | 'holiday' | 'closed'

const OWN = new Set(['own_holiday', 'regional_day_off', 'exception_replaced', 'exception_added', 'exception_removed'])

export function lookOf(day: DayOfCalendar): DayLook {
  const codes = day.reasons.map((reason) => reason.code)
  const isOpen = day.hours.length > 0
  if (codes.some((code) => OWN.has(code))) return isOpen ? 'own' : 'closed'
  if (isOpen) {
    if (codes.includes('moved_working_day')) return 'moved'
    return codes.includes('shortened_day') ? 'short' : 'work'
  }
  return codes.at(-1) === 'weekly_day_off' ? 'rest' : 'holiday'
}

/** The sign that stands for the colour. */
export const MARKS: Partial<Record<DayLook, string>> = { short: '−', moved: '↔', own: '•', closed: '•' }

type SayWords = Say<typeof calendarWords>

export function reasonText(
  reason: DayOfCalendar['reasons'][number],
  t: SayWords,
  locale: Locale,
): { what: string; detail: string } {
  const { name, from, inPlaceOf } = reason.params
  const key = `reason_${reason.code}`
  // A reason that this page does not know yet stays its code.
  const what = Object.hasOwn(KNOWN, key) ? t(key as keyof typeof KNOWN) : reason.code
  const detail = [
    name,
    from && t('reasonFrom', { date: formatDate(from, locale) }),
    inPlaceOf && t('reasonFor', { date: formatDate(inPlaceOf, locale) }),
  ]
  return { what, detail: detail.filter(Boolean).join(', ') }
}

const KNOWN = {
  reason_week_hours: 1,
  reason_weekly_day_off: 1,
  reason_public_holiday: 1,
  reason_moved_day_off: 1,
  reason_moved_working_day: 1,
  reason_shortened_day: 1,
  reason_own_holiday: 1,
  reason_regional_day_off: 1,
  reason_exception_replaced: 1,
  reason_exception_added: 1,
  reason_exception_removed: 1,
} as const

export function hoursText(hours: readonly (readonly [string, string])[], t: SayWords): string {
  return hours.length === 0 ? t('closed') : writeHours(hours)
}

/** The day in a breath: date, hours, why. */
export function dayTitle(day: DayOfCalendar, t: SayWords, locale: Locale): string {
  const last = day.reasons.at(-1)
  const why = last ? reasonText(last, t, locale) : { what: '', detail: '' }
  return [formatDate(day.date, locale), hoursText(day.hours, t), why.what, why.detail].filter(Boolean).join(' · ')
}
