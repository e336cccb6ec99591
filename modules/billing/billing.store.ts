import type { CloseStatement } from '@opora/contracts'
import type { CivilMonth, Instant, Kopecks } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import type { ClientReport } from './domain/client-report.ts'
import type { StoredReport } from './report-files.ts'

export interface CloseRow {
  id: number
  clientId: number
  contractId: number
  period: CivilMonth
  state: 'closed' | 'sent' | 'undone'
  figuresSha256: string
  closedAt: Instant
  sentAt: Instant | null
}

export interface ReportRow extends StoredReport {
  id: number
  clientId: number
  contractId: number
  period: CivilMonth
  closeId: number
  data: ClientReport
  createdAt: Instant
  sentAt: Instant | null
  withdrawnAt: Instant | null
}

export interface NewCredit {
  clientId: number
  contractId: number
  period?: CivilMonth
  source: 'penalty' | 'objection'
  sourceId: string
  titleRu: string
  titleEn: string
  kopecks: Kopecks
  evidence: Record<string, unknown>
  state: 'proposed' | 'approved'
}

export const billingStore = {
  /** Takes the contract's ledger for this transaction, in the order in which whoever draws hours takes it. */
  async lockContract(tx: Tx, contractId: number): Promise<void> {
    await tx`select 1 from contract where id = ${contractId} for no key update`
  },
  /** The standing close of a contract's month, locked; undone ones are history. */
  async lockClose(tx: Tx, contractId: number, period: CivilMonth): Promise<CloseRow | null> {
    const [row] = await tx<CloseRow[]>`
      select id, client_id, contract_id, period, state, figures_sha256, closed_at, sent_at from period_close
      where contract_id = ${contractId} and period = ${period} and state <> 'undone' for update`
    return row ?? null
  },
  async figuresOf(sql: Queryable, closeId: number): Promise<CloseStatement> {
    const [row] = await sql<{ figures: CloseStatement }[]>`select figures from period_close where id = ${closeId}`
    return row!.figures
  },
  async insertCredit(tx: Tx, row: NewCredit): Promise<void> {
    await tx`insert into period_credit ${tx({ ...row, evidence: tx.json(row.evidence as Json) } as never)} on conflict do nothing`
  },
  /** One proposal a month; counted anew while it waits, left alone once it is decided. */
  async proposePenalty(tx: Tx, row: NewCredit): Promise<void> {
    const { titleRu, titleEn, kopecks } = row
    const evidence = tx.json(row.evidence as Json)
    await tx`
      insert into period_credit ${tx({ ...row, evidence } as never)}
      on conflict (contract_id, source, source_id) do update
        set title_ru = ${titleRu}, title_en = ${titleEn}, kopecks = ${kopecks}, evidence = ${evidence}, version = period_credit.version + 1
        where period_credit.state = 'proposed'`
  },
  /** A proposal that the facts no longer bear out is rejected by itself, and stays to be seen. */
  async dropProposal(tx: Tx, contractId: number, month: CivilMonth): Promise<void> {
    await tx`
      update period_credit set state = 'rejected', decided_at = app_now(), decision = '—', version = version + 1
      where contract_id = ${contractId} and source = 'penalty' and source_id = ${month} and state = 'proposed'`
  },
  async lockCredit(tx: Tx, id: number) {
    const [row] = await tx<
      { id: number; clientId: number; contractId: number; period: CivilMonth | null; state: string; kopecks: Kopecks }[]
    >`select id, client_id, contract_id, period, state, kopecks from period_credit where id = ${id} for update`
    return row ?? null
  },
  async decideCredit(
    tx: Tx,
    id: number,
    given: { state: 'approved' | 'rejected'; decidedBy: number | null; decision: string },
  ): Promise<void> {
    await tx`update period_credit set ${tx(given)}, decided_at = app_now(), version = version + 1 where id = ${id}`
  },
  /** Contracts with penalty rules whose last month is over, open, and not looked at. */
  async contractsToPropose(sql: Queryable): Promise<{ id: number; month: CivilMonth }[]> {
    return sql<{ id: number; month: CivilMonth }[]>`
      with due as (
        select k.id, to_char((app_now() at time zone k.zone)::date - interval '1 month', 'YYYY-MM') as month, k.starts_on
        from contract k
        where k.status in ('active', 'suspended') and exists (
          select 1 from contract_version v where v.contract_id = k.id and jsonb_array_length(v.terms -> 'penalties' -> 'rules') > 0))
      select d.id, d.month from due d
      where to_char(d.starts_on, 'YYYY-MM') <= d.month
        and not exists (select 1 from period_credit c where c.contract_id = d.id and c.source = 'penalty' and c.source_id = d.month)
        and not exists (select 1 from period_close p where p.contract_id = d.id and p.period = d.month and p.state <> 'undone')`
  },
  async releaseCredits(tx: Tx, closeId: number): Promise<void> {
    await tx`update period_credit set close_id = null, version = version + 1 where close_id = ${closeId}`
    // what the close had carried on comes back with it
    await tx`
      update period_credit c set state = 'rejected', decision = '—', decided_at = app_now(), version = c.version + 1
      from period_close p where p.id = ${closeId} and c.contract_id = p.contract_id and c.source = 'carry' and c.source_id = p.period`
  },
  async keepFiles(tx: Tx, reportId: number, files: StoredReport): Promise<void> {
    await tx`update client_report set ${tx({ ...files })} where id = ${reportId}`
  },
  async markUndone(tx: Tx, closeId: number): Promise<void> {
    await tx`update period_close set state = 'undone', undone_at = app_now(), version = version + 1 where id = ${closeId}`
    await tx`update client_report set withdrawn_at = app_now() where close_id = ${closeId}`
  },
  async markSent(tx: Tx, closeId: number): Promise<void> {
    await tx`update period_close set state = 'sent', sent_at = app_now(), version = version + 1 where id = ${closeId}`
    await tx`update client_report set sent_at = app_now() where close_id = ${closeId} and withdrawn_at is null`
  },
  async reportOfClose(sql: Queryable, closeId: number): Promise<ReportRow | null> {
    const [row] = await sql<ReportRow[]>`
      select id, client_id, contract_id, period, close_id, data, pdf_sha256, xlsx_sha256, pdf_en_sha256, xlsx_en_sha256, created_at, sent_at, withdrawn_at
      from client_report where close_id = ${closeId} and withdrawn_at is null`
    return row ?? null
  },
  async report(sql: Queryable, id: number): Promise<ReportRow | null> {
    const [row] = await sql<ReportRow[]>`
      select id, client_id, contract_id, period, close_id, data, pdf_sha256, xlsx_sha256, pdf_en_sha256, xlsx_en_sha256, created_at, sent_at, withdrawn_at
      from client_report where id = ${id}`
    return row ?? null
  },
}
