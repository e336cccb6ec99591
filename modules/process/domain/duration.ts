const ISO_DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/**
 * The minutes of an ISO 8601 duration of weeks, days, hours and minutes, a day being 24 hours.
 * `null` for anything else: months and years have no fixed length, seconds are finer than the product counts.
 */
export function minutesOfIsoDuration(text: string): number | null {
  const match = ISO_DURATION.exec(text)
  if (!match) return null
  const [weeks, days, hours, minutes] = match.slice(1).map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
  ]
  const total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
  return total > 0 && Number.isSafeInteger(total) ? total : null
}

/** The number of days of a duration written in whole days (`P5D`), `null` for anything else. */
export function daysOfIsoDuration(text: string): number | null {
  const days = Number(/^P(\d{1,4})D$/.exec(text)?.[1] ?? 0)
  return days > 0 ? days : null
}
