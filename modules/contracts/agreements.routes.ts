import { type Action, type Actor, read, refuseAccess, scopeOf, write } from '@opora/access'
import { civilDateIn } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { AnyRoute } from '@opora/platform/http'
import {
  contractParams,
  contractView,
  draftBody,
  draftCheck,
  draftList,
  draftParams,
  draftView,
  endingBody,
  endingPreview,
  endingQuery,
  endingReply,
  handoverBody,
  handoverParams,
  indexationBody,
  versionPreview,
  versionPreviewBody,
} from './contract.ts'
import { contractFileRoutes } from './contract-files.routes.ts'
import type { ContractsPorts, SamplePorts } from './contracts.ports.ts'
import { type ContractView, contractCard } from './contracts.read-model.ts'
import type { Contracts } from './contracts.service.ts'
import { draftFileRoutes } from './draft-files.routes.ts'
import { unitUseRoutes } from './unit-use.routes.ts'
import { checkDraft, draftOf, draftsOf } from './verbs/drafts.ts'
import { endingView, previewEnding } from './verbs/endings.ts'
import { indexedTerms, previewVersion } from './verbs/version-preview.ts'

export type AgreementPorts = SamplePorts & Pick<ContractsPorts, 'isMonthClosed'> & { files: FileStore }

/** A contract's way: drafts, the look at a new version before it is signed, papers, the end. */
export function agreementRoutes(contracts: Contracts, ports: AgreementPorts): AnyRoute<Actor>[] {
  return [
    ...draftRoutes(contracts),
    ...draftEndRoutes(contracts),
    ...draftFileRoutes(contracts, ports.files),
    ...previewRoutes(ports),
    ...endingRoutes(contracts),
    ...contractFileRoutes(ports.files),
    ...unitUseRoutes(contracts, ports),
  ]
}

const tag = 'contracts'

function draftRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contract-drafts',
      summary: 'Contracts on their way to the signature, the newest first',
      tag,
      policy: 'contract.change',
      replies: draftList,
      handle: ({ caller, read }) => read(async (sql) => ({ items: await draftsOf(sql, caller) })),
    }),
    read({
      path: '/contract-drafts/:id',
      summary: 'A draft as it was left',
      tag,
      policy: 'contract.change',
      params: draftParams,
      replies: draftView,
      handle: ({ caller, params, read }) => read((sql) => draftOf(sql, caller, params.id)),
    }),
    write({
      method: 'POST',
      path: '/contract-drafts',
      summary: 'Begin a draft',
      tag,
      policy: 'contract.change',
      body: draftBody,
      replies: draftView,
      status: 201,
      handle: ({ tx, caller, body }) => contracts.addDraft(tx, caller, body),
    }),
    write({
      method: 'PUT',
      path: '/contract-drafts/:id',
      summary: 'Keep what has been filled in',
      tag,
      policy: 'contract.change',
      params: draftParams,
      body: draftBody,
      replies: draftView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        contracts.saveDraft(tx, caller, { ...body, id: params.id, expectedVersion }),
    }),
  ]
}

function draftEndRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contract-drafts/:id/check',
      summary: 'What a draft still wants, with the step where it is mended',
      tag,
      policy: 'contract.change',
      params: draftParams,
      replies: draftCheck,
      handle: ({ caller, params, read }) =>
        read(async (sql) => checkDraft(sql, caller, (await draftOf(sql, caller, params.id)).form)),
    }),
    write({
      method: 'POST',
      path: '/contract-drafts/:id/sign',
      summary: 'Conclude the contract; refused with everything that is wanting',
      tag,
      policy: 'contract.change',
      params: draftParams,
      replies: contractView,
      status: 201,
      handle: ({ tx, caller, params }) => contracts.signDraft(tx, caller, params.id),
    }),
    write({
      method: 'DELETE',
      path: '/contract-drafts/:id',
      summary: 'Throw a draft away',
      tag,
      policy: 'contract.change',
      params: draftParams,
      handle: async ({ tx, caller, params }) => contracts.discardDraft(tx, caller, params.id),
    }),
  ]
}

/** A contract within the scope of an action, or as good as none. */
async function demandContract(sql: Queryable, actor: Actor, action: Action, id: number): Promise<ContractView> {
  const contract = await contractCard(sql, scopeOf(actor, action), id)
  if (!contract) throw refuseAccess('access.not_found')
  return contract
}

function previewRoutes(ports: AgreementPorts): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/contracts/:id/versions/preview',
      summary: 'What a new version would say and cost in a month like the last; nothing is changed',
      tag,
      policy: 'contract.change',
      params: contractParams,
      body: versionPreviewBody,
      replies: versionPreview,
      status: 200,
      handle: async ({ tx, caller, params, body }) => {
        const contract = await demandContract(tx, caller, 'contract.change', params.id)
        return await previewVersion(tx, caller, ports, contract, body)
      },
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/indexation',
      summary: 'Prices raised by a share, as a version to look at; nothing is changed',
      tag,
      policy: 'contract.change',
      params: contractParams,
      body: indexationBody,
      replies: versionPreview,
      status: 200,
      handle: async ({ tx, caller, params, body }) => {
        const contract = await demandContract(tx, caller, 'contract.change', params.id)
        const { terms, warnings } = await indexedTerms(tx, contract, body)
        const preview = await previewVersion(tx, caller, ports, contract, { validFrom: body.validFrom, terms })
        return { ...preview, warnings: [...warnings, ...preview.warnings] }
      },
    }),
  ]
}

function endingRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/ending',
      summary: 'The planned end of a contract with its hand-over',
      tag,
      policy: 'contract.billing',
      params: contractParams,
      replies: endingReply,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          const contract = await demandContract(sql, caller, 'contract.billing', params.id)
          return { ending: await endingView(sql, contract) }
        }),
    }),
    read({
      path: '/contracts/:id/ending/preview',
      summary: 'What ending a contract on a day would stop, hand over and leave',
      tag,
      policy: 'contract.change',
      params: contractParams,
      query: endingQuery,
      replies: endingPreview,
      handle: ({ caller, params, query, read }) =>
        read(async (sql) => {
          const contract = await demandContract(sql, caller, 'contract.change', params.id)
          const on = query.on ?? civilDateIn(contract.zone, await databaseNow(sql))
          return await previewEnding(sql, contract, on)
        }),
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/ending',
      summary: 'End a contract on a day; what is left is settled by its rule the day after',
      tag,
      policy: 'contract.change',
      params: contractParams,
      body: endingBody,
      replies: endingReply,
      status: 201,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await contracts.endContract(tx, caller, { ...body, id: params.id, expectedVersion })
        return { ending: await endingView(tx, await demandContract(tx, caller, 'contract.change', params.id)) }
      },
    }),
    write({
      method: 'PUT',
      path: '/contracts/:id/ending/:code',
      summary: 'Mark a thing of the hand-over as done, or not',
      tag,
      policy: 'contract.change',
      params: handoverParams,
      body: handoverBody,
      replies: endingReply,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await contracts.handOver(tx, caller, { ...params, ...body, expectedVersion })
        return { ending: await endingView(tx, await demandContract(tx, caller, 'contract.change', params.id)) }
      },
    }),
  ]
}
