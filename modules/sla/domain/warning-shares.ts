import type { Instant } from '@opora/core'
import { type PolicyVersion, warningsOf } from './policy.ts'
import type { Term } from './term.ts'

/** A percent of the time at which an open clock is warned of, and since when it is: `-Infinity` for as long as its term binds. */
export interface WarningShare {
  percent: number
  since: Instant
}

/**
 * At which shares a clock warns at `now`. What was promised stays as it was promised; when the provider's own people are told is the
 * policy's present word: shares that a later version of the same policy adds hold from that version on, shares that it drops are gone.
 */
export function warningShares(
  timeline: readonly PolicyVersion[],
  contractId: number | null,
  term: Term,
  now: Instant,
): WarningShare[] {
  const isLater = (version: PolicyVersion) =>
    version.contractId === contractId &&
    version.code === term.policyCode &&
    version.from > term.policyFrom &&
    version.from <= now
  const later = timeline.filter(isLater).sort((a, b) => a.from - b.from)
  let shares: WarningShare[] = term.warnings.map((percent) => ({ percent, since: -Infinity }))
  for (const { spec, from } of later)
    shares = warningsOf(spec).map(
      (percent) => shares.find((share) => share.percent === percent) ?? { percent, since: from },
    )
  return shares
}
