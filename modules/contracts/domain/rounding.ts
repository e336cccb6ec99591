import type { Minutes } from '@opora/core'
import type { RoundingStep } from './terms.ts'

/**
 * Exact billable time before rounding, in millionths of a minute: a worked minute × a multiplier in hundredths
 * of a percent × a factor in percent is always an integer of them, so nothing is lost before the one rounding.
 */
export type MicroMinutes = number

export const MICRO_PER_MINUTE = 1_000_000

/** The one place where time is rounded: up to the step, once. Nothing stays nothing; any work is at least one step. */
export function roundUpToStep(exact: MicroMinutes, stepMinutes: RoundingStep): Minutes {
  if (!Number.isSafeInteger(exact) || exact < 0) throw new RangeError(`not an exact amount of time: ${exact}`)
  return Math.ceil(exact / (stepMinutes * MICRO_PER_MINUTE)) * stepMinutes
}

/**
 * Rounds a run of pieces once as a whole and gives each piece its part in whole minutes; the excess of the step falls
 * on the last piece. The parts are never negative and always add up to the rounded whole, less what `before` already took.
 *
 * `before` is the exact time of the same rounding group that was charged earlier (the same task and day).
 */
export function roundPieces(
  exact: readonly MicroMinutes[],
  stepMinutes: RoundingStep,
  before: MicroMinutes = 0,
): Minutes[] {
  let sum = before
  let given = roundUpToStep(before, stepMinutes)
  return exact.map((piece, index) => {
    sum += piece
    const whole = roundUpToStep(sum, index === exact.length - 1 ? stepMinutes : 1)
    const part = Math.max(0, whole - given)
    given += part
    return part
  })
}
