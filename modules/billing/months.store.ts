import type { CloseStatement, KnownContract } from '@opora/contracts'
import type { CivilMonth, Kopecks } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import type { ClientReport } from './domain/client-report.ts'

interface NewClose {
  clientId: number
  contractId: number
  figures: CloseStatement
  figuresSha256: string
}

interface NewReport {
  clientId: number
  contractId: number
  closeId: number
  data: ClientReport
}

/** Closes of many contracts at once. */
export const closesStore = {
  async contracts(sql: Queryable, ids: readonly number[]): Promise<KnownContract[]> {
    return sql<KnownContract[]>`
      select id, client_id, number, title, status, starts_on, ends_on, zone from contract where id = any(${[...ids]}::bigint[]) order by id`
  },
  /** Contracts whose month is closed already; their closes are locked. */
  async lockStanding(tx: Tx, ids: readonly number[], month: CivilMonth): Promise<Set<number>> {
    const rows = await tx<{ contractId: number }[]>`
      select contract_id from period_close where contract_id = any(${[...ids]}::bigint[]) and period = ${month} and state <> 'undone'
      order by contract_id for update`
    return new Set(rows.map((row) => row.contractId))
  },
  /** Contracts whose penalties of the month somebody has looked at, or has before them. */
  async penaltiesJudged(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<Set<number>> {
    const rows = await sql<{ contractId: number }[]>`
      select contract_id from period_credit
      where contract_id = any(${[...ids]}::bigint[]) and source = 'penalty' and source_id = ${month}`
    return new Set(rows.map((row) => row.contractId))
  },
  /** Returns the ids of the closes by contract. */
  async insertCloses(
    tx: Tx,
    month: CivilMonth,
    closedBy: number | null,
    rows: readonly NewClose[],
  ): Promise<Map<number, number>> {
    const made = await tx<{ id: number; contractId: number }[]>`
      insert into period_close (client_id, contract_id, period, state, figures, figures_sha256, closed_by)
      select r."clientId", r."contractId", ${month}, 'closed', r.figures, r."figuresSha256", ${closedBy}
      from jsonb_to_recordset(${tx.json(rows as unknown as Json)}) as r("clientId" bigint, "contractId" bigint, figures jsonb, "figuresSha256" text)
      order by r."contractId" returning id, contract_id`
    return new Map(made.map((row) => [row.contractId, row.id]))
  },
  async takeCredits(tx: Tx, taken: readonly { id: number; closeId: number }[]): Promise<void> {
    if (taken.length === 0) return
    await tx`
      update period_credit c set close_id = r."closeId", version = version + 1
      from jsonb_to_recordset(${tx.json([...taken])}) as r(id bigint, "closeId" bigint) where c.id = r.id`
  },
  /** What a month could not set against its charges is the client's still: it waits as a credit of the month after. */
  async carryCredits(
    tx: Tx,
    month: CivilMonth,
    next: CivilMonth,
    rows: readonly { clientId: number; contractId: number; kopecks: Kopecks }[],
  ): Promise<void> {
    if (rows.length === 0) return
    await tx`
      insert into period_credit (client_id, contract_id, period, source, source_id, title_ru, title_en, kopecks, state)
      select r."clientId", r."contractId", ${next}, 'carry', ${month}, ${`Не зачтено за ${month}`}, ${`Left uncredited of ${month}`},
        r.kopecks, 'approved'
      from jsonb_to_recordset(${tx.json([...rows])}) as r("clientId" bigint, "contractId" bigint, kopecks bigint)
      order by r."contractId"
      on conflict (contract_id, source, source_id) do update set kopecks = excluded.kopecks, state = 'approved', close_id = null,
        version = period_credit.version + 1`
  },
  /** Returns the ids of the reports. */
  async insertReports(tx: Tx, month: CivilMonth, rows: readonly NewReport[]): Promise<number[]> {
    const made = await tx<{ id: number }[]>`
      insert into client_report (client_id, contract_id, period, close_id, data)
      select r."clientId", r."contractId", ${month}, r."closeId", r.data
      from jsonb_to_recordset(${tx.json(rows as unknown as Json)}) as r("clientId" bigint, "contractId" bigint, "closeId" bigint, data jsonb)
      order by r."contractId" returning id`
    return made.map((row) => row.id)
  },
}
