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

/** What a part of a rounding group is billed: what the rounded group lacked before it. */
export function shareOfGroup(before: MicroMinutes, exact: MicroMinutes, stepMinutes: RoundingStep): Minutes {
  return roundUpToStep(before + exact, stepMinutes) - roundUpToStep(before, stepMinutes)
}

/** A part of a group as it stands: in its order, with what it was billed. */
export interface GroupPart {
  groupKey: string
  exactMicroMinutes: MicroMinutes
  billedMinutes: Minutes
  stepMinutes: RoundingStep
}

/**
 * The parts whose bill is no longer what their group's order gives, with what stood before them. Billed so, the parts of a group add
 * up to the group rounded once.
 */
export function rebilled<Part extends GroupPart>(
  parts: readonly Part[],
): { part: Part; before: MicroMinutes; minutes: Minutes }[] {
  const sums = new Map<string, MicroMinutes>()
  return parts.flatMap((part) => {
    const before = sums.get(part.groupKey) ?? 0
    sums.set(part.groupKey, before + part.exactMicroMinutes)
    const minutes = shareOfGroup(before, part.exactMicroMinutes, part.stepMinutes)
    return minutes === part.billedMinutes ? [] : [{ part, before, minutes }]
  })
}

/**
 * Rounds a run of pieces once as a whole and gives each piece its part in whole minutes; the excess of the step falls
 * on the last piece. The parts are never negative and always add up to the rounded whole, less what `before` already took.
 *
 * `before` is the exact time of the same rounding group that was charged earlier (the same task and day), `billed` what was billed for it:
 * a closed month keeps its bills, so that they may differ from what its rounding would give now.
 */
export function roundPieces(
  exact: readonly MicroMinutes[],
  stepMinutes: RoundingStep,
  before: MicroMinutes = 0,
  billed: Minutes = roundUpToStep(before, stepMinutes),
): Minutes[] {
  let sum = before
  let given = billed
  return exact.map((piece, index) => {
    sum += piece
    const whole = roundUpToStep(sum, index === exact.length - 1 ? stepMinutes : 1)
    const part = Math.max(0, whole - given)
    given += part
    return part
  })
}
