// Serves a build under the policy that the server sends, with a signed-in account and nothing else, to look at the kit.
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"

const ME = {
  id: 1,
  side: 'staff',
  name: 'Анна Крылова',
  email: 'anna@demo.opora.test',
  locale: 'ru',
  zone: 'Europe/Moscow',
  roles: ['l1'],
  clientIds: null,
  contact: null,
  company: { name: 'Демо', zone: 'Europe/Moscow' },
  demo: true,
  secondFactor: { needed: false, on: false, given: false },
  hasPassword: true,
  fresh: false,
  preferences: {},
  can: [],
}

/** Answers of the API by method and path; anything else is 404. */
const answers = (me) => ({
  'GET /api/v1/me': me ? [200, me] : [401, { code: 'access.unauthenticated', message: 'Войдите' }],
  'GET /api/v1/setup': [200, { needed: false }],
  'GET /api/v1/views': [
    200,
    {
      items: [
        { code: 'new', name: 'Новые', count: 4 },
        { code: 'mine', name: 'Мои задачи', count: 12 },
        { code: 'at_risk', name: 'Под угрозой срока', count: 3 },
        { code: 'breached', name: 'Просрочены', count: 1 },
        { code: 'waiting', name: 'Ждём клиента', count: 27 },
      ],
    },
  ],
  'POST /api/v1/session': [401, { code: 'access.totp_required', message: 'Нужен код', field: 'totp' }],
})

export function serveBuild(dist, { side }) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname
    response.setHeader('content-security-policy', POLICY)
    if (path.startsWith('/api/')) {
      const [status, body] = answers(side && { ...ME, side })[`${request.method} ${path}`] ?? [
        404,
        { code: 'x', message: 'нет' },
      ]
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
      return
    }
    const file = join(dist, normalize(path))
    const shell = path.startsWith('/desk') ? 'desk.html' : 'cabinet.html'
    const chosen = extname(path) && existsSync(file) ? file : join(dist, shell)
    response.setHeader('content-type', TYPES[extname(chosen)] ?? 'application/octet-stream')
    createReadStream(chosen).pipe(response)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, port: server.address().port })))
}
