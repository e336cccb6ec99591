import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

const SHA256 = /^[0-9a-f]{64}$/

/** Files by the hash of their content: the same bytes are kept once, and a name never reaches the disk. */
export interface FileStore {
  readonly root: string
  put(bytes: Buffer): Promise<{ sha256: string; sizeBytes: number }>
  read(sha256: string): Promise<Buffer>
  stream(sha256: string): Readable
  has(sha256: string): Promise<boolean>
  /** Writes and removes a probe; throws the system's error when the folder cannot be written. */
  probe(): Promise<void>
}

export function createFileStore(root: string): FileStore {
  const pathOf = (sha256: string) => {
    if (!SHA256.test(sha256)) throw new RangeError('not a content hash')
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  const has = (sha256: string) =>
    access(pathOf(sha256)).then(
      () => true,
      () => false,
    )
  return {
    root,
    has,
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (!(await has(sha256))) await writeDurably(pathOf(sha256), bytes)
      return { sha256, sizeBytes: bytes.length }
    },
    read: (sha256) => readFile(pathOf(sha256)),
    stream: (sha256) => createReadStream(pathOf(sha256)),
    async probe() {
      const path = join(root, `.probe-${randomUUID()}`)
      await writeDurably(path, Buffer.from('ok'))
      await rm(path)
    },
  }
}

/** A reader never sees half a file: written beside, forced to the disk, then renamed. */
async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}.${randomUUID()}`
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    // a full disk must not fill with halves
    await rm(beside, { force: true }).catch(() => {})
    throw error
  }
}
