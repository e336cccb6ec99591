import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { Instant } from '@opora/core'
import { decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ticketScope } from '@opora/tickets'
import type { GivenRating, RatingQuery, RatingView } from './contract.ts'

/** A ticket is archived when it has been closed for so long; its rating then stands. */
const ARCHIVED_AFTER_DAYS = 90
const DAY_MS = 86_400_000

export function isArchived(closedAt: Instant | null, now: Instant): boolean {
  return closedAt !== null && closedAt + ARCHIVED_AFTER_DAYS * DAY_MS <= now
}

interface RatedTicket {
  id: number
  number: number
  subject: string
  closedAt: Instant | null
  now: Instant
  score: number | null
  comment: string | null
  at: Instant | null
}

/** A ticket's rating as the client sees it; `null` for a ticket that the reader may not rate. */
export async function ratingOfTicket(sql: Queryable, actor: Actor, ticketId: number): Promise<GivenRating | null> {
  const [row] = await sql<RatedTicket[]>`
    select t.id, t.number, t.subject, t.closed_at, app_now() as now, r.score, r.comment, r.at
    from ticket t left join rating r on r.ticket_id = t.id
    where t.id = ${ticketId} and ${ticketScope(sql, scopeOf(actor, 'rating.give'))}`
  if (!row) return null
  return {
    ticket: { id: row.id, number: row.number, subject: row.subject },
    score: row.score,
    comment: row.comment ?? '',
    at: isoInstantOrNull(row.at),
    mayChange: !isArchived(row.closedAt, row.now),
  }
}

interface Row {
  id: number
  ticketId: number
  number: number
  subject: string
  clientId: number
  clientName: string
  contact: string | null
  assignee: string | null
  score: number
  comment: string
  at: Instant
}

/** Ratings, the latest first, with their number and mean over all that the filter finds. */
export async function listRatings(sql: Queryable, actor: Actor, query: RatingQuery) {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
  if (query.cursor !== undefined && !after?.every((value) => typeof value === 'number')) {
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  }
  const scope = scopeCondition(sql, scopeOf(actor, 'rating.read'), {
    client: sql`r.client_id`,
    contact: sql`r.contact_id`,
  })
  const filter = sql`${scope}
      ${query.clientId ? sql`and r.client_id = ${query.clientId}` : sql``}
      ${query.accountId ? sql`and t.assignee_id = ${query.accountId}` : sql``}
      ${query.maxScore ? sql`and r.score <= ${query.maxScore}` : sql``}
      ${query.from ? sql`and r.at >= ${query.from}::date::timestamp at time zone ${actor.zone}` : sql``}
      ${query.to ? sql`and r.at < (${query.to}::date + 1)::timestamp at time zone ${actor.zone}` : sql``}`
  const rows = await sql<Row[]>`
    select r.id, r.ticket_id, t.number, t.subject, r.client_id, cl.name as client_name, c.name as contact, a.name as assignee, r.score,
      r.comment, r.at
    from rating r join ticket t on t.id = r.ticket_id join client cl on cl.id = r.client_id left join contact c on c.id = r.contact_id
      left join account a on a.id = t.assignee_id
    where ${filter}
      ${after ? sql`and (r.at, r.id) < (${isoInstant(after[0] as number)}::timestamptz, ${after[1] as number}::bigint)` : sql``}
    order by r.at desc, r.id desc limit ${query.limit + 1}`
  const [total] = await sql<{ count: number; meanHundredths: number | null }[]>`
    select count(*) as count, round(avg(r.score) * 100)::int as mean_hundredths from rating r join ticket t on t.id = r.ticket_id where ${filter}`
  const page = pageOf(rows, query.limit, (row) => [row.at, row.id])
  return { items: page.items.map(present), nextCursor: page.nextCursor, ...total! }
}

function present(row: Row): RatingView {
  return {
    id: row.id,
    ticket: { id: row.ticketId, number: row.number, subject: row.subject },
    client: { id: row.clientId, name: row.clientName },
    contact: row.contact,
    assignee: row.assignee,
    score: row.score,
    comment: row.comment,
    at: isoInstant(row.at),
  }
}

interface ContractRating {
  contractId: number
  ticketNumber: number
  score: number
  comment: string
}

/** Ratings given from `from` up to, not including, `to`, for contracts' reports. */
export async function ratingsOf(
  sql: Queryable,
  ask: { contractIds: readonly number[]; from: Instant; to: Instant },
): Promise<ContractRating[]> {
  return sql<ContractRating[]>`
    select t.contract_id, t.number as ticket_number, r.score, r.comment from rating r join ticket t on t.id = r.ticket_id
    where t.contract_id = any(${[...ask.contractIds]}::bigint[]) and r.at >= ${isoInstant(ask.from)}::timestamptz
      and r.at < ${isoInstant(ask.to)}::timestamptz
    order by t.number`
}
