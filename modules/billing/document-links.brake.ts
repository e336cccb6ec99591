import { performance } from 'node:perf_hooks'
import { documentRefusals } from './documents.refusals.ts'

const WINDOW_MS = 60_000
/** More than a person takes of a month's papers, far less than a search through tokens or a flood of rendering needs. */
const MOST = 60
const MOST_ADDRESSES = 10_000

/** Counts calls of an address in a minute of this process; the one above the limit is refused. */
export function createLinkBrake(most = MOST, elapsed: () => number = () => performance.now()) {
  let windowStart = elapsed()
  let counts = new Map<string, number>()
  return {
    take(address: string): void {
      if (elapsed() - windowStart >= WINDOW_MS || counts.size >= MOST_ADDRESSES) {
        windowStart = elapsed()
        counts = new Map()
      }
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      if (count > most) throw documentRefusals.refuse('billing.link_too_often')
    },
  }
}
