import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { CivilMonth, Instant, Page } from '@opora/core'
import { decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { CabinetReportView, ReportQuery, ReportView } from './contract.ts'
import type { ClientReport } from './domain/client-report.ts'
import type { StoredReport } from './report-files.ts'

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
