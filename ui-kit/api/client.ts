import type { Locale } from '@opora/core'
import { ApiError, type ApiErrorBody } from './api-error.ts'
import { takeAnswered, takeEarly } from './early.ts'
import { idempotencyKey } from './idempotency.ts'

const ROOT = '/api/v1'

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | null | undefined>

export interface SendOptions {
  query?: Query
  /** The version that the change is based on; the server refuses a stale one with 412. */
  version?: number | string
  /** One key per intention; a create makes its own when none is given. */
  key?: string
  signal?: AbortSignal
  /** A 401 is the answer itself, not the end of the session: for signing in. */
  anonymous?: boolean
  /** The password was just given again; set by the client itself. */
  confirmed?: boolean
}

let locale: Locale = 'ru'
let confirmAgain: (() => Promise<boolean>) | undefined
const expiryListeners = new Set<() => void>()

/** The language in which the server says its refusals. */
export function setApiLocale(next: Locale): void {
  locale = next
}

/** Calls `listener` whenever a request finds that the session has ended. */
export function onSessionExpired(listener: () => void): () => void {
  expiryListeners.add(listener)
  return () => expiryListeners.delete(listener)
}

/** What asks for the password again when a grave act demands it; answers whether it was given. */
export function onConfirmAgain(ask: () => Promise<boolean>): void {
  confirmAgain = ask
}

/** A path under the API with its query; lists repeat the key, absent values are left out. */
export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    for (const item of Array.isArray(value) ? value : [value]) search.append(key, String(item))
  }
  const text = search.toString()
  return `${ROOT}${path}${text ? `?${text}` : ''}`
}

function headersOf(method: string, body: unknown, options: SendOptions): Record<string, string> {
  const key = options.key ?? (method === 'POST' ? idempotencyKey() : undefined)
  return {
    accept: 'application/json',
    'accept-language': locale,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
    ...(key ? { 'idempotency-key': key } : {}),
  }
}

async function send<Answer>(method: string, path: string, body: unknown, options: SendOptions = {}): Promise<Answer> {
  const url = urlOf(path, options.query)
  const early = method === 'GET' ? takeEarly(url) : undefined
  const response = await (early ?? fetch(url, requestOf(method, body, options))).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, { code: 'web.offline', message: offlineSentence() })
  })
  if (response.ok) return (await readBody(response)) as Answer
  const error = await errorOf(response, options)
  const again = error.code.endsWith('.confirm_again') && !options.confirmed && confirmAgain
  if (again && (await again())) return send(method, path, body, { ...options, confirmed: true })
  throw error
}

function requestOf(method: string, body: unknown, options: SendOptions): RequestInit {
  return {
    method,
    credentials: 'same-origin',
    headers: headersOf(method, body, options),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

/** The error of an answer; tells the shell when it means that the session is over. */
export async function errorOf(response: Response, options: SendOptions = {}): Promise<ApiError> {
  const body = await readBody(response).catch(() => undefined)
  const error = new ApiError(response.status, bodyOf(body, response))
  if (error.status === 401 && !options.anonymous) for (const listener of expiryListeners) listener()
  return error
}

function bodyOf(body: unknown, response: Response): ApiErrorBody {
  const requestId = response.headers.get('x-request-id') ?? undefined
  const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  if (typeof inner === 'object' && inner !== null && 'code' in inner && 'message' in inner) {
    return { requestId, ...(inner as ApiErrorBody) }
  }
  return { code: `http.${response.status}`, message: brokenSentence(response.status), requestId }
}

function offlineSentence(): string {
  return locale === 'ru'
    ? 'Нет связи с сервером. Проверьте сеть и повторите.'
    : 'The server cannot be reached. Try again.'
}

function brokenSentence(status: number): string {
  return locale === 'ru' ? `Сервер ответил ошибкой ${status}.` : `The server answered with error ${status}.`
}

/** An answer that came before the code did, for a query to begin with; once, and undefined where there is none. */
export function answered<Answer>(path: string, query?: Query): Answer | undefined {
  return takeAnswered(urlOf(path, query)) as Answer | undefined
}

/** The product's API, `/api/v1`. Paths start with a slash: `api.get<Ticket>('/tickets/42')`. */
export const api = {
  get: <Answer>(path: string, options?: SendOptions) => send<Answer>('GET', path, undefined, options),
  /** Creates or does. Carries an idempotency key: give your own to make a retry the same act. */
  post: <Answer>(path: string, body?: unknown, options?: SendOptions) =>
    send<Answer>('POST', path, body ?? {}, options),
  put: <Answer>(path: string, body: unknown, options?: SendOptions) => send<Answer>('PUT', path, body, options),
  patch: <Answer>(path: string, body: unknown, options?: SendOptions) => send<Answer>('PATCH', path, body, options),
  delete: <Answer = void>(path: string, options?: SendOptions) => send<Answer>('DELETE', path, undefined, options),
}

export type Api = typeof api
