import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const WEB = join(import.meta.dirname, '../web/dist')

/** The two shells and their files, compressed ahead of time. Hashed names are kept by browsers for ever, pages are asked for anew. */
export async function serveWeb(app: FastifyInstance): Promise<void> {
  if (!existsSync(WEB)) {
    app.get('/', async (_request, reply) =>
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('Веб-интерфейс не собран: npm run setup\nThe web interface is not built: npm run setup\n'),
    )
    return
  }
  await app.register(fastifyStatic, {
    root: WEB,
    serve: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
  })
  app.get('/assets/*', async (request, reply) => {
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return reply.sendFile(`assets/${(request.params as { '*': string })['*']}`)
  })
  const page =
    (name: string) =>
    async (_request: unknown, reply: { header(n: string, v: string): unknown; sendFile(n: string): unknown }) => {
      reply.header('cache-control', 'no-cache')
      return reply.sendFile(name)
    }
  for (const path of ['/desk', '/desk/*']) app.get(path, page('desk.html') as never)
  for (const path of ['/', '/cabinet', '/cabinet/*', '/l/*', '/sign-in', '/sign-in/*'])
    app.get(path, page('cabinet.html') as never)
  for (const file of ['favicon.svg', 'robots.txt']) {
    if (existsSync(join(WEB, file))) app.get(`/${file}`, page(file) as never)
  }
}
