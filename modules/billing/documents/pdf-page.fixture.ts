import { execFileSync } from 'node:child_process'
import { inflateSync } from 'node:zlib'
import iconv from 'iconv-lite'
import jsQR from 'jsqr'

/** The words of a file as a reader sees them, one space between; null where this machine has no `pdftotext`. */
export function wordsOfPdf(bytes: Buffer): string | null {
  try {
    const text = execFileSync('pdftotext', ['-raw', '-', '-'], { input: bytes }).toString()
    return text.replaceAll(/\s+/g, ' ')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

interface Rect {
  x: number
  y: number
  w: number
  h: number
}

/** Filled rectangles of the file's pages, in points, from the drawing operators. */
function rectsOf(bytes: Buffer): Rect[] {
  const rects: Rect[] = []
  const file = bytes.toString('latin1')
  for (const found of file.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)) {
    const from = found.index + found[0].length
    const drawn = inflated(bytes.subarray(from, file.indexOf('endstream', from)))
    for (const rect of drawn.matchAll(/(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+) re\n/g)) {
      const [x, y, w, h] = rect.slice(1).map(Number) as [number, number, number, number]
      rects.push({ x, y, w, h })
    }
  }
  return rects
}

function inflated(packed: Buffer): string {
  try {
    return inflateSync(packed).toString('latin1')
  } catch {
    return ''
  }
}

/** What the code on the page says and how many millimetres its side has. Any reader of codes sees the same. */
export function codeOnPage(bytes: Buffer): { text: string; sideMm: number } {
  const all = rectsOf(bytes)
  if (all.length < 100) return { text: '', sideMm: 0 }
  const least = Math.min(...all.filter((rect) => rect.h > 0.1).map((rect) => rect.h))
  const code = all.filter((rect) => Math.abs(rect.h - least) < 0.01)
  const [left, top] = [Math.min(...code.map(({ x }) => x)), Math.min(...code.map(({ y }) => y))]
  const side = Math.max(...code.map(({ x, w }) => x + w)) - left
  const scale = 6
  const pixels = Math.ceil((side / least + 8) * scale)
  const data = new Uint8ClampedArray(pixels * pixels * 4).fill(255)
  for (const { x, y, w, h } of code) {
    const at = (points: number) => Math.round((points / least + 4) * scale)
    for (let row = at(y - top); row < at(y - top + h); row++) {
      for (let column = at(x - left); column < at(x - left + w); column++)
        data.fill(0, (row * pixels + column) * 4, (row * pixels + column) * 4 + 3)
    }
  }
  const read = jsQR.default(data, pixels, pixels)
  const said = read ? Buffer.from(read.binaryData) : Buffer.alloc(0)
  const charset = said.subarray(0, 7).toString() === 'ST00011' ? 'windows-1251' : 'utf8'
  return { text: iconv.decode(said, charset), sideMm: (side / 72) * 25.4 }
}
