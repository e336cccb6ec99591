import type { Instant, Words } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import type { BoardSettings, TemplateWish } from './contract.ts'
import type { Delegation } from './domain/board.ts'
import type { Scope } from './domain/change.ts'
import type { Ballot, BoardRule, Choice, Seat } from './domain/tally.ts'

export interface RoundRecord {
  id: number
  clientId: number
  changeId: number
  sessionId: number
  mode: 'meeting' | 'correspondence'
  round: number
  purpose: 'approval' | 'review'
  rule: BoardRule
  seats: Seat[]
  scope: Scope
  state: 'open' | 'decided' | 'voided' | 'lapsed'
  deadlineAt: Instant | null
}

export interface SessionRecord {
  id: number
  mode: 'meeting' | 'correspondence'
  state: 'open' | 'closed'
  calledBy: number | null
  version: number
}

function rounds(sql: Queryable) {
  return sql`select r.id, r.client_id, r.change_id, r.session_id, s.mode, r.round, r.purpose, r.rule, r.seats, r.scope, r.state, r.deadline_at
    from board_round r join board_session s on s.id = r.session_id`
}

export const boardStore = {
  /** Whoever changes the rule or the members holds this: each is judged by the other. */
  async lockSettings(tx: Tx): Promise<void> {
    await tx`select 1 from board_settings for update`
  },
  async saveSettings(tx: Tx, settings: BoardSettings): Promise<void> {
    await tx`update board_settings set ${tx(settings)}, version = version + 1`
  },
  async setMembers(tx: Tx, members: readonly { accountId: number; veto: boolean }[]): Promise<void> {
    const ids = members.map((member) => member.accountId)
    await tx`delete from board_member where not account_id = any(${ids}::bigint[])`
    for (const { accountId, veto } of members) {
      await tx`insert into board_member (account_id, veto) values (${accountId}, ${veto})
        on conflict (account_id) do update set veto = excluded.veto`
    }
  },
  async addDelegation(tx: Tx, row: Delegation & { createdBy: number | null }): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into board_delegate ${tx(row as never)} returning id`
    return made!.id
  },
  async delegation(sql: Queryable, id: number): Promise<{ id: number; memberId: number } | null> {
    const [row] = await sql<{ id: number; memberId: number }[]>`
      select id, member_id from board_delegate where id = ${id} and revoked_at is null`
    return row ?? null
  },
  async revokeDelegation(tx: Tx, id: number): Promise<void> {
    await tx`update board_delegate set revoked_at = app_now() where id = ${id}`
  },
  async insertSession(
    tx: Tx,
    row: {
      mode: 'meeting' | 'correspondence'
      title: string
      place: string
      startsAt: Instant
      deadlineAt: Instant | null
      calledBy: number | null
      calledByName: string
    },
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into board_session ${tx(row as never)} returning id`
    return made!.id
  },
  async lockSession(tx: Tx, id: number): Promise<SessionRecord | null> {
    const [row] = await tx<
      SessionRecord[]
    >`select id, mode, state, called_by, version from board_session where id = ${id} for update`
    return row ?? null
  },
  /** Closes a session once none of its votes is open. */
  async closeSessionIfDone(tx: Tx, id: number, byName: string): Promise<boolean> {
    const done =
      await tx`update board_session s set state = 'closed', closed_at = app_now(), closed_by_name = ${byName}, version = version + 1
      where id = ${id} and state = 'open' and not exists (select 1 from board_round r where r.session_id = s.id and r.state = 'open') returning id`
    return done.length > 0
  },
  async insertRound(
    tx: Tx,
    row: Pick<
      RoundRecord,
      'clientId' | 'changeId' | 'sessionId' | 'purpose' | 'rule' | 'seats' | 'scope' | 'deadlineAt'
    >,
  ): Promise<RoundRecord> {
    const [made] = await tx<{ id: number }[]>`
      insert into board_round (client_id, change_id, session_id, round, purpose, rule, seats, scope, deadline_at)
      select ${row.clientId}, ${row.changeId}, ${row.sessionId}, coalesce(max(round), 0) + 1, ${row.purpose},
        ${tx.json(row.rule as unknown as Json)}, ${tx.json(row.seats as unknown as Json)}, ${tx.json(row.scope as unknown as Json)}, ${row.deadlineAt}
      from board_round where change_id = ${row.changeId} returning id`
    return (await boardStore.round(tx, made!.id))!
  },
  async round(sql: Queryable, id: number): Promise<RoundRecord | null> {
    const [row] = await sql<RoundRecord[]>`${rounds(sql)} where r.id = ${id}`
    return row ?? null
  },
  async openRound(sql: Queryable, changeId: number): Promise<RoundRecord | null> {
    const [row] = await sql<RoundRecord[]>`${rounds(sql)} where r.change_id = ${changeId} and r.state = 'open'`
    return row ?? null
  },
  async openRoundsOf(sql: Queryable, sessionId: number): Promise<RoundRecord[]> {
    return sql<
      RoundRecord[]
    >`${rounds(sql)} where r.session_id = ${sessionId} and r.state = 'open' order by r.change_id`
  },
  async endRound(
    tx: Tx,
    id: number,
    end: {
      state: 'decided' | 'voided' | 'lapsed'
      decision?: 'approved' | 'rejected'
      explanation?: Words[]
      reason?: string
    },
  ): Promise<void> {
    const explanation = end.explanation ? tx.json(end.explanation as unknown as Json) : null
    await tx`update board_round set state = ${end.state}, decision = ${end.decision ?? null}, explanation = ${explanation},
      reason = ${end.reason ?? ''}, closed_at = app_now() where id = ${id}`
  },
  async ballots(sql: Queryable, roundId: number): Promise<(Ballot & { id: number })[]> {
    return sql<(Ballot & { id: number })[]>`
      select id, seat_id, voter_name, choice, comment from board_ballot where round_id = ${roundId} order by id`
  },
  /** Null: the seat's ballot is in the box already. */
  async insertBallot(
    tx: Tx,
    row: {
      clientId: number
      roundId: number
      seatId: number
      voterId: number
      voterName: string
      choice: Choice
      comment: string
    },
  ): Promise<number | null> {
    const [made] = await tx<{ id: number }[]>`
      insert into board_ballot ${tx(row)} on conflict (round_id, seat_id) do nothing returning id`
    return made?.id ?? null
  },
  /** Votes whose deadline has passed. */
  async dueRounds(sql: Queryable, limit: number): Promise<{ id: number; changeId: number; ticketId: number }[]> {
    return sql<{ id: number; changeId: number; ticketId: number }[]>`
      select r.id, r.change_id, c.ticket_id from board_round r join change c on c.id = r.change_id
      where r.state = 'open' and r.deadline_at <= app_now() order by r.deadline_at limit ${limit}`
  },
  /** Votes whose deadline is near and of which nobody has been reminded. */
  async roundsToRemind(
    tx: Tx,
    hours: number,
    limit: number,
  ): Promise<{ id: number; changeId: number; ticketId: number }[]> {
    return tx<{ id: number; changeId: number; ticketId: number }[]>`
      update board_round r set reminded_at = app_now() from change c where c.id = r.change_id and r.id in (
        select id from board_round where state = 'open' and reminded_at is null and deadline_at > app_now()
          and deadline_at <= app_now() + make_interval(hours => ${hours}) order by deadline_at limit ${limit} for update skip locked)
      returning r.id, r.change_id, c.ticket_id`
  },
  async calledBy(sql: Queryable, sessionId: number): Promise<number | null> {
    const [row] = await sql<{ calledBy: number | null }[]>`select called_by from board_session where id = ${sessionId}`
    return row?.calledBy ?? null
  },
  async template(
    sql: Queryable,
    id: number,
  ): Promise<(TemplateWish & { id: number; approvedAt: Instant | null; version: number }) | null> {
    const [row] = await sql<(TemplateWish & { id: number; approvedAt: Instant | null; version: number })[]>`
      select id, name_ru, name_en, description, build_plan, test_plan, rollback_plan, approved_at, version from change_template where id = ${id} and active`
    return row ?? null
  },
  async insertTemplate(tx: Tx, row: TemplateWish): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into change_template ${tx(row)} returning id`
    return made!.id
  },
  /** Another way of doing it is another thing to approve. */
  async updateTemplate(tx: Tx, id: number, row: TemplateWish): Promise<void> {
    await tx`update change_template set ${tx(row)}, approved_by = null, approved_by_name = '', approved_at = null, version = version + 1 where id = ${id}`
  },
  async approveTemplate(tx: Tx, id: number, by: { id: number | null; name: string }): Promise<void> {
    await tx`update change_template set approved_by = ${by.id}, approved_by_name = ${by.name}, approved_at = app_now(), version = version + 1 where id = ${id}`
  },
  async retireTemplate(tx: Tx, id: number): Promise<void> {
    await tx`update change_template set active = false, version = version + 1 where id = ${id}`
  },
}
