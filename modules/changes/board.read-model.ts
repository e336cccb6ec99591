import { type Actor, scopeOf } from '@opora/access'
import { decodeCursor, type Instant, isoInstant, isoInstantOrNull, type Page, pageOf } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ticketScope } from '@opora/tickets'
import { boardRows } from './board-rows.ts'
import type { BoardView, SessionRowView, SessionView, TemplateView } from './contract.ts'
import { presentRound, roundsOfSession } from './rounds.read-model.ts'

/** The board as it is: rule, members, seats that are lent now or will be. */
export async function boardView(sql: Queryable, actor: Actor): Promise<BoardView> {
  const { version, ...settings } = await boardRows.settings(sql)
  const members = await boardRows.members(sql)
  const now = await databaseNow(sql)
  const lent = await sql<
    {
      id: number
      memberId: number
      member: string
      delegateId: number
      delegate: string
      fromAt: Instant
      untilAt: Instant
    }[]
  >`select d.id, d.member_id, m.name as member, d.delegate_id, p.name as delegate, d.from_at, d.until_at
    from board_delegate d join account m on m.id = d.member_id join account p on p.id = d.delegate_id
    where d.revoked_at is null and d.until_at > ${now} order by d.from_at, d.id`
  return {
    settings,
    members: members.map(({ accountId, name, veto, active }) => ({ id: accountId, name, veto, active })),
    delegations: lent.map((one) => ({
      id: one.id,
      member: { id: one.memberId, name: one.member },
      delegate: { id: one.delegateId, name: one.delegate },
      from: isoInstant(one.fromAt),
      until: isoInstant(one.untilAt),
      mine: one.memberId === actor.accountId,
    })),
    candidates: await boardRows.candidates(sql),
    version,
  }
}

interface SessionRow {
  id: number
  mode: SessionRowView['mode']
  title: string
  place: string
  startsAt: Instant
  deadlineAt: Instant | null
  state: SessionRowView['state']
  closedAt: Instant | null
  calledByName: string
  changes: number
  open: number
  version: number
}

/** Sessions in which the reader sees at least one change; of them, only what they see is counted. */
function sessions(sql: Queryable, actor: Actor) {
  const scope = ticketScope(sql, scopeOf(actor, 'change.read'))
  return sql`select s.id, s.mode, s.title, s.place, s.starts_at, s.deadline_at, s.state, s.closed_at, s.called_by_name, s.version,
      v.changes, v.open
    from board_session s join lateral (
      select count(distinct r.change_id) as changes, count(*) filter (where r.state = 'open') as open
      from board_round r join change c on c.id = r.change_id join ticket t on t.id = c.ticket_id
      where r.session_id = s.id and ${scope}) v on v.changes > 0`
}

function presentSession(row: SessionRow): SessionRowView {
  return {
    id: row.id,
    mode: row.mode,
    title: row.title,
    place: row.place,
    startsAt: isoInstant(row.startsAt),
    deadlineAt: isoInstantOrNull(row.deadlineAt),
    state: row.state,
    closedAt: isoInstantOrNull(row.closedAt),
    calledBy: row.calledByName,
    changes: row.changes,
    open: row.open,
    version: row.version,
  }
}

export async function listSessions(
  sql: Queryable,
  actor: Actor,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<SessionRowView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)
  if (query.cursor !== undefined && typeof after?.[0] !== 'number')
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const rows = await sql<SessionRow[]>`${sessions(sql, actor)} where true
    ${after ? sql`and s.id < ${after[0] as number}::bigint` : sql``} order by s.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.id])
  return { ...page, items: page.items.map(presentSession) }
}

/** One session with the votes on changes that the reader sees. */
export async function sessionView(sql: Queryable, actor: Actor, id: number): Promise<SessionView | null> {
  const [row] = await sql<SessionRow[]>`${sessions(sql, actor)} where s.id = ${id}`
  if (!row) return null
  const seen = await sql<{ changeId: number; ticketNumber: number; subject: string; clientName: string }[]>`
    select distinct c.id as change_id, t.number as ticket_number, t.subject, cl.name as client_name
    from board_round r join change c on c.id = r.change_id join ticket t on t.id = c.ticket_id join client cl on cl.id = c.client_id
    where r.session_id = ${id} and ${ticketScope(sql, scopeOf(actor, 'change.read'))}`
  const rounds = await roundsOfSession(sql, id)
  return {
    ...presentSession(row),
    rounds: rounds.flatMap((round) => {
      const change = seen.find((one) => one.changeId === round.changeId)
      return change ? [{ ...presentRound(round, actor.locale), ...change }] : []
    }),
  }
}

export async function listTemplates(sql: Queryable): Promise<TemplateView[]> {
  const rows = await sql<
    (Omit<TemplateView, 'approvedBy' | 'approvedAt'> & { approvedByName: string; approvedAt: Instant | null })[]
  >`
    select id, name_ru, name_en, description, build_plan, test_plan, rollback_plan, approved_by_name, approved_at, version
    from change_template where active order by name_ru, id`
  return rows.map(({ approvedByName, approvedAt, ...row }) => ({
    ...row,
    approvedBy: approvedAt === null ? null : approvedByName,
    approvedAt: isoInstantOrNull(approvedAt),
  }))
}
