import { createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Dovecot, startDovecot } from '@opora/channels/testkit'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { type Started, start } from '../../../apps/server/cli/start.ts'
import { openPostOffice, type PostOffice, sendLetter, tokenIn, type Written } from './post-office.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export const PASSWORD = 'tishe-edesh-dalshe-budesh-26'
const DAYS = 365

/** A whole Opora in this process: real HTTP and SMTP ports, its workers, and a world outside that takes its letters. */
export interface Installation {
  db: TestDatabase
  started: Started
  baseUrl: string
  /** A mailbox on a real IMAP server; null where this machine has none. */
  imap: Dovecot | null
  post: PostOffice
  /** Sets the installation's clock and lets everything that has come due happen. */
  at(instant: string): Promise<void>
  /** Lets everything that is due happen. */
  settle(): Promise<void>
  /** Writes to Opora by SMTP and lets it read the letter. */
  write(letter: Written): Promise<void>
  visitor(name: string): Visitor
  /** Joins by the invitation in the letter; whose role needs it turns the second factor on; then goes on with a token. */
  join(address: string, name: string): Promise<Visitor>
  /** Signs a contact in by a letter's link. */
  enterCabinet(address: string): Promise<Visitor>
  close(): Promise<void>
}

export async function installOpora(firstMoment: string, env: Record<string, string> = {}): Promise<Installation> {
  const db = await createTestDatabase()
  await db.setNow(firstMoment)
  const post = await openPostOffice()
  const imap = await startDovecot()
  console.info(
    imap
      ? 'IMAP server of the scenario: Dovecot'
      : 'IMAP server of the scenario: none installed, that letter comes by SMTP',
  )
  const data = await mkdtemp(join(tmpdir(), 'opora-scenario-'))
  // login roles are shared by all databases of the test's PostgreSQL, and so is the secret that their passwords follow from
  await writeFile(join(data, 'secret.key'), TEST_SECRET.toString('hex'))
  const started = await start({
    serve: true,
    work: true,
    env: {
      DATABASE_URL: db.url,
      OPORA_DATA: data,
      OPORA_PORT: '0',
      OPORA_SMTP_PORT: '0',
      OPORA_PUBLIC_URL: 'http://desk.opora-scenario.test',
      OPORA_MAIL_TRANSPORT: 'smtp',
      OPORA_MAIL_HOST: '127.0.0.1',
      OPORA_MAIL_PORT: String(post.port),
      OPORA_MAIL_SECURITY: 'none',
      OPORA_MAIL_FROM: 'support@opora-scenario.test',
      OPORA_MAIL_PRIVATE_HOSTS: imap ? `127.0.0.1:${imap.port}` : '',
      OPORA_UNDO: '0s',
      OPORA_LOG_LEVEL: 'error',
      ...env,
    },
  })
  const baseUrl = `http://127.0.0.1:${started.serving!.port}`
  const settle = () => started.working!.idle()
  const house: Installation = {
    db,
    started,
    baseUrl,
    imap,
    post,
    settle,
    async at(instant) {
      await db.setNow(instant)
      await settle()
    },
    async write(letter) {
      const answer = await sendLetter(started.working!.smtpPort!, letter)
      if (!answer.startsWith('250')) throw new Error(`the letter was not taken: ${answer}`)
      await settle()
    },
    visitor: (name) => createVisitor(baseUrl, name),
    join: (address, name) => joinByInvitation(house, address, name),
    enterCabinet: (address) => enterByLetter(house, address),
    async close() {
      await started.stop()
      await imap?.remove()
      await post.close()
      await db.drop()
      await rm(data, { recursive: true, force: true })
    },
  }
  return house
}

async function joinByInvitation(house: Installation, address: string, name: string): Promise<Visitor> {
  await house.settle()
  const visitor = house.visitor(name)
  const token = tokenIn(house.post.last(address, 'Приглашение'))
  const { me } = await visitor.post('/invitations/accept', { token, password: PASSWORD })
  visitor.accountId = me.id
  if (me.secondFactor.needed) await turnSecondFactorOn(visitor)
  if (me.can.includes('token.own')) await goOnWithToken(visitor)
  return visitor
}

async function enterByLetter(house: Installation, address: string): Promise<Visitor> {
  const visitor = house.visitor(address)
  await visitor.post('/session/magic-link', { email: address })
  await house.settle()
  const me = await visitor.post('/session/magic', { token: tokenIn(house.post.last(address, 'Вход')) })
  visitor.accountId = me.id
  return visitor
}

export async function turnSecondFactorOn(visitor: Visitor): Promise<void> {
  const { secret } = await visitor.post('/me/totp')
  const { recoveryCodes } = await visitor.post('/me/totp/confirm', { code: codeOf(secret) })
  visitor.recoveryCodes = recoveryCodes
}

/** A session would end by itself while the scenario's weeks go by; a token lasts a year. */
export async function goOnWithToken(visitor: Visitor): Promise<void> {
  const { token } = await visitor.post('/me/tokens', { name: 'Сценарий', scopes: ['*'], expiresInDays: DAYS })
  visitor.useToken(token)
}

/** What an authenticator app shows now, or some steps later (RFC 6238: SHA-1, 30 seconds, six digits). */
export function codeOf(secret: string, stepsAhead = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead))
  const digest = createHmac('sha1', key).update(step).digest()
  const at = digest.at(-1)! & 15
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
