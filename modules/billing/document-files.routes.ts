import { randomUUID } from 'node:crypto'
import { type Actor, read } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute, ReadContext } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import { renderPaperXlsx } from './documents/paper-xlsx.ts'
import { renderUpdXml } from './documents/upd-xml.ts'
import { idParams } from './documents.contract.ts'
import { paperFor } from './documents.read-model.ts'
import { documentRefusals } from './documents.refusals.ts'
import type { ClosingDocument } from './domain/documents/closing-document.ts'
import { updFileName } from './domain/documents/upd-tree.ts'
import { REPORT_MIME } from './report-files.ts'
import { paperFileName } from './verbs/document-life.ts'

type FileContext = ReadContext<Actor, { id: number }, unknown>
export type PaperFormat = 'pdf' | 'xlsx'

/** Files of a paper for the provider's people. */
export function fileRoutes(billing: Billing): AnyRoute<Actor>[] {
  return [...paperRoutes(billing), xmlRoute()]
}

/** A paper as PDF and as a workbook, under the desk or the cabinet. */
export function paperRoutes(billing: Billing, under = '/documents'): AnyRoute<Actor>[] {
  const tag = under === '/documents' ? 'documents' : 'cabinet'
  const common = { tag, policy: 'document.read', params: idParams } as const
  return [
    read({
      ...common,
      path: `${under}/:id/pdf`,
      summary: 'A closing document as PDF',
      raw: { contentType: REPORT_MIME.pdf },
      handle: (context: FileContext) => paperFile(billing, context, 'pdf'),
    }),
    read({
      ...common,
      path: `${under}/:id/xlsx`,
      summary: 'A closing document as a workbook',
      raw: { contentType: REPORT_MIME.xlsx },
      handle: (context: FileContext) => paperFile(billing, context, 'xlsx'),
    }),
  ]
}

async function paperFile(billing: Billing, context: FileContext, format: PaperFormat): Promise<undefined> {
  const { caller, params, read: run } = context
  await sendPaper(billing, context, await run((sql) => paperSeenBy(sql, caller, params.id)), format)
}

type Paper = NonNullable<Awaited<ReturnType<typeof paperFor>>>

/** A paper that the actor may see; the client sees those that were sent. */
export async function paperSeenBy(sql: Queryable, actor: Actor, id: number): Promise<Paper> {
  const paper = await paperFor(sql, actor, id)
  if (!paper || (actor.side === 'client' && !paper.sent)) throw documentRefusals.refuse('billing.document_not_found')
  return paper
}

export async function sendPaper(
  billing: Billing,
  context: Pick<FileContext, 'reply'>,
  paper: Paper,
  format: PaperFormat,
): Promise<void> {
  const bytes = format === 'pdf' ? await billing.paperBytes(paper) : await renderPaperXlsx(paper.data)
  download(context, paperFileName(paper, format), REPORT_MIME[format])
  await context.reply.send(bytes)
}

function xmlRoute(): AnyRoute<Actor> {
  return read({
    path: '/documents/:id/xml',
    summary: 'УПД or счёт-фактура as a file of format 5.03',
    tag: 'documents',
    policy: 'document.read',
    params: idParams,
    raw: { contentType: 'application/xml' },
    handle: async (context: FileContext) => {
      const paper = await context.read((sql) => paperSeenBy(sql, context.caller, context.params.id))
      const names = { senderId: paper.edo.sender, receiverId: paper.edo.receiver, fileId: randomUUID() }
      const made = renderable(paper.data) ? renderUpdXml(paper.data, names) : null
      if (made === null) throw documentRefusals.refuse('billing.document_not_found')
      if ('faults' in made) {
        const places = made.faults.map((fault) => fault.path).join('; ')
        throw documentRefusals.refuse('billing.xml_impossible', { params: { places }, details: made })
      }
      download(context, `${updFileName(paper.data, names)}.xml`, 'application/xml')
      await context.reply.send(made.bytes)
      return undefined
    },
  })
}

function renderable({ kind }: Pick<ClosingDocument, 'kind'>): boolean {
  return kind === 'upd' || kind === 'factura' || kind === 'act'
}

function download({ reply }: Pick<FileContext, 'reply'>, name: string, mime: string): void {
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  reply.header('x-content-type-options', 'nosniff')
  reply.type(mime)
}
