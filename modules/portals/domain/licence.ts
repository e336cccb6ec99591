import type { CivilDate } from '@opora/core'

export type LicenceState = 'unknown' | 'active' | 'ending' | 'expired'

const ENDING_DAYS = 30

/** The licence on a day; its last day counts. It is ending within its last thirty days. */
export function licenceState(until: CivilDate | null, today: CivilDate): LicenceState {
  if (until === null) return 'unknown'
  if (until < today) return 'expired'
  return Temporal.PlainDate.from(today).add({ days: ENDING_DAYS }).toString() >= until ? 'ending' : 'active'
}
