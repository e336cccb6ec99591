import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { declareRefusals } from '@opora/core'

const SECRET_FILE = 'secret.key'
const SECRET_BYTES = 32

const { refuse } = declareRefusals({
  'secrets.key_damaged': {
    status: 500,
    ru: 'Ключ установки {path} повреждён: в нём должно быть 64 шестнадцатеричных знака. Верните его из копии.',
    en: 'The installation’s key {path} is damaged: it must hold 64 hexadecimal digits. Bring it back from a backup.',
  },
})

/** The installation's one secret: from the environment, else from a file that the first start makes. */
export async function loadMasterSecret(dataDir: string, fromEnvironment?: string): Promise<Buffer> {
  if (fromEnvironment) return createHash('sha256').update(fromEnvironment).digest()
  const path = join(dataDir, SECRET_FILE)
  const kept = await readSecret(path)
  if (kept) return kept
  await mkdir(dataDir, { recursive: true })
  // whole before it bears its name: nobody may read half a key, whoever is killed at whatever moment
  const half = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(half, randomBytes(SECRET_BYTES).toString('hex'), { mode: 0o600, flag: 'wx', flush: true })
  try {
    await link(half, path)
  } catch (error) {
    // another process of the same folder was faster: its secret holds
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(half, { force: true })
  }
  return (await readSecret(path)) as Buffer
}

/** The key of the file; null where there is none. What is no whole key is refused: keys made of less could be guessed. */
async function readSecret(path: string): Promise<Buffer | null> {
  let text: string
  try {
    text = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (!/^[0-9a-f]{64}$/i.test(text)) throw refuse('secrets.key_damaged', { params: { path } })
  return Buffer.from(text, 'hex')
}

export interface Vault {
  /** A key for one purpose, 32 bytes. */
  derive(purpose: string): Buffer
  /** AES-256-GCM; `place` (table|column|row) is bound in, so that a ciphertext moved elsewhere does not open. */
  seal(plain: string, place: string): Buffer
  open(sealed: Buffer | Uint8Array, place: string): string
}

export function createVault(master: Buffer): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, 'opora', purpose, 32))
  const key = derive('vault')
  return {
    derive,
    seal(plain, place) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([1]), iv, cipher.getAuthTag(), body])
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== 1) throw new Error('unknown form of ciphertext')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(bytes.subarray(13, 29))
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8')
    },
  }
}

/** A random token with a typed prefix: `prefix_` and 256 bits. */
export function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** Compares secrets in constant time, whatever their lengths. */
export function sameSecret(a: Buffer | Uint8Array, b: Buffer | Uint8Array): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
