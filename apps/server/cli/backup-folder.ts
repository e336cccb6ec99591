import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** What a backup holds, with the hash of every file, so that a restore trusts nothing that is not whole. */
export interface BackupManifest {
  format: 1
  madeAt: string
  postgresVersion: string
  /** From here on a kept write-ahead log leads to any later moment. */
  startWalFile: string
  /** Path inside the backup → size and hash. */
  files: Record<string, { sizeBytes: number; sha256: string }>
}

export const MANIFEST = 'manifest.json'
/** The superuser's, without which the restored cluster could not be opened. */
export const PASSWORD = 'password'

export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true })
}

export async function readManifest(folder: string): Promise<BackupManifest> {
  let text: string
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8')
  } catch {
    throw new Error(
      `${folder} is no backup of Opora: it has no ${MANIFEST}. A backup that was cut short ends in ".part" and cannot be used.`,
    )
  }
  const manifest = JSON.parse(text) as BackupManifest
  if (manifest.format !== 1)
    throw new Error(`The backup in ${folder} was made by a newer Opora: restore it with that one.`)
  return manifest
}

/** Every faulty file of a backup by name; an empty list means that it is whole. */
export async function faultsOfBackup(folder: string, manifest: BackupManifest): Promise<string[]> {
  const faults: string[] = []
  for (const [path, expected] of Object.entries(manifest.files)) {
    const found = await hashOf(join(folder, path))
    if (!found) faults.push(`${path} is missing`)
    else if (found.sizeBytes !== expected.sizeBytes)
      faults.push(`${path} has ${found.sizeBytes} bytes instead of ${expected.sizeBytes}`)
    else if (found.sha256 !== expected.sha256) faults.push(`${path} was changed`)
  }
  return faults
}

const CHUNK_BYTES = 1024 * 1024

/** Copies and hashes in one reading, and leaves the disk no choice but to keep it. Null when the file is gone by now. */
export async function copyHashed(from: string, to: string): Promise<{ sizeBytes: number; sha256: string } | null> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const target = await open(to, 'w', 0o600)
  try {
    const found = await readHashed(from, async (chunk) => void (await target.write(chunk)))
    if (found) await target.sync()
    return found
  } finally {
    await target.close()
  }
}

async function hashOf(path: string): Promise<{ sizeBytes: number; sha256: string } | null> {
  return await readHashed(path, async () => {})
}

async function readHashed(
  path: string,
  take: (chunk: Buffer) => Promise<void>,
): Promise<{ sizeBytes: number; sha256: string } | null> {
  const source = await openOrNull(path)
  if (!source) return null
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  let sizeBytes = 0
  try {
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES)
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      hash.update(chunk)
      sizeBytes += bytesRead
      await take(chunk)
    }
  } finally {
    await source.close()
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

async function openOrNull(path: string) {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Files and folders under a folder, as paths from it, folders with a slash at the end; `skip` leaves branches out. */
export async function* walk(root: string, skip: (path: string) => boolean, folder = root): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = join(folder, entry.name)
    const path = relative(root, full)
    if (skip(path)) continue
    if (entry.isDirectory()) {
      yield `${path}/`
      yield* walk(root, skip, full)
    } else if (entry.isFile()) yield path
  }
}
