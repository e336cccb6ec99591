import type { CalendarBreak, HourSpan, Weekday } from '@opora/calendar'
import type { Locale } from '@opora/core'

/* Hours as people type them: `9-13, 14:00–18:00`, `пт 15:00–15:30`. */

const SPAN = /^(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?$/

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const SHORT: Record<Locale, readonly string[]> = {
  ru: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
  en: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
}

export function weekdayName(day: Weekday, locale: Locale): string {
  return SHORT[locale][WEEKDAYS.indexOf(day)] ?? day
}

/** `null` for what is no list of hours; nothing typed is no hours. */
export function readHours(text: string): HourSpan[] | null {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const spans = parts.map(readSpan)
  return spans.includes(null) ? null : (spans as HourSpan[])
}

export function writeHours(spans: readonly (readonly [string, string])[]): string {
  return spans.map(([from, to]) => `${from}–${to}`).join(', ')
}

function readSpan(text: string): HourSpan | null {
  const match = SPAN.exec(text)
  if (!match) return null
  const from = readTime(match[1], match[2])
  const to = readTime(match[3], match[4])
  return from === null || to === null || from === '24:00' || from === to ? null : [from, to]
}

function readTime(hour: string | undefined, minute: string | undefined): string | null {
  const [h, m] = [Number(hour), Number(minute ?? 0)]
  if (h > 24 || m > 59 || (h === 24 && m > 0)) return null
  return `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
}

/** Breaks, one after another: `13:00–14:00, пт 15:00–15:30`; `null` for what is none. */
export function readBreaks(text: string): CalendarBreak[] | null {
  const parts = text
    .split(/[,;\n]/)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
  const breaks = parts.map((part): CalendarBreak | null => {
    const hours = /\d.*$/.exec(part)?.[0] ?? ''
    const span = readSpan(hours)
    const days = readDays(part.slice(0, part.length - hours.length).trim())
    return span && days ? { from: span[0], to: span[1], ...(days.length > 0 ? { days } : {}) } : null
  })
  return breaks.includes(null) ? null : (breaks as CalendarBreak[])
}

function readDays(text: string): Weekday[] | null {
  const names = text.split(/[\s.]+/).filter((name) => name !== '')
  const days = names.map((name) => {
    const index = [SHORT.ru, SHORT.en].map((list) => list.indexOf(name)).find((at) => at >= 0)
    return index === undefined ? null : WEEKDAYS[index]
  })
  return days.includes(null) ? null : (days as Weekday[])
}

export function writeBreaks(breaks: readonly CalendarBreak[], locale: Locale): string {
  return breaks
    .map(({ from, to, days }) => [...(days ?? []).map((day) => weekdayName(day, locale)), `${from}–${to}`].join(' '))
    .join(', ')
}
