import type { Refusal } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import type { RunAct } from './month-runs.contract.ts'

export interface RunRow {
  id: number
  month: string
  act: RunAct
  reason: string
  accountId: number
  finishedAt: number | null
}

export const runsStore = {
  async insert(
    tx: Tx,
    run: { month: string; act: RunAct; reason: string; accountId: number },
    contracts: readonly { id: number; clientId: number }[],
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into month_run ${tx(run)} returning id`
    const runId = made!.id
    await tx`
      insert into month_run_item (run_id, contract_id, client_id)
      select ${runId}, r.id, r."clientId" from jsonb_to_recordset(${tx.json([...contracts])}) as r(id bigint, "clientId" bigint)`
    return runId
  },
  async find(sql: Queryable, id: number): Promise<RunRow | null> {
    const [row] = await sql<RunRow[]>`
      select id, month, act, reason, account_id, finished_at from month_run where id = ${id}`
    return row ?? null
  },
  /** The next contracts of a run, locked: two workers never take the same. */
  async takeWaiting(tx: Tx, runId: number, limit: number): Promise<number[]> {
    const rows = await tx<{ contractId: number }[]>`
      select contract_id from month_run_item where run_id = ${runId} and state = 'waiting'
      order by contract_id limit ${limit} for update skip locked`
    return rows.map((row) => row.contractId)
  },
  async settle(
    tx: Tx,
    runId: number,
    outcomes: readonly { contractId: number; refused: Refusal | null }[],
  ): Promise<void> {
    const rows = outcomes.map(({ contractId, refused }) => ({
      contractId,
      state: refused ? 'refused' : 'done',
      code: refused?.code ?? null,
      ru: refused?.sentence('ru') ?? null,
      en: refused?.sentence('en') ?? null,
    }))
    await tx`
      update month_run_item i set state = r.state, code = r.code, sentence_ru = r.ru, sentence_en = r.en
      from jsonb_to_recordset(${tx.json(rows as Json)}) as r("contractId" bigint, state text, code text, ru text, en text)
      where i.run_id = ${runId} and i.contract_id = r."contractId"`
  },
  async finish(tx: Tx, runId: number): Promise<void> {
    await tx`update month_run set finished_at = app_now() where id = ${runId} and finished_at is null
      and not exists (select 1 from month_run_item where run_id = ${runId} and state = 'waiting')`
  },
}
