const MINUTE = 60_000

/** After so many milliseconds a call that failed is tried again; after the last one it is given up. */
const WAITS: readonly number[] = [1, 5, 30, 120, 360, 720, 1_440].map((minutes) => minutes * MINUTE)

export const ATTEMPTS_MAX = WAITS.length + 1

/** How long to wait after the attempt of this number (from 1) has failed; `null`: it was the last. */
export function waitAfter(attempt: number): number | null {
  return WAITS[attempt - 1] ?? null
}

/** A receiver that has understood says 2xx. What it refuses for good is not tried again. */
export function outcomeOf(status: number | null): 'delivered' | 'again' | 'given_up' {
  if (status !== null && status >= 200 && status < 300) return 'delivered'
  return status === 410 ? 'given_up' : 'again'
}
