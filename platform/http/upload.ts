import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { refuseHttp } from './refusals.ts'

/** The one file of a multipart form, read whole. */
export interface UploadedFile {
  name: string
  mime: string
  bytes: Buffer
}

/**
 * Reads the form before the request's transaction begins: whoever sends slowly must hold no connection of the database. Null where the
 * form holds no file.
 */
export async function readUpload(request: FastifyRequest): Promise<UploadedFile | null> {
  try {
    const part = await request.file()
    return part ? { name: part.filename, mime: part.mimetype, bytes: await part.toBuffer() } : null
  } catch (error) {
    // the transport's own errors say what is wrong; the parser of forms only throws
    throw 'statusCode' in (error as Error) ? error : refuseHttp('http.invalid_form')
  }
}

/** What stands for the file when a repeated call is compared with the first one. */
export function uploadMark(file: UploadedFile | null) {
  return file && { name: file.name, mime: file.mime, sha256: createHash('sha256').update(file.bytes).digest('hex') }
}
