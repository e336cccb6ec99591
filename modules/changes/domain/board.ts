import type { Instant } from '@opora/core'
import type { Ballot, Seat } from './tally.ts'

export interface Member {
  accountId: number
  name: string
  veto: boolean
  active: boolean
  /** Clients served; null: all. */
  clientIds: readonly number[] | null
}

/** A member's seat in another's hands from one moment to another. */
export interface Delegation {
  memberId: number
  delegateId: number
  fromAt: Instant
  untilAt: Instant
}

interface Judged {
  clientId: number
  authorId: number | null
  implementerId: number | null
}

/** The board for one change: whoever serves its client. Its author and whoever installs it are named, but have no vote. */
export function seatsFor(members: readonly Member[], change: Judged): Seat[] {
  return members
    .filter((member) => member.active)
    .filter((member) => member.clientIds === null || member.clientIds.includes(change.clientId))
    .map(({ accountId, name, veto }) => ({
      id: accountId,
      name,
      veto,
      excluded: accountId === change.authorId ? 'author' : accountId === change.implementerId ? 'implementer' : null,
    }))
}

/** As many can vote as there are members; a board without any is a person who decides alone. */
export function quorumFits(quorum: number, members: number): boolean {
  return quorum <= Math.max(1, members)
}

export interface OpenSeat {
  seatId: number
  name: string
  as: 'member' | 'delegate'
}

/**
 * The seats that this person may vote for now: their own first, then those that members have put into their hands for a time that has
 * begun and not ended. Whoever wrote or installs the change holds none.
 */
export function seatsOf(
  voterId: number,
  seats: readonly Seat[],
  ballots: readonly Pick<Ballot, 'seatId'>[],
  delegations: readonly Delegation[],
  change: Judged,
  at: Instant,
): OpenSeat[] {
  if (voterId === change.authorId || voterId === change.implementerId) return []
  const voted = new Set(ballots.map((ballot) => ballot.seatId))
  const held = new Set(
    delegations
      .filter((one) => one.delegateId === voterId && one.fromAt <= at && at < one.untilAt)
      .map((one) => one.memberId),
  )
  const free = seats.filter((seat) => seat.excluded === null && !voted.has(seat.id))
  const own = free.filter((seat) => seat.id === voterId)
  const others = free.filter((seat) => seat.id !== voterId && held.has(seat.id))
  return [
    ...own.map((seat) => ({ seatId: seat.id, name: seat.name, as: 'member' as const })),
    ...others.map((seat) => ({ seatId: seat.id, name: seat.name, as: 'delegate' as const })),
  ]
}

/** Ballots are taken up to the deadline, whether or not the vote has been counted by then; a meeting has none. */
export function takesBallots(round: { deadlineAt: Instant | null }, at: Instant): boolean {
  return round.deadlineAt === null || at < round.deadlineAt
}

/** Whoever could cast a ballot that is still out: members without one, and those who hold their seats. */
export function askedToVote(
  seats: readonly Seat[],
  ballots: readonly Pick<Ballot, 'seatId'>[],
  delegations: readonly Delegation[],
  change: Judged,
  at: Instant,
): number[] {
  const people = new Set([...seats.map((seat) => seat.id), ...delegations.map((one) => one.delegateId)])
  return [...people].filter((id) => seatsOf(id, seats, ballots, delegations, change, at).length > 0)
}
