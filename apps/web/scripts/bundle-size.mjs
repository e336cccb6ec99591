// What must arrive before the first data is painted, in brotli: the entry's JavaScript and CSS with everything it imports
// at once, and the page that is painted first. Usage: node scripts/bundle-size.mjs [--check]
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const KIB = 1024
const dist = join(import.meta.dirname, '..', 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

/** Entries, the sources of the pages that they paint first, and their budgets. */
const entries = [
  { name: 'desk', html: 'desk.html', pages: [/modules\/tickets\/ui\/list\/ticket-list/], budget: 200 * KIB },
  {
    name: 'cabinet',
    html: 'cabinet.html',
    pages: [/modules\/tickets\/ui\/cabinet-home|src\/cabinet\/home-page/],
    budget: 150 * KIB,
  },
]

function closure(key, files = new Set()) {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return files
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const next of chunk.imports ?? []) closure(next, files)
  return files
}

function weigh(file) {
  const packed = join(dist, `${file}.br`)
  return readFileSync(existsSync(packed) ? packed : join(dist, file)).length
}

const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`
let over = false
for (const entry of entries) {
  const files = closure(entry.html)
  for (const key of Object.keys(manifest)) if (entry.pages.some((page) => page.test(key))) closure(key, files)
  const rows = [...files].filter((file) => /\.(js|css)$/.test(file)).map((file) => ({ file, bytes: weigh(file) }))
  const total = rows.reduce((sum, row) => sum + row.bytes, 0)
  over ||= total > entry.budget
  console.log(`${entry.name}: ${kib(total)} of ${kib(entry.budget)} in ${rows.length} files`)
  for (const row of rows.sort((a, b) => b.bytes - a.bytes)) console.log(`  ${kib(row.bytes).padStart(10)}  ${row.file}`)
}
if (over && process.argv.includes('--check')) {
  console.error('a first paint is over its budget')
  process.exit(1)
}
