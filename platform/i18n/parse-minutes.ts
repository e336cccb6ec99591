import type { Minutes } from '@opora/core'

const MAX_MINUTES = 60 * 24 * 366

const CLOCK = /^(\d{1,5}):([0-5]\d)$/
const BARE = /^\d{1,6}$/
const HOURS_ONLY = /^(\d{1,5}(?:[.,]\d{1,4})?)\s*(?:часов|часа|час|ч|hours|hour|hrs|hr|h)\.?$/
const MINUTES_ONLY = /^(\d{1,6})\s*(?:минуты|минута|минут|мин|м|minutes|minute|mins|min|m)\.?$/
const BOTH =
  /^(\d{1,5})\s*(?:часов|часа|час|ч|hours|hour|hrs|hr|h)\.?\s*(\d{1,4})\s*(?:минуты|минута|минут|мин|м|minutes|minute|mins|min|m)?\.?$/
const DECIMAL_HOURS = /^\d{1,4}[.,]\d{1,4}$/

/**
 * Reads a length of time as people type it: `1:30`, `90` (minutes), `1ч 30м`, `1.5h`, `1,5` (hours), `2 часа`.
 * `null` for anything else, for fractions of a minute and for more than a year. Never negative.
 */
export function parseMinutes(text: string): Minutes | null {
  const typed = text.trim().toLowerCase().replaceAll('\u00a0', ' ')
  const amount = readMinutes(typed)
  if (amount === null || amount > MAX_MINUTES) return null
  return Number.isInteger(amount) ? amount : null
}

function readMinutes(typed: string): number | null {
  const clock = CLOCK.exec(typed)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  if (BARE.test(typed)) return Number(typed)
  if (DECIMAL_HOURS.test(typed)) return wholeMinutes(typed)
  const hours = HOURS_ONLY.exec(typed)
  if (hours) return wholeMinutes(hours[1]!)
  const both = BOTH.exec(typed)
  if (both) return Number(both[1]) * 60 + Number(both[2])
  const only = MINUTES_ONLY.exec(typed)
  return only ? Number(only[1]) : null
}

/** Decimal hours to minutes; `1.33` is 80 minutes: what people write as a third of an hour. */
function wholeMinutes(hours: string): number {
  return Math.round(Number(hours.replace(',', '.')) * 60)
}
