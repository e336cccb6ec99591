import { type Actor, scopeOf } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { ticketScope } from '@opora/tickets'
import { changeRefusals } from './changes.refusals.ts'
import type { MinutesRound, MinutesSource } from './domain/minutes.ts'
import { tally } from './domain/tally.ts'
import { roundsOfSession } from './rounds.read-model.ts'

/** What a closed session's minutes hold, of the changes that the reader sees; null: not there, or nothing of it for this reader. */
export async function minutesSource(sql: Queryable, actor: Actor, id: number): Promise<MinutesSource | null> {
  const seen = await sql<
    { roundId: number; number: number; subject: string; client: string; scope: MinutesRound['scope'] }[]
  >`
    select r.id as round_id, t.number, t.subject, cl.name as client, r.scope
    from board_round r join change c on c.id = r.change_id join ticket t on t.id = c.ticket_id join client cl on cl.id = c.client_id
    where r.session_id = ${id} and ${ticketScope(sql, scopeOf(actor, 'change.read'))}`
  const [session] = await sql<
    (Omit<MinutesSource, 'rounds' | 'closedAt'> & { closedAt: Instant | null })[]
  >`select coalesce(i.company_name, 'Опора') as company, i.company_zone as zone, s.mode, s.title, s.place, s.starts_at, s.deadline_at,
      s.closed_at, s.called_by_name as called_by
    from board_session s, installation i where s.id = ${id}`
  if (!session || seen.length === 0) return null
  if (session.closedAt === null) throw changeRefusals.refuse('change.session_open')
  const rounds = [...(await roundsOfSession(sql, id))].sort((a, b) => a.changeId - b.changeId || a.round - b.round)
  return {
    ...session,
    closedAt: session.closedAt,
    rounds: rounds.flatMap((round): MinutesRound[] => {
      const change = seen.find((one) => one.roundId === round.id)
      if (!change) return []
      const nameOf = (seatId: number) => round.seats.find((seat) => seat.id === seatId)?.name ?? ''
      return [
        {
          number: change.number,
          subject: change.subject,
          client: change.client,
          scope: change.scope,
          round: round.round,
          purpose: round.purpose,
          state: round.state,
          decision: round.decision,
          reason: round.reason,
          ballots: round.ballots.map((ballot) => ({
            seat: nameOf(ballot.seatId),
            voter: ballot.voterName,
            choice: ballot.choice,
            comment: ballot.comment,
            at: ballot.castAt,
          })),
          explanation: round.explanation ?? tally(round.rule, round.seats, round.ballots).explanation,
        },
      ]
    }),
  }
}
