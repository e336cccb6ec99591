import type { Instant } from './spec.ts'

/** No open time is left in the direction that was asked about: the calendar is closed for good, or nearly so. */
export class NoOpenTime extends Error {
  readonly since: Instant

  constructor(since: Instant, question: string) {
    super(`the calendar has no open time for ${question} from ${new Date(since).toISOString()}`)
    this.name = 'NoOpenTime'
    this.since = since
  }
}

export function failNoOpenTime(since: Instant, question: string): never {
  throw new NoOpenTime(since, question)
}
