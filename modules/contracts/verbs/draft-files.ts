import type { Actor } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { draftFiles, type NewDraftFile } from '../draft-files.store.ts'
import { refuseContractService } from '../service.refusals.ts'
import { draftOf, draftToChange } from './drafts.ts'

/** The papers of a draft that the actor may go on with. */
export async function draftFilesOf(sql: Queryable, actor: Actor, draftId: number) {
  await draftOf(sql, actor, draftId)
  const items = await draftFiles.of(sql, draftId)
  return { items: items.map((row) => ({ ...row, addedAt: isoInstant(row.addedAt) })) }
}

export const draftFileVerbs = {
  async addDraftFile(tx: Tx, actor: Actor, file: Omit<NewDraftFile, 'addedBy'>) {
    await draftToChange(tx, actor, file.draftId)
    await draftFiles.add(tx, { ...file, addedBy: actor.accountId })
    return await draftFilesOf(tx, actor, file.draftId)
  },
  async removeDraftFile(tx: Tx, actor: Actor, { draftId, fileId }: { draftId: number; fileId: number }): Promise<void> {
    await draftToChange(tx, actor, draftId)
    if (!(await draftFiles.remove(tx, draftId, fileId))) throw refuseContractService('contracts.file_not_found')
  },
}
