import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { median } from './measure.ts'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}

/** Bytes, brotli, of what must arrive before the first data is painted: the entry and the first page with all that they import at once. */
export function webWeight(dist: string): { desk: number; cabinet: number } {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const gather = (key: string, files: Set<string>): Set<string> => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return files
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const next of chunk.imports ?? []) gather(next, files)
    return files
  }
  const of = (entry: string, page: RegExp) => {
    const files = gather(entry, new Set())
    for (const key of Object.keys(manifest)) if (page.test(key)) gather(key, files)
    return [...files]
      .filter((file) => /\.(js|css)$/.test(file))
      .reduce((sum, file) => sum + packedBytes(join(dist, file)), 0)
  }
  return {
    desk: of('desk.html', /modules\/tickets\/ui\/list\/ticket-list/),
    cabinet: of('cabinet.html', /modules\/tickets\/ui\/cabinet-home|src\/cabinet\/home-page/),
  }
}

function packedBytes(path: string): number {
  return existsSync(`${path}.br`) ? readFileSync(`${path}.br`).length : brotliCompressSync(readFileSync(path)).length
}

const ROWS = 50
const PATIENCE_MS = 15_000
const ended = (answer: { request(): { url(): string } }) => /\.(js|css)(\?|$)/.test(answer.request().url())

/**
 * From navigation until the list's last row is painted, median of 5 with a warm server and a warm cache, and the bytes of JavaScript and
 * CSS that a browser with an empty cache fetched until then; null where there is no browser.
 */
export async function firstPaint(
  origin: string,
  cookie: string,
  lastNumber: number,
): Promise<{ milliseconds: number; fetched: number } | null> {
  const executablePath =
    ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ?? (await fromNpm())
  if (!executablePath) return null
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const context = await browser.newContext()
    const [name, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: origin }])
    const took: number[] = []
    let fetched = 0
    for (let turn = 0; turn < 6; turn++) {
      const page = await context.newPage()
      const sizes: number[] = []
      if (turn === 0)
        page.on('response', (answer) => {
          if (ended(answer)) sizes.push(Number(answer.headers()['content-length'] ?? 0))
        })
      const from = performance.now()
      await page.goto(`${origin}/desk/tickets`, { waitUntil: 'commit' })
      await page.waitForFunction(lastRowIsPainted, { rows: ROWS, number: String(lastNumber) }, WAIT)
      took.push(Math.round(performance.now() - from))
      if (turn === 0) fetched = sizes.reduce((sum, size) => sum + size, 0)
      await page.close()
    }
    return { milliseconds: median(took.slice(1)), fetched }
  } finally {
    await browser.close()
  }
}

const WAIT = { timeout: PATIENCE_MS, polling: 'raf' } as const

/** Runs in the page before each frame: true from the frame after the one in which every row stood in the document. */
function lastRowIsPainted({ rows, number }: { rows: number; number: string }): boolean {
  const there = document.querySelectorAll('tbody tr')
  const whole = there.length >= rows && (there[rows - 1]?.textContent ?? '').includes(number)
  const place = globalThis as { wholeBefore?: boolean }
  const painted = place.wholeBefore === true
  place.wholeBefore = whole
  return whole && painted
}

async function fromNpm(): Promise<string | null> {
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } catch {
    return null
  }
}
