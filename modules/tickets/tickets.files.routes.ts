import type { Actor } from '@opora/access'
import { read, write } from '@opora/access'
import type { FileStore } from '@opora/platform/files'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { refuseTicket } from './tickets.refusals.ts'
import { keepUpload, readableFile } from './verbs/files.ts'

const tag = 'files'
const PREVIEW_PIXELS = 1600
// 40 megapixels: more is a bomb, not a screenshot.
const PIXEL_LIMIT = 40_000_000
const PREVIEWED = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

/** Uploads and downloads. A file is never shown as what it says it is: it is downloaded, or re-encoded as a picture. */
export function fileRoutes(files: FileStore): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/uploads',
      partnerAsJob: true,
      summary: 'Upload a file for a message that is being written',
      description:
        'A multipart form with one part `file`. The id is given with the message; an upload that neither a message nor a draft names is forgotten after a day.',
      tag,
      policy: 'attachment.add',
      status: 201,
      multipart: true,
      replies: z.object({ id: z.string(), name: z.string(), mime: z.string(), sizeBytes: z.number() }),
      handle: async ({ file, tx, caller }) => {
        if (!file) throw refuseTicket('ticket.file_missing', { field: 'file' })
        return keepUpload(files, tx, caller, file)
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
