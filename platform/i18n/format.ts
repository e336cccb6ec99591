import { DAY_MS, HOUR_MS, type Instant, type Locale, MINUTE_MS } from '@opora/core'

/** Where and in which language a value is read. `zone` is an IANA name; without it the device's own zone. */
export interface Place {
  locale: Locale
  zone?: string
}

export type DateStyle = 'short' | 'long' | 'time' | 'day' | 'date' | 'full'

const DATE_OPTIONS: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  long: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  full: {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  },
}

const DIGITS: Intl.DateTimeFormatOptions = { day: '2-digit', month: '2-digit', year: '2-digit' }
const HALF_YEAR_MS = 182 * DAY_MS
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(place: Place, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const cacheKey = `${place.locale} ${place.zone ?? ''} ${key}`
  const known = dateFormats.get(cacheKey)
  if (known) return known
  const tag = place.locale === 'ru' ? 'ru-RU' : 'en-GB'
  const made = new Intl.DateTimeFormat(tag, { ...options, ...(place.zone ? { timeZone: place.zone } : {}) })
  dateFormats.set(cacheKey, made)
  return made
}

/** An instant as date and time: `3 мар., 14:05`; `long` adds the year, `full` the weekday and the zone. */
export function formatDateTime(instant: Instant, place: Place, style: DateStyle = 'short'): string {
  return dateFormat(place, style, DATE_OPTIONS[style]).format(instant)
}

/** As short as it stays clear at `now`: the time for today, the day for this year, the full date before: for dense lists. */
export function formatBrief(instant: Instant, now: Instant, place: Place): string {
  const digits = (at: Instant) => dateFormat(place, 'digits', DIGITS).format(at)
  if (digits(instant) === digits(now)) return formatDateTime(instant, place, 'time')
  const distant = Math.abs(instant - now) > HALF_YEAR_MS
  return distant ? digits(instant) : formatDateTime(instant, place, 'day')
}

/** A civil date `YYYY-MM-DD` in words: `3 марта 2026 г.`; it has no zone and is never shifted. */
export function formatDate(date: string, locale: Locale, month: 'long' | 'short' = 'long'): string {
  const format = dateFormat({ locale, zone: 'UTC' }, `civil ${month}`, { day: 'numeric', month, year: 'numeric' })
  return format.format(Date.parse(`${date}T00:00:00Z`))
}

/** Civil dates from the first to the last, what they share said once: `16–22 нояб. 2026 г.`. */
export function formatDateRange(first: string, last: string, locale: Locale): string {
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
  const at = (date: string) => Date.parse(`${date}T00:00:00Z`)
  return dateFormat({ locale, zone: 'UTC' }, 'civil short', options).formatRange(at(first), at(last))
}

/** How long ago or ahead, in the largest whole unit: `5 минут назад`, `через 2 дня`. */
export function formatRelative(instant: Instant, now: Instant, locale: Locale): string {
  const distance = instant - now
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const size = Math.abs(distance)
  if (size < MINUTE_MS) return format.format(0, 'second')
  if (size < HOUR_MS) return format.format(Math.trunc(distance / MINUTE_MS), 'minute')
  if (size < DAY_MS) return format.format(Math.trunc(distance / HOUR_MS), 'hour')
  return format.format(Math.trunc(distance / DAY_MS), 'day')
}

/** A plain number: `1 700`, `0,5`. */
export function formatCount(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)
}

/** A share between 0 and 1 as per cent: `97,5 %`. */
export function formatShare(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value)
}
