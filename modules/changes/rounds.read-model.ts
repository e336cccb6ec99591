import { type Instant, isoInstant, isoInstantOrNull, type Locale, type Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { RoundView } from './contract.ts'
import { type Ballot, type BoardRule, type Seat, tally } from './domain/tally.ts'

export interface RoundRow {
  id: number
  changeId: number
  sessionId: number
  mode: 'meeting' | 'correspondence'
  round: number
  purpose: 'approval' | 'review'
  rule: BoardRule
  seats: Seat[]
  state: RoundView['state']
  decision: RoundView['decision']
  explanation: Words[] | null
  reason: string
  openedAt: Instant
  deadlineAt: Instant | null
  closedAt: Instant | null
  ballots: (Ballot & { castAt: Instant })[]
}

async function rounds(sql: Queryable, where: ReturnType<Queryable>): Promise<RoundRow[]> {
  const rows = await sql<Omit<RoundRow, 'ballots'>[]>`
    select r.id, r.change_id, r.session_id, s.mode, r.round, r.purpose, r.rule, r.seats, r.state, r.decision, r.explanation, r.reason,
      r.opened_at, r.deadline_at, r.closed_at
    from board_round r join board_session s on s.id = r.session_id where ${where} order by r.change_id, r.round desc`
  const ballots = await sql<(Ballot & { castAt: Instant; roundId: number })[]>`
    select b.round_id, b.seat_id, b.voter_name, b.choice, b.comment, b.cast_at from board_ballot b
    where b.round_id = any(${rows.map((row) => row.id)}::bigint[]) order by b.id`
  return rows.map((row) => ({ ...row, ballots: ballots.filter((ballot) => ballot.roundId === row.id) }))
}

/** A change's votes, the latest first. */
export function roundsOfChange(sql: Queryable, changeId: number): Promise<RoundRow[]> {
  return rounds(sql, sql`r.change_id = ${changeId}`)
}

export function roundsOfSession(sql: Queryable, sessionId: number): Promise<RoundRow[]> {
  return rounds(sql, sql`r.session_id = ${sessionId}`)
}

export function presentRound(row: RoundRow, locale: Locale): RoundView {
  const count = tally(row.rule, row.seats, row.ballots)
  const nameOf = (id: number) => row.seats.find((seat) => seat.id === id)?.name ?? ''
  return {
    id: row.id,
    round: row.round,
    sessionId: row.sessionId,
    mode: row.mode,
    purpose: row.purpose,
    state: row.state,
    decision: row.decision,
    reason: row.reason,
    openedAt: isoInstant(row.openedAt),
    deadlineAt: isoInstantOrNull(row.deadlineAt),
    closedAt: isoInstantOrNull(row.closedAt),
    seats: row.seats.map(({ id, name, veto, excluded }) => ({ id, name, veto, excluded })),
    ballots: row.ballots.map((ballot) => ({
      seat: { id: ballot.seatId, name: nameOf(ballot.seatId) },
      voter: ballot.voterName,
      choice: ballot.choice,
      comment: ballot.comment,
      at: isoInstant(ballot.castAt),
    })),
    explanation: (row.explanation ?? count.explanation).map((line) => line[locale]),
    verdict: row.decision ?? count.verdict,
  }
}
