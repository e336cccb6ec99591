import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'

let full = false
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const file = await real.open(...args)
      if (full) {
        file.writeFile = async () => {
          await file.write(Buffer.from('half'))
          throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
        }
      }
      return file
    },
  }
})
const { createFileStore } = await import('./index.ts')

beforeEach(() => {
  full = false
})

const everything = (root: string) => readdir(root, { recursive: true })

test('a file that does not fit on the disk leaves no half behind, and goes in once there is room', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opora-files-'))
  const files = createFileStore(root)
  full = true
  await expect(files.put(Buffer.from('содержимое'))).rejects.toMatchObject({ code: 'ENOSPC' })
  expect((await everything(root)).filter((name) => name.includes('.'))).toEqual([])
  full = false
  const kept = await files.put(Buffer.from('содержимое'))
  expect((await files.read(kept.sha256)).toString()).toBe('содержимое')
})

test('the same bytes are kept once, and a path that is no hash is refused (I17)', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opora-files-'))
  const files = createFileStore(root)
  const [one, two] = [await files.put(Buffer.from('x')), await files.put(Buffer.from('x'))]
  expect(one).toEqual(two)
  expect((await everything(root)).filter((name) => name.endsWith(one.sha256))).toHaveLength(1)
  for (const path of ['../../etc/passwd', '..%2f', `${one.sha256}\0`, `/${one.sha256}`, ''])
    expect(() => files.stream(path)).toThrow(RangeError)
})
