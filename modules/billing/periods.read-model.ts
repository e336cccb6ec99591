import { type Action, type Actor, can, scopeCondition, scopeOf } from '@opora/access'
import type { CloseStatement, KnownContract, Unfinished } from '@opora/contracts'
import type { CivilMonth, Instant, Locale } from '@opora/core'
import { decodeCursor, isoInstantOrNull, pageOf } from '@opora/core'
import { escapeLike } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { PeriodDetail, PeriodList, PeriodQuery, PeriodView } from './contract.ts'
import { planMonths } from './month-plans.read-model.ts'
import type { RunAct } from './month-runs.contract.ts'
import { unfinishedOfMonths } from './month-state.read-model.ts'

interface PeriodRow extends KnownContract {
  clientName: string
  closeId: number | null
  state: 'closed' | 'sent' | null
  closedAt: Instant | null
  closedBy: string | null
  sentAt: Instant | null
  figuresSha256: string | null
  chargedKopecks: number | null
  creditedKopecks: number | null
  dueKopecks: number | null
  reportId: number | null
  reportReady: boolean | null
  documents: number
  unsentDocuments: number
}

type Standing = NonNullable<PeriodQuery['state']>

/** Contracts that have this month, with how each stands; neither what is unfinished nor figures. */
async function periodRows(
  sql: Queryable,
  actor: Actor,
  ask: Pick<PeriodQuery, 'month' | 'clientId' | 'q'> & { contractId?: number },
): Promise<PeriodRow[]> {
  const like = ask.q ? `%${escapeLike(ask.q)}%` : null
  return sql<PeriodRow[]>`
    select k.id, k.client_id, k.number, k.title, k.status, k.starts_on, k.ends_on, k.zone, cl.name as client_name, p.id as close_id,
      p.state, p.closed_at, a.name as closed_by, p.sent_at, p.figures_sha256, p.charged_kopecks, p.credited_kopecks, p.due_kopecks,
      r.id as report_id, r.pdf_sha256 <> '' as report_ready,
      coalesce(d.count, 0) as documents, coalesce(d.unsent, 0) as unsent_documents
    from contract k join client cl on cl.id = k.client_id
      left join period_close p on p.contract_id = k.id and p.period = ${ask.month} and p.state <> 'undone'
      left join account a on a.id = p.closed_by
      left join client_report r on r.close_id = p.id and r.withdrawn_at is null
      left join lateral (select count(*)::int as count, count(*) filter (where sent_at is null)::int as unsent
        from closing_document where close_id = p.id and state = 'issued') d on true
    where k.status <> 'draft' and k.starts_on < (${`${ask.month}-01`}::date + interval '1 month')
      and (k.ends_on is null or ${`${ask.month}-01`}::date <= k.ends_on)
      and ${scopeCondition(sql, scopeOf(actor, 'period.read'), { client: sql`k.client_id` })}
      ${ask.clientId ? sql`and k.client_id = ${ask.clientId}` : sql``}
      ${ask.contractId ? sql`and k.id = ${ask.contractId}` : sql``}
      ${like ? sql`and (cl.name || ' ' || k.number || ' ' || k.title) ilike ${like}` : sql``}
    order by cl.name collate "C", k.id`
}

function standingOf(row: PeriodRow, unfinished: ReadonlyMap<number, Unfinished[]>): Standing {
  if (row.state !== null) return row.state
  return (unfinished.get(row.id) ?? []).length > 0 ? 'blocked' : 'ready'
}

/** A month over all contracts: a page of them with figures or a preview, and how many stand how. */
export async function listPeriods(
  sql: Queryable,
  actor: Actor,
  query: PeriodQuery,
  locale: Locale,
): Promise<PeriodList> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
  if (query.cursor !== undefined && (typeof after?.[0] !== 'string' || typeof after[1] !== 'number'))
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const rows = await periodRows(sql, actor, query)
  const unfinished = await unfinishedOfMonths(
    sql,
    rows.filter((row) => row.state === null),
    query.month,
  )
  const wanted = rows.filter(
    (row) =>
      (query.state === undefined || standingOf(row, unfinished) === query.state) &&
      (after === null || isPast(row, after)),
  )
  const page = pageOf(wanted.slice(0, query.limit + 1), query.limit, (row) => [row.clientName, row.id])
  return {
    items: await periodViews(sql, page.items, query.month, locale),
    nextCursor: page.nextCursor,
    summary: summaryOf(rows, unfinished),
  }
}

function isPast(row: PeriodRow, [name, id]: readonly unknown[]): boolean {
  return row.clientName > String(name) || (row.clientName === name && row.id > Number(id))
}

function summaryOf(rows: readonly PeriodRow[], unfinished: ReadonlyMap<number, Unfinished[]>): PeriodList['summary'] {
  const standings = Map.groupBy(rows, (row) => standingOf(row, unfinished))
  const count = (standing: Standing) => standings.get(standing)?.length ?? 0
  const sum = (pick: (row: PeriodRow) => number | null) => rows.reduce((total, row) => total + (pick(row) ?? 0), 0)
  return {
    contracts: rows.length,
    blocked: count('blocked'),
    ready: count('ready'),
    closed: count('closed'),
    sent: count('sent'),
    withoutDocuments: rows.filter((row) => row.state !== null && row.documents === 0).length,
    unsentDocuments: rows.reduce((total, row) => total + row.unsentDocuments, 0),
    chargedKopecks: sum((row) => row.chargedKopecks),
    creditedKopecks: sum((row) => row.creditedKopecks),
    dueKopecks: sum((row) => row.dueKopecks),
  }
}

/** Contracts that an act may be done to: those named, or all that stand ready for it. */
export async function contractsFor(
  sql: Queryable,
  actor: Actor,
  ask: { month: CivilMonth; act: RunAct; action: Action; ids: readonly number[] | null },
): Promise<{ id: number; clientId: number }[]> {
  const rows = (await periodRows(sql, actor, { month: ask.month })).filter((row) =>
    can(actor, ask.action, { clientId: row.clientId }),
  )
  const wanted = ask.ids === null ? null : new Set(ask.ids)
  const chosen =
    wanted === null ? await readyFor(sql, rows, ask.month, ask.act) : rows.filter((row) => wanted.has(row.id))
  return chosen.map(({ id, clientId }) => ({ id, clientId }))
}

async function readyFor(
  sql: Queryable,
  rows: readonly PeriodRow[],
  month: CivilMonth,
  act: RunAct,
): Promise<readonly PeriodRow[]> {
  if (act === 'undo') return rows.filter((row) => row.state === 'closed')
  if (act === 'send_report') return rows.filter((row) => row.state === 'closed')
  if (act === 'issue') return rows.filter((row) => row.state !== null && row.documents === 0)
  if (act === 'send_documents') return rows.filter((row) => row.unsentDocuments > 0)
  const open = rows.filter((row) => row.state === null)
  const unfinished = await unfinishedOfMonths(sql, open, month)
  return open.filter((row) => standingOf(row, unfinished) === 'ready')
}

type Figures = Pick<CloseStatement, 'buckets' | 'totals'>

/** Rows as they are shown: figures of closed months as kept, of open ones as they would be. */
async function periodViews(
  sql: Queryable,
  rows: readonly PeriodRow[],
  month: CivilMonth,
  locale: Locale,
): Promise<PeriodView[]> {
  const kept = await keptFigures(sql, rows)
  const open = rows.filter((row) => row.closeId === null)
  const plans = await planMonths(sql, open, month, { evenUnfinished: true })
  return rows.map((row) => {
    const planned = plans.get(row.id)
    const statement = planned?.plan.closed ? planned.plan.statement : (kept.get(row.closeId ?? 0) ?? null)
    return viewOf(row, month, locale, planned?.unfinished ?? [], statement)
  })
}

async function keptFigures(sql: Queryable, rows: readonly PeriodRow[]): Promise<Map<number, Figures>> {
  const ids = rows.flatMap((row) => (row.closeId === null ? [] : [row.closeId]))
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: number; figures: Figures }[]>`
    select id, jsonb_build_object('buckets', figures -> 'buckets', 'totals', figures -> 'totals') as figures
    from period_close where id = any(${ids}::bigint[])`
  return new Map(found.map((row) => [row.id, row.figures]))
}

function viewOf(
  row: PeriodRow,
  month: CivilMonth,
  locale: Locale,
  unfinished: readonly Unfinished[],
  statement: Figures | null,
): PeriodView {
  return {
    contract: { id: row.id, number: row.number, title: row.title },
    client: { id: row.clientId, name: row.clientName },
    month,
    state: row.state ?? 'open',
    closedAt: isoInstantOrNull(row.closedAt),
    closedBy: row.closedBy,
    sentAt: isoInstantOrNull(row.sentAt),
    unfinished: unfinished.map(({ kind, id, ticketNumber, date, sentence }) => ({
      kind,
      id,
      ticketNumber: ticketNumber === null ? null : Number(ticketNumber),
      date,
      sentence: sentence[locale],
    })),
    figures: statement?.totals ? figuresOf(statement) : null,
    documents: row.documents,
    unsentDocuments: row.unsentDocuments,
    reportId: row.reportId,
    reportReady: row.reportReady ?? false,
  }
}

/** One contract's month in full; `null` where the reader or the contract has no such month. */
export async function periodOf(
  sql: Queryable,
  actor: Actor,
  given: { id: number; month: CivilMonth },
  locale: Locale,
): Promise<PeriodDetail | null> {
  const { month } = given
  const [row] = await periodRows(sql, actor, { month, contractId: given.id })
  if (!row) return null
  const planned =
    row.closeId === null ? (await planMonths(sql, [row], month, { evenUnfinished: true })).get(row.id) : undefined
  const statement = planned?.plan.closed ? planned.plan.statement : await wholeFigures(sql, row.closeId)
  return {
    ...viewOf(row, month, locale, planned?.unfinished ?? [], statement),
    figuresSha256: row.figuresSha256,
    buckets: (statement?.buckets ?? []).map((bucket) => ({
      name: bucket.name[locale],
      openingMinutes: bucket.openingMinutes,
      grantedMinutes: bucket.grantedMinutes,
      carriedInMinutes: bucket.carriedInMinutes,
      drawnMinutes: bucket.drawnMinutes,
      correctedMinutes: bucket.correctedMinutes,
      burnedMinutes: bucket.burnedMinutes,
      carriedOutMinutes: bucket.carriedOutMinutes,
      closingMinutes: bucket.closingMinutes,
    })),
    lines: (statement?.lines ?? []).map((line) => ({
      kind: line.kind,
      title: line.title[locale],
      minutes: line.minutes,
      ratePerHourKopecks: line.ratePerHourKopecks,
      sumKopecks: line.sumKopecks,
      ticketId: line.ticketId === null ? null : Number(line.ticketId),
      explanation: line.explanation.map((step) => step[locale]),
    })),
  }
}

async function wholeFigures(sql: Queryable, closeId: number | null): Promise<CloseStatement | null> {
  if (closeId === null) return null
  const [row] = await sql<{ figures: CloseStatement }[]>`select figures from period_close where id = ${closeId}`
  return row?.figures ?? null
}

function figuresOf({ buckets, totals }: Figures): NonNullable<PeriodView['figures']> {
  const sum = (pick: (bucket: CloseStatement['buckets'][number]) => number) =>
    buckets.reduce((total, bucket) => total + pick(bucket), 0)
  return {
    openingMinutes: sum((bucket) => bucket.openingMinutes),
    grantedMinutes: sum((bucket) => bucket.grantedMinutes + bucket.carriedInMinutes),
    drawnMinutes: sum((bucket) => bucket.drawnMinutes),
    burnedMinutes: sum((bucket) => bucket.burnedMinutes),
    carriedOutMinutes: sum((bucket) => bucket.carriedOutMinutes),
    closingMinutes: sum((bucket) => bucket.closingMinutes),
    ...totals,
  }
}
