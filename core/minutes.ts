/** A length of time: an integer number of minutes. */
export type Minutes = number

/** Throws `RangeError` unless the value is a safe integer of minutes. */
export function minutes(value: number): Minutes {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer of minutes: ${value}`)
  return value
}

export function minutesOfHours(hours: number): Minutes {
  return minutes(Math.round(hours * 60))
}
