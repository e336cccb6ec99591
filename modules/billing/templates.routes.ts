import { type Actor, forSides, read, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import { documentRefusals } from './documents.refusals.ts'
import {
  logoBody,
  logoView,
  paperTemplate,
  previewBody,
  previewView,
  templateBody,
  templateList,
} from './templates.contract.ts'
import { listTemplates, templateById } from './templates.read-model.ts'

const tag = 'documents'

/** How papers look: the administrator changes texts, columns and the logo, sees a sample, and may go back to the shipped look. */
export function templateRoutes(billing: Billing): AnyRoute<Actor>[] {
  const common = { method: 'POST', tag, policy: 'document_template.change' } as const
  return forSides(
    ['staff'],
    [
      read({
        path: '/document-templates',
        summary: 'Looks of papers: what may be changed of each kind, and every version',
        tag,
        policy: 'document_template.read',
        replies: templateList,
        handle: ({ read: run }) => run(listTemplates),
      }),
      write({
        ...common,
        path: '/document-templates',
        summary: 'Change the look of a kind of paper from a day on, or return to the shipped one',
        status: 201,
        body: templateBody,
        replies: paperTemplate,
        handle: async ({ tx, caller, body }) => {
          const found = await templateById(tx, await billing.saveTemplate(tx, caller, body))
          if (!found) throw documentRefusals.refuse('billing.template_not_found')
          return found
        },
      }),
      write({
        ...common,
        path: '/document-templates/logo',
        summary: 'Upload a logo for papers: PNG or JPEG, redrawn before it is kept',
        status: 201,
        body: logoBody,
        replies: logoView,
        handle: ({ body }) => billing.keepLogo(Buffer.from(body.content, 'base64')),
      }),
      write({
        ...common,
        path: '/document-templates/preview',
        summary: 'A sample paper with a look that is not saved yet, as PDF in base64',
        body: previewBody,
        replies: previewView,
        handle: async ({ tx, body }) => ({ pdf: (await billing.previewTemplate(tx, body)).toString('base64') }),
      }),
    ],
  )
}
