import { type Actor, forSides, read, refuseAccess, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import { paperRoutes } from './document-files.routes.ts'
import { cabinetDocument, cabinetDocumentList, idParams, objectBody } from './documents.contract.ts'
import { cabinetDocuments } from './documents.read-model.ts'
import { documentRefusals } from './documents.refusals.ts'

const tag = 'cabinet'

/** The client's papers: read, take, accept, object. */
export function cabinetDocumentRoutes(billing: Billing): AnyRoute<Actor>[] {
  const common = { method: 'POST', tag, policy: 'document.decide', params: idParams, replies: cabinetDocument } as const
  return forSides(
    ['client'],
    [
      read({
        path: '/cabinet/documents',
        summary: 'My company’s closing documents, the newest first',
        tag,
        policy: 'document.read',
        replies: cabinetDocumentList,
        handle: ({ caller, read: run }) =>
          run(async (sql) => {
            if (!caller.contact) throw refuseAccess('access.not_allowed')
            return { items: await cabinetDocuments(sql, caller) }
          }),
      }),
      write({
        ...common,
        path: '/cabinet/documents/:id/opened',
        summary: 'Say that a document was looked at',
        policy: 'document.read',
        handle: async ({ tx, caller, params }) => {
          await billing.markOpened(tx, caller, params.id)
          return one(tx, caller, params.id)
        },
      }),
      write({
        ...common,
        path: '/cabinet/documents/:id/accept',
        summary: 'Accept an act',
        handle: async ({ tx, caller, params }) => {
          await billing.acceptDocument(tx, caller, params.id)
          return one(tx, caller, params.id)
        },
      }),
      write({
        ...common,
        path: '/cabinet/documents/:id/object',
        summary: 'Object to lines of an act',
        body: objectBody,
        handle: async ({ tx, caller, params, body }) => {
          await billing.objectTo(tx, caller, { id: params.id, lines: body.lines })
          return one(tx, caller, params.id)
        },
      }),
      ...paperRoutes(billing, '/cabinet/documents'),
    ],
  )
}

async function one(sql: Queryable, actor: Actor, id: number) {
  const found = (await cabinetDocuments(sql, actor)).find((document) => document.id === id)
  if (!found) throw documentRefusals.refuse('billing.document_not_found')
  return found
}
