import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const rows = readFileSync(join(root, 'docs/lessons.md'), 'utf8')
  .split('\n')
  .flatMap((line) => [...line.matchAll(/`([^`]+\.test\.ts)`: (.+?) \|$/g)])
  .map(([, file, name]) => ({ file: file!, name: name! }))

test('every lesson about time names a test that is there', () => {
  expect(rows.length).toBeGreaterThan(15)
  const missing = rows.filter(({ file, name }) => {
    const path = join(root, file)
    // a name may be quoted with either kind of quote, escaped or not
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(name)
  })
  expect(missing).toEqual([])
})
