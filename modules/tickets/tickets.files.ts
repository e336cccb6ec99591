import type { Actor } from '@opora/access'
import { can, read, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { refuseTicket } from './tickets.refusals.ts'
import { visibilitiesOf } from './tickets.service.ts'
import { ticketsStore } from './tickets.store.ts'
import { subjectOf } from './verbs/load-ticket.ts'

const tag = 'files'
const NAME_MAX = 200
const PREVIEW_PIXELS = 1600
// 40 megapixels: more is a bomb, not a screenshot.
const PIXEL_LIMIT = 40_000_000
const PREVIEWED = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

interface FileRow {
  name: string
  mime: string
  sizeBytes: number
  sha256: string
  ticketId: number | null
  visibility: string | null
  unverified: boolean | null
  uploadedByAccountId: number | null
  uploadedByContactId: number | null
}

async function readableFile(sql: Queryable, actor: Actor, publicId: string): Promise<FileRow> {
  const [row] = await sql<FileRow[]>`
    select f.name, f.mime, f.size_bytes, f.sha256, f.ticket_id, m.visibility, m.unverified, f.uploaded_by_account_id, f.uploaded_by_contact_id
    from attachment f left join message m on m.id = f.message_id where f.public_id = ${publicId}`
  if (!row) throw refuseTicket('ticket.not_found')
  if (row.ticketId === null) {
    const own =
      (actor.accountId !== null && row.uploadedByAccountId === actor.accountId) ||
      (actor.contact !== null && row.uploadedByContactId === actor.contact.id)
    if (!own) throw refuseTicket('ticket.not_found')
    return row
  }
  const ticket = await ticketsStore.readTicket(sql, row.ticketId)
  if (!ticket || !can(actor, 'attachment.read', await subjectOf(sql, ticket))) throw refuseTicket('ticket.not_found')
  const visible = row.visibility === null || visibilitiesOf(actor).includes(row.visibility)
  if (!visible || (row.unverified && actor.side !== 'staff')) throw refuseTicket('ticket.not_found')
  return row
}

/** Uploads and downloads. A file is never shown as what it says it is: it is downloaded, or re-encoded as a picture. */
export function fileRoutes(files: FileStore): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/uploads',
      summary: 'Upload a file for a message that is being written',
      description:
        'A multipart form with one part `file`. The id is given with the message; an upload that no message took is removed after a day.',
      tag,
      policy: 'attachment.add',
      status: 201,
      multipart: true,
      replies: z.object({ id: z.string(), name: z.string(), mime: z.string(), sizeBytes: z.number() }),
      handle: async ({ request, tx, caller }) => {
        const part = await request.file()
        if (!part) throw refuseTicket('ticket.file_missing', { field: 'file' })
        const bytes = await part.toBuffer()
        if (bytes.length === 0) throw refuseTicket('ticket.file_empty', { field: 'file' })
        const kept = await files.put(bytes)
        const name = cleanName(part.filename)
        const mime = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(part.mimetype) ? part.mimetype : 'application/octet-stream'
        const id = await ticketsStore.insertAttachment(tx, {
          clientId: caller.contact?.clientId ?? null,
          ticketId: null,
          messageId: null,
          name,
          mime,
          ...kept,
          inlineCid: null,
          uploadedByAccountId: caller.accountId,
          uploadedByContactId: caller.contact?.id ?? null,
        })
        return { id, name, mime, sizeBytes: kept.sizeBytes }
      },
    }),
    read({
      path: '/files/:id',
      summary: 'Download a file',
      tag,
      policy: 'attachment.read',
      params: z.object({ id: z.uuid() }),
      raw: { contentType: 'application/octet-stream' },
      handle: async ({ params, caller, read: run, reply }) => {
        const row = await run((sql) => readableFile(sql, caller, params.id))
        apart(reply)
        reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`)
        reply.header('content-length', row.sizeBytes)
        reply.type('application/octet-stream')
        await reply.send(files.stream(row.sha256))
        return undefined
      },
    }),
    read({
      path: '/files/:id/preview',
      summary: 'A picture, re-encoded so that it can be shown',
      tag,
      policy: 'attachment.read',
      params: z.object({ id: z.uuid() }),
      raw: { contentType: 'image/webp' },
      handle: async ({ params, caller, read: run, reply }) => {
        const row = await run((sql) => readableFile(sql, caller, params.id))
        if (!PREVIEWED.has(row.mime)) throw refuseTicket('ticket.not_found')
        const picture = await reencode(await files.read(row.sha256))
        apart(reply)
        reply.header('cache-control', 'private, max-age=86400, immutable')
        reply.type('image/webp')
        await reply.send(picture)
        return undefined
      },
    }),
  ]
}

async function reencode(bytes: Buffer): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  sharp.block({
    operation: [
      'VipsForeignLoadSvg',
      'VipsForeignLoadTiff',
      'VipsForeignLoadPdf',
      'VipsForeignLoadMagick',
      'VipsForeignLoadHeif',
    ],
  })
  try {
    return await sharp(bytes, { limitInputPixels: PIXEL_LIMIT, animated: false, failOn: 'error' })
      .resize({ width: PREVIEW_PIXELS, height: PREVIEW_PIXELS, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer()
  } catch {
    throw refuseTicket('ticket.not_found')
  }
}

function apart(reply: { header(name: string, value: string): unknown }): void {
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  reply.header('x-content-type-options', 'nosniff')
  reply.header('cross-origin-resource-policy', 'same-origin')
}

/** A name for showing: no folders, no control characters, not endless. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
      .trim()
      .slice(0, NAME_MAX) || 'file'
  )
}
