import { type Actor, read, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { AnyRoute } from '@opora/platform/http'
import { contractFileList, contractFileParams, contractFileQuery, draftParams } from './contract.ts'
import { draftFiles } from './draft-files.store.ts'
import { refuseContractService } from './service.refusals.ts'
import { draftOf, draftToChange } from './verbs/drafts.ts'

const tag = 'contracts'

/** Papers of a contract that is being drawn up: kept with the draft, the contract's own once it is concluded. */
export function draftFileRoutes(files: FileStore): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contract-drafts/:id/files',
      summary: 'Papers chosen for a contract that is being drawn up',
      tag,
      policy: 'contract.change',
      params: draftParams,
      replies: contractFileList,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          await draftOf(sql, caller, params.id)
          return await listed(sql, params.id)
        }),
    }),
    write({
      method: 'POST',
      path: '/contract-drafts/:id/files',
      summary: 'Choose a paper for a contract that is being drawn up',
      description: 'A multipart form with one part `file`.',
      tag,
      policy: 'contract.change',
      params: draftParams,
      query: contractFileQuery,
      replies: contractFileList,
      status: 201,
      multipart: true,
      handle: async ({ tx, caller, params, query, file }) => {
        await draftToChange(tx, caller, params.id)
        if (!file) throw refuseContractService('contracts.file_not_found', { field: 'file' })
        const { sha256, sizeBytes } = await files.put(file.bytes)
        await draftFiles.add(tx, {
          draftId: params.id,
          kind: query.kind,
          name: file.name,
          mediaType: file.mime,
          sha256,
          sizeBytes,
          addedBy: caller.accountId,
        })
        return await listed(tx, params.id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/contract-drafts/:id/files/:fileId',
      summary: 'Take a paper away from a contract that is being drawn up',
      tag,
      policy: 'contract.change',
      params: contractFileParams,
      handle: async ({ tx, caller, params }) => {
        await draftToChange(tx, caller, params.id)
        if (!(await draftFiles.remove(tx, params.id, params.fileId)))
          throw refuseContractService('contracts.file_not_found')
      },
    }),
  ]
}

async function listed(sql: Queryable, draftId: number) {
  const items = await draftFiles.of(sql, draftId)
  return { items: items.map((row) => ({ ...row, addedAt: isoInstant(row.addedAt) })) }
}
