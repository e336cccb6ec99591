import type { Ticket, TicketChange } from '../../contract.ts'

/** A field that two people changed to different values. */
export interface Collision {
  field: keyof TicketChange & keyof Ticket
  theirs: unknown
  ours: unknown
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** The fields of our change that somebody else has meanwhile changed too, and not to the same value. */
export function collisionsOf(before: Ticket, now: Ticket, change: TicketChange): Collision[] {
  const fields = Object.keys(change) as (keyof TicketChange)[]
  return fields
    .filter((field): field is Collision['field'] => field in now)
    .filter((field) => !same(before[field], now[field]) && !same(now[field], change[field]))
    .map((field) => ({ field, theirs: now[field], ours: change[field] }))
}
