// Draws the first page of every document of a running demo into docs/pictures/papers: node test/browser/papers.ts [http://localhost:8420]
import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { renderPaper, sampleDocument, untaxed } from '@opora/billing/testkit'
import { request } from 'playwright-core'
import sharp from 'sharp'

const BASE = process.argv[2] ?? 'http://localhost:8420'
const FOLDER = join(import.meta.dirname, '../../docs/pictures/papers')
const PIXELS_PER_INCH = 96

interface Paper {
  id: number
  kind: string
  date: string
  contract: { id: number }
}

const api = await request.newContext({ baseURL: BASE })
const entered = await api.post('/api/v1/session', {
  data: { email: 'tatiana@demo.opora.test', password: 'demo-demo-demo' },
})
if (!entered.ok()) throw new Error(`finance cannot sign in: ${entered.status()}`)

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const url = `/api/v1${path}`
  const answer = await (body ? api.post(url, { data: body, headers: { origin: BASE } }) : api.get(url))
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

/** The latest paper of a kind, of the contract whose hours are many enough to look at. */
async function latest(kind: string): Promise<Paper> {
  const { items } = await ask<{ items: Paper[] }>(`/documents?kind=${kind}&limit=200`)
  const [first] = items
  if (!first) throw new Error(`the demo has no ${kind}`)
  return first
}

async function bytesOf(path: string): Promise<Buffer> {
  const answer = await api.get(`/api/v1${path}`)
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`)
  return answer.body()
}

/** The first page in a few greys: papers are black on white, and the repository stays light. */
async function draw(name: string, pdf: Buffer): Promise<void> {
  const page = execFileSync(
    'pdftoppm',
    ['-r', String(PIXELS_PER_INCH), '-png', '-f', '1', '-l', '1', '-singlefile', '-'],
    {
      input: pdf,
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  const { size, width, height } = await sharp(page)
    .png({ palette: true, colours: 24, effort: 10, compressionLevel: 9 })
    .toFile(join(FOLDER, `${name}.png`))
  console.info(`${name}.png ${width}×${height} ${Math.round(size / 1024)} KB`)
}

await mkdir(FOLDER, { recursive: true })
for (const kind of ['invoice', 'act', 'upd', 'factura', 'hours'])
  await draw(kind, await bytesOf(`/documents/${(await latest(kind)).id}/pdf`))
const act = await latest('act')
const span = { from: `${act.date.slice(0, 4)}-01-01`, to: act.date }
const made = await ask<Paper>(`/contracts/${act.contract.id}/reconciliation`, span)
await draw('reconciliation', await bytesOf(`/documents/${made.id}/pdf`))
await draw('upd-2', await renderPaper(sampleDocument({ kind: 'upd', ...untaxed() })))
const { items: reports } = await ask<{ items: { id: number }[] }>('/reports?limit=1')
await draw('report', await bytesOf(`/reports/${reports[0]!.id}/pdf`))
await api.dispose()
