import type { Instant } from '@opora/core'

const PLUS = 43
const MINUS = 45
const ZERO = 48

/**
 * A `timestamptz` as PostgreSQL writes it to a session in UTC, `2026-03-01 06:00:00.123456+00`; what is beyond a millisecond is dropped.
 * Infinities and years of another length are left to the platform, which takes twice as long: a list of tickets reads hundreds.
 */
export function readTimestamp(text: string): Instant {
  const end = text.length - 3
  if (end < 19 || text.charCodeAt(4) !== MINUS || text.charCodeAt(end) !== PLUS || !text.endsWith('00'))
    return new Date(text).getTime()
  let milliseconds = 0
  for (let at = 20, unit = 100; at < end && unit >= 1; at++, unit /= 10)
    milliseconds += (text.charCodeAt(at) - ZERO) * unit
  const year = pair(text, 0) * 100 + pair(text, 2)
  // the platform takes years below 100 for the twentieth century's
  if (year < 100) return new Date(text).getTime()
  return Date.UTC(year, pair(text, 5) - 1, pair(text, 8), pair(text, 11), pair(text, 14), pair(text, 17), milliseconds)
}

function pair(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}
