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

export interface OpenCredit {
  id: number
  titleRu: string
  titleEn: string
  kopecks: Kopecks
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
  async countCloses(sql: Queryable, contractId: number, period: CivilMonth): Promise<number> {
    const [row] = await sql<{ count: number }[]>`
      select count(*) as count from period_close where contract_id = ${contractId} and period = ${period}`
    return row!.count
  },
  async insertClose(
    tx: Tx,
    row: {
      clientId: number
      contractId: number
      period: CivilMonth
      figures: unknown
      figuresSha256: string
      closedBy: number | null
    },
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into period_close ${tx({ ...row, state: 'closed', figures: tx.json(row.figures as Json) } as never)} returning id`
    return made!.id
  },
  async figuresOf(sql: Queryable, closeId: number): Promise<CloseStatement> {
    const [row] = await sql<{ figures: CloseStatement }[]>`select figures from period_close where id = ${closeId}`
    return row!.figures
  },
  async insertCredit(tx: Tx, row: NewCredit): Promise<void> {
    await tx`insert into period_credit ${tx({ ...row, evidence: tx.json(row.evidence as Json) } as never)} on conflict do nothing`
  },
  /** Credits that were approved and that no close has taken yet, in one order. */
  async openCredits(sql: Queryable, contractId: number, month: CivilMonth): Promise<OpenCredit[]> {
    return sql<OpenCredit[]>`
      select id, title_ru, title_en, kopecks from period_credit
      where contract_id = ${contractId} and state = 'approved' and close_id is null and (period is null or period <= ${month}) order by id`
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
  async penaltyState(sql: Queryable, contractId: number, month: CivilMonth): Promise<string | null> {
    const [row] = await sql<{ state: string }[]>`
      select state from period_credit where contract_id = ${contractId} and source = 'penalty' and source_id = ${month}`
    return row?.state ?? null
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
  async takeCredits(tx: Tx, closeId: number, ids: readonly number[]): Promise<void> {
    if (ids.length > 0)
      await tx`update period_credit set close_id = ${closeId}, version = version + 1 where id in ${tx(ids)}`
  },
  async releaseCredits(tx: Tx, closeId: number): Promise<void> {
    await tx`update period_credit set close_id = null, version = version + 1 where close_id = ${closeId}`
  },
  async insertReport(
    tx: Tx,
    row: { clientId: number; contractId: number; period: CivilMonth; closeId: number; data: ClientReport },
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`
      insert into client_report ${tx({ ...row, data: tx.json(row.data as unknown as Json) } as never)}
      returning id`
    return made!.id
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
