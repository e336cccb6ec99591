import { type Actor, read, write } from '@opora/access'
import type { FileStore } from '@opora/platform/files'
import type { AnyRoute } from '@opora/platform/http'
import { contractFileList, contractFileParams, contractFileQuery, draftParams } from './contract.ts'
import type { Contracts } from './contracts.service.ts'
import { refuseContractService } from './service.refusals.ts'
import { draftFilesOf } from './verbs/draft-files.ts'

const tag = 'contracts'

/** Papers of a contract that is being drawn up: kept with the draft, the contract's own once it is concluded. */
export function draftFileRoutes(contracts: Contracts, files: FileStore): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contract-drafts/:id/files',
      summary: 'Papers chosen for a contract that is being drawn up',
      tag,
      policy: 'contract.change',
      params: draftParams,
      replies: contractFileList,
      handle: ({ caller, params, read }) => read((sql) => draftFilesOf(sql, caller, params.id)),
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
        if (!file) throw refuseContractService('contracts.file_not_found', { field: 'file' })
        const { name, mime: mediaType } = file
        const { sha256, sizeBytes } = await files.put(file.bytes)
        return contracts.addDraftFile(tx, caller, {
          draftId: params.id,
          kind: query.kind,
          name,
          mediaType,
          sha256,
          sizeBytes,
        })
      },
    }),
    write({
      method: 'DELETE',
      path: '/contract-drafts/:id/files/:fileId',
      summary: 'Take a paper away from a contract that is being drawn up',
      tag,
      policy: 'contract.change',
      params: contractFileParams,
      handle: ({ tx, caller, params }) =>
        contracts.removeDraftFile(tx, caller, { draftId: params.id, fileId: params.fileId }),
    }),
  ]
}
