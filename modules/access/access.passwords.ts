import { argon2, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sameSecret } from '@opora/platform/secrets'
import { refuseAccess } from './access.refusals.ts'
import { judgePassword, normalisePassword } from './domain/password.ts'

export interface PasswordCost {
  memoryKib: number
  passes: number
}

export interface PasswordHasher {
  /** PHC string of Argon2id. */
  hash(password: string): Promise<string>
  /** Does the same work when there is nothing to compare with, and then says no. */
  verify(password: string, stored: string | null): Promise<boolean>
  /** Made at another cost than today's: hash anew at the next sign-in. */
  outdated(stored: string): boolean
}

// OWASP's least for Argon2id at one lane: 19 MiB, 2 passes.
const COST: PasswordCost = { memoryKib: 19_456, passes: 2 }
const KEY_BYTES = 32
// Hashing shares the threads that read files with everything else: a crowd at the door must not stop the house.
const AT_ONCE = 2

export function createPasswordHasher(cost: PasswordCost = COST): PasswordHasher {
  const gate = createGate(AT_ONCE)
  const nobody = phc(cost, randomBytes(16), randomBytes(KEY_BYTES))
  const derive = (password: string, salt: Buffer, at: PasswordCost) =>
    gate(() => argon2id(normalisePassword(password), salt, at))
  return {
    async hash(password) {
      const salt = randomBytes(16)
      return phc(cost, salt, await derive(password, salt, cost))
    },
    async verify(password, stored) {
      const { at, salt, key } = readPhc(stored ?? nobody)
      const same = sameSecret(await derive(password, salt, at), key)
      return same && stored !== null
    },
    outdated(stored) {
      const { at } = readPhc(stored)
      return at.memoryKib !== cost.memoryKib || at.passes !== cost.passes
    },
  }
}

function argon2id(message: string, nonce: Buffer, cost: PasswordCost): Promise<Buffer> {
  const work = { message, nonce, parallelism: 1, tagLength: KEY_BYTES, memory: cost.memoryKib, passes: cost.passes }
  return new Promise((resolve, reject) => {
    argon2('argon2id', work, (error, key) => (error ? reject(error) : resolve(Buffer.from(key))))
  })
}

function phc(cost: PasswordCost, salt: Buffer, key: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=1$${text(salt)}$${text(key)}`
}

function readPhc(stored: string): { at: PasswordCost; salt: Buffer; key: Buffer } {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(stored)
  if (!parts) throw new Error('a stored password is not an Argon2id string')
  const [, memory, passes, salt = '', key = ''] = parts
  return {
    at: { memoryKib: Number(memory), passes: Number(passes) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
}

/** Lets `limit` pieces of work run at once; the others wait in line. */
function createGate(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // the place passes to the next in line, or becomes free
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

let commonList: Promise<ReadonlySet<string>> | undefined

/** Read once, on the first password that somebody chooses. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  commonList ??= readFile(join(import.meta.dirname, 'data/common-passwords.txt'), 'utf8').then(
    (text) => new Set(text.split('\n').filter(Boolean)),
  )
  return commonList
}

/** Refuses a password that is short, frequent, or made of what everybody knows of the person. */
export async function demandStrongPassword(password: string, personal: readonly string[]): Promise<void> {
  const reason = judgePassword(password, { common: await commonPasswords(), personal })
  if (reason) throw refuseAccess('access.password_weak', { field: 'password', details: { reason } })
}
