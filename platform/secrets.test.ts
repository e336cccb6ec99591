import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadMasterSecret } from './secrets/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opora-secret-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('processes that start together in one folder take one and the same key, which only its owner reads', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadMasterSecret(folder)))
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
  expect(keys[0]).toHaveLength(32)
  expect(await readdir(folder)).toEqual(['secret.key'])
  expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600)
  expect(await loadMasterSecret(folder)).toEqual(keys[0])
})

test('a key that is empty, cut short or no key at all is refused: what follows from it could be guessed', async () => {
  for (const damaged of ['', '\n', 'ab'.repeat(31), 'zz'.repeat(32), 'ab'.repeat(33)]) {
    await writeFile(join(folder, 'secret.key'), damaged)
    await expect(loadMasterSecret(folder)).rejects.toThrow('secrets.key_damaged')
  }
})
