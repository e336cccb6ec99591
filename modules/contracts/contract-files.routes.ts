import { type Action, type Actor, read, refuseAccess, scopeOf, write, writeAudit } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { AnyRoute } from '@opora/platform/http'
import type { z } from 'zod'
import {
  contractFileList,
  contractFileParams,
  contractFileQuery,
  type contractFileView,
  contractParams,
} from './contract.ts'
import { contractCard } from './contracts.read-model.ts'
import { refuseContractService } from './service.refusals.ts'

type FileView = z.infer<typeof contractFileView>
interface FileRow extends Omit<FileView, 'addedAt'> {
  addedAt: number
  mediaType: string
  sha256: string
}

const tag = 'contracts'

/** Papers of a contract: the signed text, annexes, the letter of guarantee. */
export function contractFileRoutes(files: FileStore): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/files',
      summary: 'Papers attached to a contract',
      tag,
      policy: 'contract.billing',
      params: contractParams,
      replies: contractFileList,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          await demandContract(sql, caller, 'contract.billing', params.id)
          return { items: (await filesOf(sql, params.id)).map(viewOf) }
        }),
    }),
    read({
      path: '/contracts/:id/files/:fileId/content',
      summary: 'A paper of a contract, to save',
      tag,
      policy: 'contract.billing',
      params: contractFileParams,
      raw: { contentType: 'application/octet-stream' },
      handle: async ({ caller, params, read, reply }) => {
        const file = await read(async (sql) => {
          await demandContract(sql, caller, 'contract.billing', params.id)
          return await fileOf(sql, params)
        })
        reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        reply.header('x-content-type-options', 'nosniff')
        reply.type('application/octet-stream')
        await reply.send(await files.read(file.sha256))
        return undefined
      },
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/files',
      summary: 'Attach a paper to a contract',
      description: 'A multipart form with one part `file`.',
      tag,
      policy: 'contract.change',
      params: contractParams,
      query: contractFileQuery,
      replies: contractFileList,
      status: 201,
      multipart: true,
      handle: async ({ tx, caller, params, query, file }) => {
        const clientId = await demandContract(tx, caller, 'contract.change', params.id)
        if (!file) throw refuseContractService('contracts.file_not_found', { field: 'file' })
        const { sha256, sizeBytes } = await files.put(file.bytes)
        await tx`insert into contract_file (client_id, contract_id, kind, name, media_type, sha256, size_bytes, added_by)
          values (${clientId}, ${params.id}, ${query.kind}, ${file.name}, ${file.mime}, ${sha256}, ${sizeBytes}, ${caller.accountId})`
        await note(tx, caller, 'contract.file_added', { id: params.id, clientId, name: file.name })
        return { items: (await filesOf(tx, params.id)).map(viewOf) }
      },
    }),
    write({
      method: 'DELETE',
      path: '/contracts/:id/files/:fileId',
      summary: 'Take a paper away; it stays in the store and in the audit',
      tag,
      policy: 'contract.change',
      params: contractFileParams,
      handle: async ({ tx, caller, params }) => {
        const clientId = await demandContract(tx, caller, 'contract.change', params.id)
        const { name } = await fileOf(tx, params)
        await tx`update contract_file set removed_at = app_now() where id = ${params.fileId}`
        await note(tx, caller, 'contract.file_removed', { id: params.id, clientId, name })
      },
    }),
  ]
}

async function demandContract(sql: Queryable, actor: Actor, action: Action, id: number): Promise<number> {
  const contract = await contractCard(sql, scopeOf(actor, action), id)
  if (!contract) throw refuseAccess('access.not_found')
  return contract.clientId
}

async function filesOf(sql: Queryable, contractId: number): Promise<FileRow[]> {
  return await sql<FileRow[]>`
    select f.id, f.kind, f.name, f.size_bytes, f.added_at, f.media_type, f.sha256, a.name as by
    from contract_file f left join account a on a.id = f.added_by
    where f.contract_id = ${contractId} and f.removed_at is null order by f.id desc`
}

async function fileOf(sql: Queryable, { id, fileId }: { id: number; fileId: number }): Promise<FileRow> {
  const found = (await filesOf(sql, id)).find((one) => one.id === fileId)
  if (!found) throw refuseContractService('contracts.file_not_found')
  return found
}

function viewOf({ id, kind, name, sizeBytes, addedAt, by }: FileRow): FileView {
  return { id, kind, name, sizeBytes, addedAt: isoInstant(addedAt), by }
}

async function note(tx: Tx, actor: Actor, action: string, given: { id: number; clientId: number; name: string }) {
  const { id, clientId, name } = given
  await writeAudit(tx, actor, { action, objectType: 'contract', objectId: id, clientId, detail: { name } })
}
