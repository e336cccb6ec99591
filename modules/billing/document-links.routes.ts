import { type Actor, type Links, type OpenedLink, read, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import { paperSeenBy, sendPaper } from './document-files.routes.ts'
import { linkedDocumentsOf } from './document-history.read-model.ts'
import { createLinkBrake } from './document-links.brake.ts'
import { linkedDocuments, linkedFileParams, linkedOpenedParams, linkParams } from './documents.contract.ts'
import { documentRefusals } from './documents.refusals.ts'

/** Papers of a letter: the link reaches those that it was sent with, and nothing beside. */
function idsOf({ subject }: Pick<OpenedLink, 'subject'>): number[] {
  const { documentIds } = subject
  return Array.isArray(documentIds) ? documentIds.filter((id): id is number => typeof id === 'number') : []
}

function demandOwn(link: OpenedLink, id: number): void {
  if (!idsOf(link).includes(id)) throw documentRefusals.refuse('billing.document_not_found')
}

/** A letter's link to a month's papers: read and taken without signing in, until it ends or is taken back. */
export function documentLinkRoutes(billing: Billing, links: Links): AnyRoute<Actor>[] {
  const brake = createLinkBrake()
  const common = { tag: 'links', policy: 'public' } as const
  return [
    read({
      ...common,
      path: '/links/document.view/:token',
      summary: 'The documents that a letter is about',
      params: linkParams,
      replies: linkedDocuments,
      handle: async ({ params, ip }) => {
        brake.take(ip)
        return links.read(params.token, 'document.view', (sql, link) => linkedDocumentsOf(sql, link.actor, idsOf(link)))
      },
    }),
    read({
      ...common,
      path: '/links/document.view/:token/:id/:format',
      summary: 'A document’s file by a letter’s link',
      params: linkedFileParams,
      raw: { contentType: 'application/octet-stream' },
      handle: async ({ params, ip, reply }) => {
        brake.take(ip)
        const paper = await links.read(params.token, 'document.view', async (sql, link) => {
          demandOwn(link, params.id)
          return paperSeenBy(sql, link.actor, params.id)
        })
        await sendPaper(billing, { reply }, paper, params.format)
        return undefined
      },
    }),
    write({
      ...common,
      method: 'POST',
      path: '/links/document.view/:token/:id/opened',
      summary: 'Say that a document was opened by a letter’s link',
      ownTransactions: true,
      params: linkedOpenedParams,
      replies: linkedDocuments,
      handle: async ({ params, ip }) => {
        brake.take(ip)
        return links.act(params.token, 'document.view', async (tx, link) => {
          demandOwn(link, params.id)
          await billing.markOpened(tx, link.actor, params.id, true)
          return linkedDocumentsOf(tx, link.actor, idsOf(link))
        })
      },
    }),
  ]
}
