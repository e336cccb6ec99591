import type { CivilDate, Minutes } from '@opora/core'

export interface Pace {
  leftMinutes: Minutes
  /** Drawn in the last `days` days. */
  drawnMinutes: Minutes
  days: number
  today: CivilDate
}

// Farther ahead a forecast by the last weeks' pace says nothing.
const FORECAST_DAYS_MAX = 3_650

/** The day on which hours run out at the pace of the last days; today when none is left, null when nothing is drawn. */
export function exhaustionDate({ leftMinutes, drawnMinutes, days, today }: Pace): CivilDate | null {
  if (leftMinutes <= 0) return today
  if (drawnMinutes <= 0) return null
  const lastsDays = Math.floor((leftMinutes * days) / drawnMinutes)
  return lastsDays > FORECAST_DAYS_MAX ? null : Temporal.PlainDate.from(today).add({ days: lastsDays }).toString()
}

/** Days from one date to another; negative when it is past. */
export function daysUntil(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days
}
