import { type Actor, can, mayEver, scopeCondition, scopeOf } from '@opora/access'
import { contractById, versionOn, versionsOf } from '@opora/contracts'
import type { Instant, Locale, Page } from '@opora/core'
import { civilDateIn, decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { CabinetEstimateView, EstimateQuery, EstimateView } from './contract.ts'
import { approvedTotals, type EstimateLine, estimateOn, estimateTotals } from './domain/estimate.ts'
import { estimateAgainstFact, gateTime } from './domain/estimate-gate.ts'
import { type EstimateRow, estimateRounds, roundOf } from './estimate-rounds.ts'
import { usedOnTicket } from './time.read-model.ts'

interface Row extends EstimateRow {
  number: number
  subject: string
  clientName: string
  author: string
  createdAt: Instant
  answer: string | null
  usedMinutes: number | null
  zone: string
  today: string
}

/** What a partner's own role may read of an estimate: the work without its price and the client's words. */
function partnerSource(sql: Queryable, actor: Actor) {
  return sql`select e.id, e.client_id, e.ticket_id, e.round, e.state, e.title, e.specification, e.work_lines as lines, e.minutes,
      0 as amount_kopecks, e.valid_until, e.author_id, e.offered_at, e.decided_at, (e.decided_at at time zone ${actor.zone})::date as decided_on,
      null as decided_by, null as decision_comment, null as answer, null as used_minutes, e.version, e.created_at, t.number, t.subject, cl.name as client_name,
      a.name as author, ${actor.zone}::text as zone, (app_now() at time zone ${actor.zone})::date as today
    from estimate e join ticket t on t.id = e.ticket_id join client cl on cl.id = e.client_id join account a on a.id = e.author_id`
}

function source(sql: Queryable, actor: Actor) {
  if (actor.side === 'partner') return partnerSource(sql, actor)
  return sql`select e.id, e.client_id, e.ticket_id, e.round, e.state, e.title, e.specification, e.lines, e.minutes, e.amount_kopecks,
      e.valid_until, e.author_id, e.offered_at, e.decided_at, (e.decided_at at time zone cl.zone)::date as decided_on,
      coalesce(dc.name, da.name) as decided_by, e.decision_comment, e.answer, e.version, e.created_at, t.number, t.subject, cl.name as client_name,
      a.name as author, cl.zone, (app_now() at time zone cl.zone)::date as today,
      case when e.state = 'approved' then (select coalesce(sum(w.charged_minutes), 0)::bigint from time_entry w
        where w.ticket_id = e.ticket_id and w.billable and w.visible) end as used_minutes
    from estimate e join ticket t on t.id = e.ticket_id join client cl on cl.id = e.client_id join account a on a.id = e.author_id
      left join contact dc on dc.id = e.decided_by_contact_id left join account da on da.id = e.decided_by_account_id`
}

function scoped(sql: Queryable, actor: Actor) {
  return scopeCondition(sql, scopeOf(actor, 'estimate.read'), {
    client: sql`e.client_id`,
    owner: sql`e.author_id`,
    // of what was passed to them a partner reads what they prepared
    shared: (accountId) => sql`e.author_id = ${accountId}`,
  })
}

function common(row: Row) {
  return {
    id: row.id,
    ticket: { id: row.ticketId, number: row.number, subject: row.subject },
    round: row.round,
    supplementary: row.round > 1,
    state: estimateOn(roundOf(row), row.today).state,
    title: row.title,
    specification: row.specification,
    minutes: row.minutes,
    validUntil: row.validUntil,
    author: row.author,
    offeredAt: isoInstantOrNull(row.offeredAt),
    decidedAt: isoInstantOrNull(row.decidedAt),
    decidedBy: row.decidedBy,
    comment: row.decisionComment,
    answer: row.answer,
  }
}

function pricedLines(lines: readonly EstimateLine[]) {
  const { lineKopecks } = estimateTotals(lines)
  return lines.map((line, index) => ({
    title: line.title,
    minutes: line.minutes,
    ratePerHourKopecks: line.ratePerHourKopecks,
    sumKopecks: lineKopecks[index] ?? 0,
  }))
}

function present(row: Row, actor: Actor): EstimateView {
  const seesMoney = mayEver(actor, 'price.read')
  return {
    ...common(row),
    client: { id: row.clientId, name: row.clientName },
    lines: seesMoney
      ? pricedLines(row.lines)
      : row.lines.map(({ title, minutes }) => ({ title, minutes, ratePerHourKopecks: null, sumKopecks: null })),
    amountKopecks: seesMoney ? row.amountKopecks : null,
    createdAt: isoInstant(row.createdAt),
    version: row.version,
  }
}

function presentToClient(row: Row, actor: Actor): CabinetEstimateView {
  const base = common(row)
  return {
    ...base,
    lines: pricedLines(row.lines),
    amountKopecks: row.amountKopecks,
    usedMinutes: row.usedMinutes,
    mayDecide: base.state === 'offered' && can(actor, 'estimate.decide', { clientId: row.clientId }),
  }
}

export async function estimateView(sql: Queryable, actor: Actor, id: number): Promise<EstimateView | null> {
  const [row] = await sql<Row[]>`${source(sql, actor)} where e.id = ${id} and ${scoped(sql, actor)}`
  return row ? present(row, actor) : null
}

/** A ticket's rounds, the latest first. */
export async function estimatesOfTicket(sql: Queryable, actor: Actor, ticketId: number): Promise<EstimateView[]> {
  const rows = await sql<
    Row[]
  >`${source(sql, actor)} where e.ticket_id = ${ticketId} and ${scoped(sql, actor)} order by e.round desc`
  return rows.map((row) => present(row, actor))
}

export async function listEstimates(sql: Queryable, actor: Actor, query: EstimateQuery): Promise<Page<EstimateView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)
  if (query.cursor !== undefined && typeof after?.[0] !== 'number')
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const rows = await sql<Row[]>`${source(sql, actor)} where ${scoped(sql, actor)}
      ${query.state ? sql`and e.state = ${query.state}` : sql``}
      ${query.clientId ? sql`and e.client_id = ${query.clientId}` : sql``}
      ${after ? sql`and e.id < ${after[0] as number}::bigint` : sql``}
    order by e.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.id])
  return { ...page, items: page.items.map((row) => present(row, actor)) }
}

const CABINET_ESTIMATES_MAX = 200

/** Estimates that wait for the client, or all that were offered to them. */
export async function cabinetEstimates(
  sql: Queryable,
  actor: Actor,
  which: 'waiting' | 'all',
): Promise<CabinetEstimateView[]> {
  const rows = await sql<Row[]>`${source(sql, actor)} where ${scoped(sql, actor)} and e.offered_at is not null
      ${which === 'waiting' ? sql`and e.state in ('offered', 'asked')` : sql`and e.state <> 'draft'`}
    order by e.id desc limit ${CABINET_ESTIMATES_MAX}`
  return rows.map((row) => presentToClient(row, actor))
}

export async function cabinetEstimateView(
  sql: Queryable,
  actor: Actor,
  id: number,
): Promise<CabinetEstimateView | null> {
  const [row] = await sql<
    Row[]
  >`${source(sql, actor)} where e.id = ${id} and e.offered_at is not null and ${scoped(sql, actor)}`
  return row ? presentToClient(row, actor) : null
}

/** How far the work on a ticket has come of what was approved; `null` where nothing was. */
export async function estimateProgressOf(
  sql: Queryable,
  ticket: { id: number; contractId: number | null },
  locale: Locale,
) {
  const approved = approvedTotals((await estimateRounds.ofTicket(sql, ticket.id)).map(roundOf))
  if (approved === null) return null
  const { countedMinutes } = await usedOnTicket(sql, ticket.id)
  const contract = ticket.contractId === null ? null : await contractById(sql, ticket.contractId)
  const today = civilDateIn(contract?.zone ?? 'UTC', await databaseNow(sql))
  const terms = contract === null ? null : (versionOn(await versionsOf(sql, contract.id), today)?.terms ?? null)
  const warnAtPercent = terms?.estimates.warnAtPercent ?? 80
  const state = {
    approvedMinutes: approved.minutes,
    usedMinutes: countedMinutes,
    tolerancePercent: terms?.estimates.tolerancePercent ?? 0,
    warnAtPercent,
  }
  const gate = gateTime(state, 0)
  const percent = approved.minutes === 0 ? null : Math.round((countedMinutes * 100) / approved.minutes)
  return {
    approvedMinutes: approved.minutes,
    limitMinutes: gate.limitMinutes,
    usedMinutes: countedMinutes,
    percent,
    warned: percent !== null && percent >= warnAtPercent,
    explanation: gate.explanation[locale],
  }
}

/** Actual against estimate of a ticket that had one approved. */
export async function estimateFactOf(sql: Queryable, ticketId: number) {
  const approved = approvedTotals((await estimateRounds.ofTicket(sql, ticketId)).map(roundOf))
  if (approved === null) return null
  return estimateAgainstFact(approved, (await usedOnTicket(sql, ticketId)).countedMinutes)
}
