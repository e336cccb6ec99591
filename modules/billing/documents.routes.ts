import { type Actor, can, forSides, read, refuseAccess, write } from '@opora/access'
import { contractById } from '@opora/contracts'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import { fileRoutes } from './document-files.routes.ts'
import { exportCsv, exportXlsx } from './documents/export-table.ts'
import {
  answerBody,
  answerParams,
  contractBilling,
  contractBillingBody,
  correctionBody,
  document,
  documentList,
  documentQuery,
  exportQuery,
  idParams,
  legalEntity,
  legalEntityBody,
  legalEntityList,
  monthDocuments,
  monthParams,
  reasonBody,
  reconciliationBody,
} from './documents.contract.ts'
import {
  contractBillingOf,
  documentById,
  documentsOfMonth,
  legalEntityById,
  listDocuments,
  listLegalEntities,
  papersOfMonth,
} from './documents.read-model.ts'
import { documentRefusals } from './documents.refusals.ts'
import { REPORT_MIME } from './report-files.ts'

const tag = 'documents'

/** Closing documents as the provider's people handle them. */
export function documentRoutes(billing: Billing): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      ...entityRoutes(billing),
      ...contractRoutes(billing),
      ...monthRoutes(billing),
      ...paperReads(),
      ...paperActs(billing),
      ...correctionActs(billing),
      ...fileRoutes(billing),
    ],
  )
}

function entityRoutes(billing: Billing): AnyRoute<Actor>[] {
  const common = { tag, policy: 'legal_entity.change', replies: legalEntity } as const
  const shown = async (sql: Queryable, id: number) => {
    const found = await legalEntityById(sql, id)
    if (!found) throw documentRefusals.refuse('billing.legal_entity_not_found')
    return found
  }
  return [
    read({
      path: '/legal-entities',
      summary: 'Legal entities of the provider, with what their papers still lack',
      tag,
      policy: 'legal_entity.read',
      replies: legalEntityList,
      handle: ({ read: run }) => run(async (sql) => ({ items: await listLegalEntities(sql) })),
    }),
    write({
      ...common,
      method: 'POST',
      path: '/legal-entities',
      summary: 'Add a legal entity that issues documents',
      status: 201,
      body: legalEntityBody,
      handle: async ({ tx, caller, body }) =>
        shown(tx, await billing.saveLegalEntity(tx, caller, { id: null, version: null, values: body })),
    }),
    write({
      ...common,
      method: 'PUT',
      path: '/legal-entities/:id',
      summary: 'Change a legal entity; what was issued stays as it was',
      versioned: true,
      params: idParams,
      body: legalEntityBody,
      handle: async ({ tx, caller, params, body, expectedVersion }) =>
        shown(tx, await billing.saveLegalEntity(tx, caller, { id: params.id, version: expectedVersion, values: body })),
    }),
    write({
      ...common,
      method: 'POST',
      path: '/legal-entities/:id/archive',
      summary: 'Put a legal entity away: nothing more is issued from it',
      params: idParams,
      handle: async ({ tx, caller, params }) => {
        await billing.archiveLegalEntity(tx, caller, params.id)
        return shown(tx, params.id)
      },
    }),
  ]
}

async function ownContract(sql: Queryable, actor: Actor, id: number, action: 'contract.billing' | 'contract.bill') {
  const contract = await contractById(sql, id)
  if (!contract || !can(actor, action, { clientId: contract.clientId })) throw refuseAccess('access.not_found')
}

function contractRoutes(billing: Billing): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/billing',
      summary: 'How a contract is billed: from whom, by which papers, with which terms',
      tag,
      policy: 'contract.billing',
      params: idParams,
      replies: contractBilling,
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => {
          await ownContract(sql, caller, params.id, 'contract.billing')
          return contractBillingOf(sql, params.id)
        }),
    }),
    write({
      method: 'PUT',
      path: '/contracts/:id/billing',
      summary: 'Change how a contract is billed from now on',
      tag,
      policy: 'contract.bill',
      params: idParams,
      body: contractBillingBody,
      replies: contractBilling,
      handle: async ({ tx, caller, params, body }) => {
        await ownContract(tx, caller, params.id, 'contract.bill')
        await billing.saveContractBilling(tx, caller, { contractId: params.id, values: body })
        return contractBillingOf(tx, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/reconciliation',
      summary: 'Make a reconciliation statement of a contract for a period',
      tag,
      policy: 'document.issue',
      status: 201,
      params: idParams,
      body: reconciliationBody,
      replies: document,
      handle: async ({ tx, caller, params, body }) => {
        const id = await billing.reconcile(tx, caller, { contractId: params.id, ...body })
        return one(tx, caller, id)
      },
    }),
  ]
}

async function one(sql: Queryable, actor: Actor, id: number) {
  const found = await documentById(sql, actor, id)
  if (!found) throw documentRefusals.refuse('billing.document_not_found')
  return found
}

function monthRoutes(billing: Billing): AnyRoute<Actor>[] {
  const common = {
    method: 'POST',
    tag,
    policy: 'document.issue',
    params: monthParams,
    replies: monthDocuments,
  } as const
  return [
    read({
      path: '/contracts/:id/periods/:month/documents',
      summary: 'Papers of a contract’s month',
      tag,
      policy: 'document.read',
      params: monthParams,
      replies: monthDocuments,
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => {
          const contract = await contractById(sql, params.id)
          if (!contract || !can(caller, 'document.read', { clientId: contract.clientId }))
            throw refuseAccess('access.not_found')
          return { items: await documentsOfMonth(sql, params.id, params.month) }
        }),
    }),
    write({
      ...common,
      path: '/contracts/:id/periods/:month/documents',
      summary: 'Issue the papers of a closed month: invoice, act or УПД, счёт-фактура',
      status: 201,
      handle: async ({ tx, caller, params }) => {
        await billing.issueDocuments(tx, caller, { contractId: params.id, month: params.month })
        return { items: await documentsOfMonth(tx, params.id, params.month) }
      },
    }),
    write({
      ...common,
      path: '/contracts/:id/periods/:month/documents/send',
      summary: 'Send the papers of a month to the client; the time for objections begins',
      handle: async ({ tx, caller, params }) => {
        await billing.sendDocuments(tx, caller, { contractId: params.id, month: params.month })
        return { items: await documentsOfMonth(tx, params.id, params.month) }
      },
    }),
  ]
}

function paperReads(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/documents',
      summary: 'Closing documents, the newest first',
      tag,
      policy: 'document.read',
      query: documentQuery,
      replies: documentList,
      handle: ({ query, caller, read: run }) => run((sql) => listDocuments(sql, caller, query)),
    }),
    read({
      path: '/documents/export',
      summary: 'A month’s documents for 1C, line by line, as CSV or XLSX',
      tag,
      policy: 'document.read',
      query: exportQuery,
      raw: { contentType: 'application/octet-stream' },
      handle: async ({ query, caller, read: run, reply }) => {
        const { month, format } = query
        const papers = await run((sql) => papersOfMonth(sql, caller, month))
        reply.header('content-disposition', `attachment; filename="documents-${month}.${format}"`)
        reply.header('x-content-type-options', 'nosniff')
        reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : REPORT_MIME.xlsx)
        await reply.send(format === 'csv' ? exportCsv(papers) : await exportXlsx(papers))
        return undefined
      },
    }),
    read({
      path: '/documents/:id',
      summary: 'A closing document with its lines, its acceptance and objections',
      tag,
      policy: 'document.read',
      params: idParams,
      replies: document,
      handle: ({ params, caller, read: run }) => run((sql) => one(sql, caller, params.id)),
    }),
  ]
}

/** What is done about a paper that the client has already. */
function correctionActs(billing: Billing): AnyRoute<Actor>[] {
  const common = { method: 'POST', tag, policy: 'document.issue', params: idParams, status: 201 } as const
  return [
    write({
      ...common,
      path: '/documents/:id/corrections',
      summary:
        'Lower lines of an act or a УПД by a corrective document, with a corrective счёт-фактура where one stands beside it',
      body: correctionBody,
      replies: document,
      handle: async ({ tx, caller, params, body }) =>
        one(tx, caller, await billing.correctDocument(tx, caller, { id: params.id, ...body })),
    }),
    write({
      ...common,
      path: '/documents/:id/amendments',
      summary: 'Issue a счёт-фактура or a УПД again under its number with the parties’ details of today (line 1а)',
      body: reasonBody,
      replies: document,
      handle: async ({ tx, caller, params, body }) =>
        one(tx, caller, await billing.amendDocument(tx, caller, { id: params.id, reason: body.reason })),
    }),
  ]
}

function paperActs(billing: Billing): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/documents/:id/void',
      summary: 'Make a document void; its number stays',
      tag,
      policy: 'document.issue',
      params: idParams,
      body: reasonBody,
      replies: document,
      handle: async ({ tx, caller, params, body }) => {
        await billing.voidDocument(tx, caller, { id: params.id, reason: body.reason })
        return one(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/documents/:id/send',
      summary: 'Send one document to the client: a reconciliation, or what was issued anew',
      tag,
      policy: 'document.issue',
      params: idParams,
      replies: document,
      handle: async ({ tx, caller, params }) => {
        await billing.sendDocument(tx, caller, params.id)
        return one(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/documents/:id/links/revoke',
      summary: 'Take back the links of letters that show a document; the cabinet still does',
      tag,
      policy: 'document.issue',
      params: idParams,
      replies: document,
      handle: async ({ tx, caller, params }) => {
        await billing.revokeDocumentLinks(tx, caller, params.id)
        return one(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/documents/:id/objections/:objection',
      summary: 'Answer the client’s objection to a line',
      tag,
      policy: 'document.issue',
      params: answerParams,
      body: answerBody,
      replies: document,
      handle: async ({ tx, caller, params, body }) => {
        await billing.answerObjection(tx, caller, { id: params.id, objectionId: params.objection, ...body })
        return one(tx, caller, params.id)
      },
    }),
  ]
}
