import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { CloseStatement, KnownContract } from '@opora/contracts'
import type { CivilMonth, Instant, Locale, Page } from '@opora/core'
import { decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { CabinetReportView, PeriodDetail, PeriodView, ReportQuery, ReportView } from './contract.ts'
import type { ClientReport } from './domain/client-report.ts'
import { unfinishedOfMonth } from './month-state.read-model.ts'
import type { StoredReport } from './report-files.ts'
import { planClose } from './verbs/close-month.ts'

interface PeriodRow extends KnownContract {
  clientName: string
  closeId: number | null
  state: 'closed' | 'sent' | null
  closedAt: Instant | null
  closedBy: string | null
  sentAt: Instant | null
  figures: CloseStatement | null
  figuresSha256: string | null
  reportId: number | null
  reportReady: boolean | null
}

const PERIODS_MAX = 500

/** Every contract that has this month, with how it stands: closed figures, or a preview with what is unfinished. */
export async function periodRows(
  sql: Queryable,
  actor: Actor,
  ask: { month: CivilMonth; clientId?: number | undefined; contractId?: number },
): Promise<PeriodRow[]> {
  return sql<PeriodRow[]>`
    select k.id, k.client_id, k.number, k.title, k.status, k.starts_on, k.ends_on, k.zone, cl.name as client_name, p.id as close_id,
      p.state, p.closed_at, a.name as closed_by, p.sent_at, p.figures, p.figures_sha256, r.id as report_id, r.pdf_sha256 <> '' as report_ready
    from contract k join client cl on cl.id = k.client_id
      left join period_close p on p.contract_id = k.id and p.period = ${ask.month} and p.state <> 'undone'
      left join account a on a.id = p.closed_by
      left join client_report r on r.close_id = p.id and r.withdrawn_at is null
    where k.status <> 'draft' and to_char(k.starts_on, 'YYYY-MM') <= ${ask.month}
      and (k.ends_on is null or ${ask.month} <= to_char(k.ends_on, 'YYYY-MM'))
      and ${scopeCondition(sql, scopeOf(actor, 'period.read'), { client: sql`k.client_id` })}
      ${ask.clientId ? sql`and k.client_id = ${ask.clientId}` : sql``}
      ${ask.contractId ? sql`and k.id = ${ask.contractId}` : sql``}
    order by cl.name, k.id limit ${PERIODS_MAX}`
}

export async function periodView(sql: Queryable, row: PeriodRow, month: CivilMonth, locale: Locale) {
  const isOpen = row.closeId === null
  const unfinished = isOpen ? await unfinishedOfMonth(sql, row, month) : []
  const statement = isOpen ? await previewOf(sql, row, month) : row.figures
  const view: PeriodView = {
    contract: { id: row.id, number: row.number, title: row.title },
    client: { id: row.clientId, name: row.clientName },
    month,
    state: row.state ?? 'open',
    closedAt: isoInstantOrNull(row.closedAt),
    closedBy: row.closedBy,
    sentAt: isoInstantOrNull(row.sentAt),
    unfinished: unfinished.map(({ kind, id, sentence }) => ({ kind, id, sentence: sentence[locale] })),
    figures: statement === null ? null : figuresOf(statement),
    reportId: row.reportId,
    reportReady: row.reportReady ?? false,
  }
  return { view, statement }
}

async function previewOf(sql: Queryable, row: PeriodRow, month: CivilMonth): Promise<CloseStatement | null> {
  const plan = await planClose(sql, row, month, { evenUnfinished: true })
  return plan.closed ? plan.statement : null
}

export async function periodDetail(
  sql: Queryable,
  row: PeriodRow,
  month: CivilMonth,
  locale: Locale,
): Promise<PeriodDetail> {
  const { view, statement } = await periodView(sql, row, month, locale)
  return {
    ...view,
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

function figuresOf({ buckets, totals }: CloseStatement): NonNullable<PeriodView['figures']> {
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

interface ListedReport {
  id: number
  period: CivilMonth
  contractId: number
  contractNumber: string
  contractTitle: string
  clientId: number
  clientName: string
  ready: boolean
  createdAt: Instant
  sentAt: Instant | null
  withdrawn: boolean
  summary: ClientReport['summary']
}

function reports(sql: Queryable, actor: Actor) {
  return sql`select r.id, r.period, r.contract_id, k.number as contract_number, k.title as contract_title, r.client_id,
      cl.name as client_name, r.pdf_sha256 <> '' as ready, r.created_at, r.sent_at, r.withdrawn_at is not null as withdrawn,
      r.data -> 'summary' as summary
    from client_report r join contract k on k.id = r.contract_id join client cl on cl.id = r.client_id
    where ${scopeCondition(sql, scopeOf(actor, 'report.read'), { client: sql`r.client_id` })}`
}

export async function listReports(sql: Queryable, actor: Actor, query: ReportQuery): Promise<Page<ReportView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)
  if (query.cursor !== undefined && typeof after?.[0] !== 'number')
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const rows = await sql<ListedReport[]>`${reports(sql, actor)}
      ${query.clientId ? sql`and r.client_id = ${query.clientId}` : sql``}
      ${query.month ? sql`and r.period = ${query.month}` : sql``}
      ${after ? sql`and r.id < ${after[0] as number}::bigint` : sql``}
    order by r.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.id])
  return {
    ...page,
    items: page.items.map((row) => ({
      id: row.id,
      month: row.period,
      contract: { id: row.contractId, number: row.contractNumber, title: row.contractTitle },
      client: { id: row.clientId, name: row.clientName },
      ready: row.ready,
      createdAt: isoInstant(row.createdAt),
      sentAt: isoInstantOrNull(row.sentAt),
      withdrawn: row.withdrawn,
    })),
  }
}

/** Reports that were sent to the reader's company, the latest month first. */
export async function cabinetReports(sql: Queryable, actor: Actor): Promise<CabinetReportView[]> {
  const rows = await sql<(ListedReport & { sentAt: Instant })[]>`${reports(sql, actor)}
    and r.sent_at is not null and r.withdrawn_at is null order by r.period desc, r.id desc limit 200`
  return rows.map((row) => ({
    id: row.id,
    month: row.period,
    contract: { number: row.contractNumber, title: row.contractTitle },
    sentAt: isoInstant(row.sentAt),
    summary: {
      opened: row.summary.opened,
      solved: row.summary.solved,
      rejected: row.summary.rejected,
      openAtEnd: row.summary.openAtEnd,
      breaches: row.summary.breaches,
      keptPermille: row.summary.keptPermille,
      workedMinutes: row.summary.workedMinutes,
      leftMinutes: row.summary.leftMinutes,
      overageMinutes: row.summary.overageMinutes,
    },
  }))
}

/** A report's data and the hashes of its files. */
interface ReportForFile extends StoredReport {
  data: ClientReport
}

/** A report for its file; in the cabinet only what was sent. */
export async function reportForFile(sql: Queryable, actor: Actor, id: number): Promise<ReportForFile | null> {
  const [row] = await sql<ReportForFile[]>`
    select r.data, r.pdf_sha256, r.xlsx_sha256, r.pdf_en_sha256, r.xlsx_en_sha256 from client_report r
    where r.id = ${id} and ${scopeCondition(sql, scopeOf(actor, 'report.read'), { client: sql`r.client_id` })}
      ${actor.contact ? sql`and r.sent_at is not null and r.withdrawn_at is null` : sql``}`
  return row ?? null
}
