import { type Locale, Refusal } from '@opora/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log/index.ts'
import { refuseHttp } from './refusals.ts'

/** The one shape of every refusal. */
export const errorSchema = {
  type: 'object',
  description: 'A refusal',
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string', description: 'A sentence in the language of the reader' },
    field: { type: 'string', description: 'The field at fault, as a dotted path' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } },
        required: ['code', 'message', 'field'],
      },
    },
    details: {},
    requestId: { type: 'string' },
  },
}

const FROM_FASTIFY: Record<string, Parameters<typeof refuseHttp>[0]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'http.unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'http.too_large',
  FST_REQ_FILE_TOO_LARGE: 'http.too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'http.invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'http.invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'http.invalid_json',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'http.unsupported_media_type',
}

// Class 08 and 57 of PostgreSQL: the connection broke or the server is going down; the driver has codes of its own.
const UNREACHABLE = /^(08|57P0)|^(ECONNREFUSED|ECONNRESET|CONNECTION_|CONNECT_TIMEOUT|EPIPE|ENOENT)/

// The disk under the files or under PostgreSQL is full: nothing was kept, and nothing has to be mended once there is room again.
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100'])

export function refusalOf(error: Error & { code?: string; statusCode?: number }, requestId: string): Refusal {
  if (error instanceof Refusal) return error
  const code = String(error.code ?? '')
  const known = FROM_FASTIFY[code]
  if (known) return refuseHttp(known)
  if (error instanceof SyntaxError && error.statusCode === 400) return refuseHttp('http.invalid_json')
  if (error.statusCode === 413) return refuseHttp('http.too_large')
  if (error.statusCode === 404 || error.statusCode === 414) return refuseHttp('http.not_found')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return refuseHttp('http.invalid_request', { params: { problem: 'HTTP' } })
  // a text with a NUL byte or a number out of range reaches the database only as bad input
  if (code === '22021' || code === '22P05' || code === '22003')
    return refuseHttp('http.invalid_request', { params: { problem: 'encoding' } })
  if (DISK_FULL.has(code)) return refuseHttp('http.storage_full')
  if (UNREACHABLE.test(code)) return refuseHttp('http.busy')
  return refuseHttp('http.internal', { params: { requestId } })
}

// Class 22 of PostgreSQL: a value of the statement is none of its type.
const UNREADABLE_VALUE = new Set(['22007', '22008', '22P02'])

/** A cursor is the only text of a query that reaches the database unread: one made by hand is told as what it is. */
function isOfBadCursor(error: Error & { code?: string }, query: unknown): boolean {
  return UNREADABLE_VALUE.has(String(error.code)) && typeof query === 'object' && query !== null && 'cursor' in query
}

export function answerError(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  locale: Locale,
  log: Log,
): FastifyReply {
  const refusal = isOfBadCursor(error, request.query)
    ? refuseHttp('http.bad_cursor', { field: 'cursor' })
    : refusalOf(error, request.id)
  const { status } = refusal.spec
  if (status >= 500)
    log.error(
      { requestId: request.id, route: request.routeOptions.url, err: { message: error.message, stack: error.stack } },
      'request failed',
    )
  const details = refusal.details(locale) as { errors?: unknown } | undefined
  // a handler that had begun to answer with a file may have said what and how long it is
  reply.removeHeader('content-length').removeHeader('content-disposition')
  return reply
    .type('application/json; charset=utf-8')
    .code(status)
    .send({
      code: refusal.code,
      message: refusal.sentence(locale),
      ...(refusal.options.field ? { field: refusal.options.field } : {}),
      ...(details?.errors ? { errors: details.errors } : details !== undefined ? { details } : {}),
      requestId: request.id,
    })
}
