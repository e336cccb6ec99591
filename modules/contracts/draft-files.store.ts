import type { Queryable, Tx } from '@opora/platform/database'
import type { contractFileKinds } from './contract.ts'

interface DraftFileRow {
  id: number
  kind: (typeof contractFileKinds)[number]
  name: string
  sizeBytes: number
  addedAt: number
  by: string | null
}

export interface NewDraftFile {
  draftId: number
  kind: DraftFileRow['kind']
  name: string
  mediaType: string
  sha256: string
  sizeBytes: number
  addedBy: number | null
}

/** Papers of a contract that is being drawn up, in the order in which they were chosen. */
export const draftFiles = {
  async of(sql: Queryable, draftId: number): Promise<DraftFileRow[]> {
    return await sql<DraftFileRow[]>`
      select f.id, f.kind, f.name, f.size_bytes, f.added_at, a.name as by
      from contract_draft_file f left join account a on a.id = f.added_by
      where f.draft_id = ${draftId} and f.removed_at is null order by f.id`
  },
  async add(tx: Tx, row: NewDraftFile): Promise<void> {
    await tx`insert into contract_draft_file ${tx(row as never)}`
  },
  /** False: the draft has no such paper. */
  async remove(tx: Tx, draftId: number, id: number): Promise<boolean> {
    const rows = await tx`update contract_draft_file set removed_at = app_now()
      where id = ${id} and draft_id = ${draftId} and removed_at is null returning id`
    return rows.length === 1
  },
  /** The draft has become a contract: its papers are the contract's. */
  async give(tx: Tx, draftId: number, contract: { id: number; clientId: number }): Promise<void> {
    await tx`
      insert into contract_file (client_id, contract_id, kind, name, media_type, sha256, size_bytes, added_by, added_at)
      select ${contract.clientId}, ${contract.id}, kind, name, media_type, sha256, size_bytes, added_by, added_at
      from contract_draft_file where draft_id = ${draftId} and removed_at is null order by id`
  },
}
