import { isoInstant } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import type { DraftForm, DraftStep, draftView } from './contract.ts'

export type DraftView = z.infer<typeof draftView>

/** Open drafts of a person, and of clients that they serve; the newest first. `id` narrows to one. */
export async function listDrafts(sql: Queryable, condition: ReturnType<Queryable>, id?: number): Promise<DraftView[]> {
  const rows = await sql<(Omit<DraftView, 'updatedAt'> & { updatedAt: number })[]>`
    select d.id, d.client_id, c.name as client_name, d.title, d.step, d.form, a.name as by, d.updated_at, d.version
    from contract_draft d join account a on a.id = d.created_by left join client c on c.id = d.client_id
    where d.contract_id is null and d.discarded_at is null and ${condition} ${id === undefined ? sql`` : sql`and d.id = ${id}`}
    order by d.updated_at desc, d.id desc limit 200`
  return rows.map((row) => ({ ...row, updatedAt: isoInstant(row.updatedAt) }))
}

/** Keeps a draft for this transaction; null when there is none within the condition. */
export async function lockDraft(
  tx: Tx,
  condition: ReturnType<Queryable>,
  id: number,
): Promise<{ contractId: number | null } | null> {
  const [row] = await tx<{ contractId: number | null }[]>`
    select d.contract_id from contract_draft d where d.id = ${id} and d.discarded_at is null and ${condition} for update`
  return row ?? null
}

export async function insertDraft(
  tx: Tx,
  row: { form: DraftForm; step: DraftStep; createdBy: number },
): Promise<number> {
  const { form, step, createdBy } = row
  const [made] = await tx<{ id: number }[]>`
    insert into contract_draft (client_id, title, step, form, created_by)
    values (${form.clientId}, ${form.title}, ${step}, ${tx.json(form as unknown as Json)}, ${createdBy}) returning id`
  return made!.id
}

export async function updateDraft(
  tx: Tx,
  id: number,
  row: { form: DraftForm; step: DraftStep },
  expected: number | null,
): Promise<void> {
  const { form, step } = row
  const rows = await tx`
    update contract_draft set client_id = ${form.clientId}, title = ${form.title}, step = ${step},
      form = ${tx.json(form as unknown as Json)}, updated_at = app_now(), version = version + 1
    where id = ${id} ${expected === null ? tx`` : tx`and version = ${expected}`} returning id`
  if (rows.length === 1) return
  const [now] = await tx<{ version: number }[]>`select version from contract_draft where id = ${id}`
  throw refuseHttp('http.version_conflict', { details: { currentVersion: now?.version ?? null } })
}

export async function closeDraft(tx: Tx, id: number, contractId: number | null): Promise<void> {
  await tx`update contract_draft set contract_id = ${contractId}, version = version + 1,
      discarded_at = case when ${contractId === null} then app_now() end where id = ${id}`
}
