import { expect } from 'vitest'

/** The body of an answer, as JSON.parse gives it: a scenario reads it field by field, and its shapes are tested beside their modules. */
export type Body = ReturnType<typeof JSON.parse>

export interface Answer {
  status: number
  body: Body
  headers: Headers
}

/** Somebody who uses the API over real HTTP: with a session kept in cookies, or with a token. */
export interface Visitor {
  name: string
  accountId: number
  /** Of the second factor, where it is on. */
  recoveryCodes: string[]
  /** Sends a request; whatever the answer says comes back. */
  ask(method: string, path: string, body?: unknown, version?: number): Promise<Answer>
  get(path: string): Promise<Body>
  post(path: string, body?: unknown): Promise<Body>
  put(path: string, body: unknown, version?: number): Promise<Body>
  patch(path: string, body: unknown, version: number): Promise<Body>
  /** Expects the request to be refused with this code; gives the refusal. */
  refused(code: string, method: string, path: string, body?: unknown): Promise<Body>
  /** Bytes of a document. */
  download(path: string): Promise<Buffer>
  upload(name: string, bytes: Buffer): Promise<string>
  /** From now on every request carries this token in place of cookies. */
  useToken(token: string): void
}

export function createVisitor(baseUrl: string, name: string): Visitor {
  const cookies = new Map<string, string>()
  let token: string | null = null

  const headers = (extra: Record<string, string> = {}) => ({
    'accept-language': 'ru',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(token !== null || cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
    ...extra,
  })
  async function send(method: string, path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${baseUrl}/api/v1${path}`, { method, redirect: 'manual', ...init })
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';') as [string]
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return answer
  }
  async function ask(method: string, path: string, body?: unknown, version?: number): Promise<Answer> {
    const given = headers({
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    })
    const answer = await send(method, path, {
      headers: given,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
    return { status: answer.status, body: json, headers: answer.headers }
  }
  async function want(method: string, path: string, body?: unknown, version?: number): Promise<Body> {
    const answer = await ask(method, path, body, version)
    if (answer.status >= 400)
      throw new Error(`${name}: ${method} ${path} → ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const visitor: Visitor = {
    name,
    accountId: 0,
    recoveryCodes: [],
    ask,
    get: (path) => want('GET', path),
    post: (path, body = {}) => want('POST', path, body),
    put: (path, body, version) => want('PUT', path, body, version),
    patch: (path, body, version) => want('PATCH', path, body, version),
    async refused(code, method, path, body) {
      const answer = await ask(method, path, body)
      expect(`${answer.status >= 400} ${answer.body?.code}`, JSON.stringify(answer.body)).toBe(`true ${code}`)
      expect(answer.body.message).toMatch(/[а-я]{3}/i)
      return answer.body
    },
    async download(path) {
      const answer = await send('GET', path, { headers: headers() })
      if (answer.status !== 200) throw new Error(`${name}: GET ${path} → ${answer.status} ${await answer.text()}`)
      return Buffer.from(await answer.arrayBuffer())
    },
    async upload(file, bytes) {
      const form = new FormData()
      form.set('file', new File([new Uint8Array(bytes)], file))
      const answer = await send('POST', '/uploads', { headers: headers(), body: form })
      const body = (await answer.json()) as { id: string }
      if (answer.status !== 201) throw new Error(`${name}: upload → ${answer.status} ${JSON.stringify(body)}`)
      return body.id
    },
    useToken(given) {
      token = given
    },
  }
  return visitor
}
