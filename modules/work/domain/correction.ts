import type { CivilDate, CivilMonth, Instant, Minutes } from '@opora/core'

/** A logged entry as a correction sees it. `E` is whatever else the entry carries. */
export interface CorrectableEntry {
  id: string
  /** The month that the entry belongs to, in the contract's zone. */
  month: CivilMonth
  startedAt: Instant
  endedAt: Instant
  minutes: Minutes
  /** The entry that this one takes back, and the one that took it back. */
  reversesId: string | null
  reversedById: string | null
}

export type EntryChange<E> = Partial<Omit<E, keyof CorrectableEntry>> & {
  startedAt?: Instant
  endedAt?: Instant
  minutes?: Minutes
}

export type Correction<E> =
  /** The month is open: the entry itself changes, and its draws are reversed and drawn anew. */
  | { kind: 'edit'; entry: E }
  /** The month is closed: a pair in the open month takes the old entry back and puts the right one. */
  | { kind: 'pair'; reversal: ReversalOf<E>; replacement: E | null; reason: string }
  | { kind: 'refused'; code: 'work.entry_corrected' | 'work.correction_reason_missing' }

/** The opposite of an entry, booked in the open month; it keeps the original's own time for the reader. */
export type ReversalOf<E> = Omit<E, 'id'> & { reversesId: string; bookedMonth: CivilMonth; bookedOn: CivilDate }

/** What an entry's hours and price follow from. */
export interface PricedWork {
  minutes: Minutes
  startedAt: Instant
  /** False: only the day is known. */
  timed: boolean
  date: CivilDate
  activity: string
  service: string | null | undefined
  urgent: boolean
  onSite: boolean
  /** Undefined: the rules are asked. */
  billable: boolean | undefined
}

/**
 * Whether a change asks the hours anew. Other words, or another word on who may read them, move no hours: neither in an open month nor in
 * a closed one.
 */
export function asksHoursAnew(before: PricedWork, after: PricedWork): boolean {
  const isSameTime =
    before.minutes === after.minutes &&
    before.timed === after.timed &&
    (before.timed ? before.startedAt === after.startedAt : before.date === after.date)
  const isSameWork =
    before.activity === after.activity &&
    before.service === after.service &&
    before.urgent === after.urgent &&
    before.onSite === after.onSite
  return !isSameTime || !isSameWork || before.billable !== after.billable
}

/**
 * What changing an entry means. `change` of `null` takes the entry away altogether.
 * A correction after the close needs a reason; an entry is corrected once, and then its replacement is.
 */
export function correctEntry<E extends CorrectableEntry>(
  entry: E,
  change: EntryChange<E> | null,
  period: { closed: boolean; today: CivilDate },
  reason: string,
): Correction<E> {
  if (entry.reversedById !== null || entry.reversesId !== null) return { kind: 'refused', code: 'work.entry_corrected' }
  if (!period.closed && change !== null) return { kind: 'edit', entry: { ...entry, ...change } }
  if (period.closed && reason.trim() === '') return { kind: 'refused', code: 'work.correction_reason_missing' }
  const { id, ...rest } = entry
  return {
    kind: 'pair',
    reversal: {
      ...rest,
      minutes: -entry.minutes,
      reversesId: id,
      bookedMonth: period.closed ? period.today.slice(0, 7) : entry.month,
      bookedOn: period.today,
    },
    replacement: change === null ? null : { ...entry, ...change, month: period.today.slice(0, 7) },
    reason,
  }
}
