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

/** From navigation to the last row of the list, median of 5; null where there is no browser. */
export async function firstPaint(origin: string, cookie: string): Promise<number | null> {
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
    for (let turn = 0; turn < 6; turn++) {
      const page = await context.newPage()
      const from = performance.now()
      await page.goto(`${origin}/desk/tickets`, { waitUntil: 'commit' })
      await page.waitForFunction(() => document.querySelectorAll('tbody tr, [role="row"]').length >= 20, undefined, {
        timeout: 15_000,
        polling: 'raf',
      })
      took.push(Math.round(performance.now() - from))
      await page.close()
    }
    return median(took.slice(1))
  } finally {
    await browser.close()
  }
}

async function fromNpm(): Promise<string | null> {
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } catch {
    return null
  }
}
