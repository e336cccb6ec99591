import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openPool } from '@opora/platform/database'
import Fastify from 'fastify'

/** Statements as they were recorded, and the bytes that were answered. */
export interface Recorded {
  statements: { text: string; parameters: unknown[] }[]
  answer: string
  /** Identifiers that the recording made; a replay puts its own in their place. */
  made: number[]
}

/** The yardstick: a bare Fastify that runs the same statements on the same driver and answers the same bytes. */
const [url = '', file = ''] = process.argv.slice(2)
// as the product's statements go: prepared, also without a parameter
const PREPARED = { prepare: true, simple: false } as never
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Record<'list' | 'open' | 'create', Recorded>
const sql = openPool(url, { max: 10, applicationName: 'bare' })
const app = Fastify()
for (const name of ['list', 'open'] as const) {
  app.get(`/${name}`, async (_request, reply) => {
    await Promise.all(
      recorded[name].statements.map((each) => sql.unsafe(each.text, each.parameters as never[], PREPARED)),
    )
    return reply.type('application/json; charset=utf-8').send(recorded[name].answer)
  })
}
app.post('/create', async (_request, reply) => {
  await sql.begin(async (tx) => {
    const swaps = new Map<string, string>()
    const left = [...recorded.create.made]
    for (const { text, parameters } of recorded.create.statements) {
      const own = parameters.map((value) => swap(value, swaps))
      const rows = await tx.unsafe(text, own as never[], PREPARED)
      const id = (rows[0] as { id?: number } | undefined)?.id
      if (/^\s*insert into (ticket|message) /.test(text) && id !== undefined && left.length > 0)
        swaps.set(String(left.shift()), String(id))
    }
  })
  return reply.code(201).type('application/json; charset=utf-8').send(recorded.create.answer)
})

function swap(value: unknown, swaps: Map<string, string>): unknown {
  if (value === null || typeof value === 'boolean' || value === undefined) return value
  // a hash of something random: another random one
  if ((value as { type?: string }).type === 'Buffer') return randomBytes(32)
  let text = JSON.stringify(value)
  for (const [from, to] of swaps) text = text.replace(new RegExp(`(?<![\\d.-])${from}(?![\\d.])`, 'g'), to)
  return JSON.parse(text)
}
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`bare ${(app.server.address() as { port: number }).port}\n`)
