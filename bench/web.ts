import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Page } from 'playwright-core'
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
const TURNS = 5
const ended = (answer: { request(): { url(): string } }) => /\.(js|css)(\?|$)/.test(answer.request().url())

/** Milliseconds from the browser's own start of navigation until the list's last row is painted, medians of 5 with a warm server. */
export interface Paint {
  /** In a tab where the desk was open before, as an operator's is all day. */
  openTab: number
  /** In a tab of its own each time: the browser starts a process for it first. */
  newTab: number
  /** Bytes of JavaScript and CSS that a browser with an empty cache fetched until then. */
  fetched: number
}

/** How long the list's painting takes; null where there is no browser. */
export async function firstPaint(origin: string, cookie: string, lastNumber: number): Promise<Paint | null> {
  const executablePath =
    ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ?? (await fromNpm())
  if (!executablePath) return null
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const context = await browser.newContext()
    const [name, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: origin }])
    await context.addInitScript(watchRows, { rows: ROWS, number: String(lastNumber) })
    const show = async (page: Page): Promise<number> => {
      await page.goto(`${origin}/desk/tickets`, { waitUntil: 'commit' })
      const painted = await page.waitForFunction(() => (globalThis as Watched).rowsPaintedAt, null, {
        timeout: PATIENCE_MS,
      })
      return Math.round((await painted.jsonValue())!)
    }
    const sizes: number[] = []
    const first = await context.newPage()
    first.on('response', (answer) => {
      if (ended(answer)) sizes.push(Number(answer.headers()['content-length'] ?? 0))
    })
    await show(first)
    const fetched = sizes.reduce((sum, size) => sum + size, 0)
    const [openTab, newTab]: [number[], number[]] = [[], []]
    // the browser keeps compiled code after the second visit
    await show(first)
    for (let turn = 0; turn < TURNS; turn++) openTab.push(await show(first))
    for (let turn = 0; turn < TURNS; turn++) {
      const page = await context.newPage()
      newTab.push(await show(page))
      await page.close()
    }
    return { openTab: median(openTab), newTab: median(newTab), fetched }
  } finally {
    await browser.close()
  }
}

type Watched = typeof globalThis & { rowsPaintedAt?: number }

/** Runs in the page before its own code: notes the frame after the one in which every row stood in the document. */
function watchRows({ rows, number }: { rows: number; number: string }): void {
  let stoodBefore = false
  const look = () => {
    const there = document.querySelectorAll('tbody tr')
    const whole = there.length >= rows && (there[rows - 1]?.textContent ?? '').includes(number)
    if (whole && stoodBefore) (globalThis as Watched).rowsPaintedAt = performance.now()
    else requestAnimationFrame(look)
    stoodBefore = whole
  }
  requestAnimationFrame(look)
}

async function fromNpm(): Promise<string | null> {
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } catch {
    return null
  }
}
