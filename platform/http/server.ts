import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { Locale } from '@opora/core'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Database, DatabaseScope, Json } from '../database/index.ts'
import type { Log } from '../log/index.ts'
import { answerError, errorSchema } from './errors.ts'
import { securityHeaders } from './headers.ts'
import { claimKey, idempotencyKeyOf, saveReply } from './idempotency.ts'
import { openApi } from './openapi.ts'
import { refuseHttp } from './refusals.ts'
import { keepBytes } from './request-bytes.ts'
import type { AnyRoute, Caller, RequestFacts, WriteRoute } from './route.ts'
import { fieldErrors, jsonSchemaOf } from './schemas.ts'
import { serializersOnDemand } from './serializers.ts'
import { unfitText } from './unfit-text.ts'
import { readUpload, type UploadedFile, uploadMark } from './upload.ts'

export const API_PREFIX = '/api/v1'

export interface HttpPorts<C extends Caller> {
  database: Database
  log: Log
  version: string
  /** Reads who calls; throws a refusal when credentials are bad. Null: nobody is signed in. */
  authenticate(request: FastifyRequest): Promise<C | null>
  /** Throws a refusal unless the caller may call a route of this policy at all. Rows are judged by the handlers. */
  authorise(caller: C | null, policy: string): C
  /** Origins whose pages may send changing requests with a cookie. */
  allowedOrigins(): string[]
  /** Addresses of the proxies in front, whose X-Forwarded-For is believed; nobody's otherwise. */
  trustedProxies?: string[]
  observe?(route: string, method: string, status: number, seconds: number): void
  maxBodyBytes?: number
}

export async function createHttpServer<C extends Caller>(
  ports: HttpPorts<C>,
  routes: AnyRoute<C>[],
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: ports.maxBodyBytes ?? 1_048_576,
    trustProxy: ports.trustedProxies?.length ? ports.trustedProxies : false,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
    // a request on its way while the process stops is answered, in the one shape, below
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      // hooks do not run for an address that no route could be looked up by
      reply.header('x-request-id', request.id)
      securityHeaders(reply as never)
      answerError(error, request, reply as never, localeOf(request, null), ports.log)
    },
    ajv: { customOptions: { strict: false } },
    // not even HTTP: there is no request to speak of, only a socket to answer
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return
      const body = JSON.stringify({
        code: 'http.invalid_request',
        message: 'The request is not valid HTTP; addresses are percent-encoded.',
        requestId: randomUUID(),
      })
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(serializersOnDemand())
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: 30 * 1024 * 1024, files: 20, fields: 50, fieldSize: 262_144 } })
  await openApi(app, ports.version)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    securityHeaders(reply)
  })
  if (ports.observe) observeRequests(app, ports.observe)
  app.setErrorHandler((error: Error, request, reply) =>
    answerError(error, request, reply, localeOf(request, null), ports.log),
  )
  app.setNotFoundHandler((request, reply) =>
    answerError(refuseHttp('http.not_found'), request, reply, localeOf(request, null), ports.log),
  )
  await app.register(
    async (api) => {
      for (const route of routes) mount(api, ports, route)
    },
    { prefix: API_PREFIX },
  )
  return app
}

function observeRequests(app: FastifyInstance, observe: NonNullable<HttpPorts<Caller>['observe']>): void {
  app.addHook('onResponse', async (request, reply) => {
    observe(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1000)
  })
}

function mount<C extends Caller>(api: FastifyInstance, ports: HttpPorts<C>, route: AnyRoute<C>): void {
  if (!route.policy) throw new Error(`route ${route.method} ${route.path} declares no policy`)
  api.route({
    method: route.method,
    url: route.path,
    schema: describe(route) as never,
    config: { policy: route.policy } as never,
    ...(route.method !== 'GET' && route.keepsBytes ? { preParsing: keepBytes } : {}),
    handler: (request, reply) => serve(ports, route, request, reply),
  })
}

function describe<C extends Caller>(route: AnyRoute<C>): object {
  const success = route.raw ? undefined : route.replies ? jsonSchemaOf(route.replies, 'output') : undefined
  const status = successStatus(route)
  return {
    summary: route.summary,
    tags: [route.tag],
    ...(route.description ? { description: route.description } : {}),
    ...(route.params ? { params: jsonSchemaOf(route.params, 'input') } : {}),
    ...(route.query ? { querystring: jsonSchemaOf(route.query, 'input') } : {}),
    ...(route.method !== 'GET' && route.body ? { body: jsonSchemaOf(route.body, 'input') } : {}),
    response: {
      ...(success ? { [status]: success } : route.raw ? {} : { 204: { type: 'null', description: 'Done' } }),
      '4xx': errorSchema,
      '5xx': errorSchema,
    },
    'x-policy': route.policy,
  }
}

function scopeFor<C extends Caller>(route: AnyRoute<C>, caller: C | null): DatabaseScope {
  if (caller === null) return { as: 'staff' }
  const asJob = route.method !== 'GET' && route.partnerAsJob === true && caller.scope.as === 'partner'
  return asJob ? { as: 'worker' } : caller.scope
}

function isOutside(scope: DatabaseScope): scope is Extract<DatabaseScope, { accountId: number }> {
  return scope.as === 'client' || scope.as === 'partner'
}

function successStatus<C>(route: AnyRoute<C>): number {
  if (route.method !== 'GET' && route.status) return route.status
  return route.replies || route.raw ? 200 : 204
}

async function serve<C extends Caller>(
  ports: HttpPorts<C>,
  route: AnyRoute<C>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  let locale = localeOf(request, null)
  try {
    if (route.method !== 'GET') checkOrigin(request, ports.allowedOrigins())
    const known = await ports.authenticate(request)
    locale = localeOf(request, known)
    const caller = route.policy === 'public' ? known : ports.authorise(known, route.policy)
    const facts: RequestFacts = {
      requestId: request.id,
      ip: request.ip,
      userAgent: String(request.headers['user-agent'] ?? '').slice(0, 300),
      locale,
      log: ports.log,
      expectedVersion: versionOf(request),
    }
    const params = parsePart(route.params, request.params, 'params', locale)
    const query = parsePart(route.query, request.query, 'query', locale)
    const scope = scopeFor(route, caller)
    const read = {
      ...facts,
      caller: caller as C,
      params,
      query,
      request,
      reply,
      read: <T>(body: Parameters<Database['read']>[1]) => ports.database.read(scope, body) as Promise<T>,
    }
    if (route.method === 'GET') return send(route, reply, await route.handle(read as never))
    if (route.versioned && facts.expectedVersion === null)
      throw refuseHttp('http.version_required', { field: 'If-Match' })
    if (route.multipart) return await change(ports, route, read as never, { file: await readUpload(request) }, scope)
    const body = parsePart(route.body, request.body ?? (route.body ? {} : undefined), 'body', locale)
    return await change(ports, route, read as never, { body }, scope)
  } catch (error) {
    return answerError(error as Error, request, reply, locale, ports.log)
  }
}

async function change<C extends Caller>(
  ports: HttpPorts<C>,
  route: WriteRoute<C, unknown, unknown, unknown, unknown>,
  read: RequestFacts & { caller: C | null; request: FastifyRequest; reply: FastifyReply },
  sent: { body?: unknown; file?: UploadedFile | null },
  scope: DatabaseScope,
): Promise<unknown> {
  if (route.ownTransactions) return send(route, read.reply, await route.handle({ ...read, ...sent } as never))
  const key = idempotencyKeyOf(read.request.headers['idempotency-key'])
  const actorKey = read.caller?.key ?? `ip:${read.ip}`
  const status = successStatus(route)
  const result = await ports.database.begin(isOutside(scope) ? { ...scope, actorKey } : scope, async (tx) => {
    if (key) {
      const content = sent.file === undefined ? sent.body : uploadMark(sent.file)
      const saved = await claimKey(tx, actorKey, key, `${route.method} ${read.request.url}`, content)
      if (saved) {
        read.reply.header('idempotent-replayed', 'true')
        return saved
      }
    }
    const made = await route.handle({ ...read, ...sent, tx } as never)
    if (key) await saveReply(tx, actorKey, key, status, (made ?? null) as Json)
    return { status, reply: made }
  })
  return send(route, read.reply, result.reply, result.status)
}

function send<C>(route: AnyRoute<C>, reply: FastifyReply, result: unknown, status = successStatus(route)): unknown {
  if (route.raw) return reply
  const version = (result as { version?: unknown } | null | undefined)?.version
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  reply.code(status)
  return status === 204 ? reply.send() : reply.send(result)
}

function parsePart(schema: AnyRoute<Caller>['params'], value: unknown, where: string, locale: Locale): unknown {
  if (!schema) return undefined
  const unfit = unfitText(value)
  if (unfit !== null) throw refuseHttp('http.invalid_text', { field: unfit.join('.') || where })
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error, where, locale)
  throw refuseHttp('http.invalid_request', {
    field: errors[0]?.field ?? where,
    params: { problem: errors.map((e) => `${e.field}: ${e.message}`).join('; ') },
    details: { errors },
  })
}

function versionOf(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  const match = typeof header === 'string' ? /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim()) : null
  return match ? Number(match[1]) : null
}

/** A page of another site cannot change anything with our cookie: its Origin gives it away. */
function checkOrigin(request: FastifyRequest, allowed: string[]): void {
  const origin = request.headers.origin
  if (origin === undefined || request.headers.authorization?.startsWith('Bearer ')) return
  const own = `${request.protocol}://${request.headers.host}`
  if (origin !== own && !allowed.includes(origin)) throw refuseHttp('http.foreign_origin')
}

export function localeOf(request: FastifyRequest, caller: Caller | null): Locale {
  const asked = request.headers['accept-language']
  const first = typeof asked === 'string' ? asked.slice(0, 2).toLowerCase() : ''
  if (first === 'ru' || first === 'en') return first
  return caller?.locale ?? 'ru'
}
