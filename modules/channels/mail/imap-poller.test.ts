import { silentLog } from '@opora/platform/log'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dovecot } from '../testkit/dovecot.ts'
import { startDovecot } from '../testkit/dovecot.ts'
import { until } from '../testkit/until.ts'
import type { FetchedLetter, ImapAccount, ImapHealth, ImapStore } from './imap-account.ts'
import { imapFault } from './imap-account.ts'
import { startImapPoller } from './imap-poller.ts'

let server: Dovecot | null = null

beforeAll(async () => {
  server = await startDovecot()
  console.info(
    server ? 'IMAP server of this run: Dovecot' : 'IMAP server of this run: none installed, only pure parts are tested',
  )
})
afterAll(async () => {
  await server?.remove()
})

const letter = (subject: string) =>
  `From: a@client.test\r\nTo: support@desk.test\r\nSubject: ${subject}\r\n\r\n${subject}\r\n`

function account(dovecot: Dovecot, overrides: Partial<ImapAccount> = {}): ImapAccount {
  return {
    id: 'box',
    host: dovecot.host,
    port: dovecot.port,
    security: 'none',
    auth: { user: dovecot.user, pass: dovecot.password },
    ...overrides,
  }
}

/** Keeps letters as the database would: once by UID, once by content. */
function memoryStore(failures: { save: number } = { save: 0 }) {
  const uids = new Set<string>()
  const letters = new Map<string, FetchedLetter>()
  const store: ImapStore = {
    has: async (uidValidity, uid) => uids.has(`${uidValidity}|${uid}`),
    async save(fetched) {
      if (failures.save > 0) {
        failures.save -= 1
        throw new Error('disk full')
      }
      uids.add(`${fetched.uidValidity}|${fetched.uid}`)
      if (!letters.has(fetched.sha256)) letters.set(fetched.sha256, fetched)
    },
  }
  return {
    store,
    letters,
    uids,
    subjects: () => [...letters.values()].map(({ raw }) => /Subject: (.*)\r\n/.exec(raw.toString())?.[1]),
  }
}

const quick = { pollMs: 60_000, backoffMs: { first: 20, longest: 100 }, log: silentLog }

describe('a mailbox read by IMAP', () => {
  test('takes what lies there and what comes later, each letter once, and marks it', async () => {
    if (!server) return
    const memory = memoryStore()
    await server.deliver(letter('one'))
    await server.deliver(letter('two'))
    const poller = startImapPoller({ ...quick, account: account(server), store: memory.store })
    await until(() => memory.letters.size === 2)
    await server.deliver(letter('three'))
    await until(() => memory.letters.size === 3)
    await until(async () => (await server?.letters())?.every((name) => /:2,[a-z]*S/i.test(name)) ?? false)
    await poller.stop()
    expect(memory.subjects()).toEqual(['one', 'two', 'three'])
    const again = memoryStore()
    const healths: ImapHealth[] = []
    const second = startImapPoller({
      ...quick,
      account: account(server),
      store: again.store,
      onHealth: (h) => healths.push(h),
    })
    await until(() => healths.length > 0)
    await second.stop()
    expect(healths[0]).toEqual({ state: 'ok', taken: 0 })
  })

  test('a letter that could not be stored stays on the server and is taken at the next attempt', async () => {
    if (!server) return
    const failures = { save: 2 }
    const memory = memoryStore(failures)
    const healths: ImapHealth[] = []
    await server.deliver(letter('stubborn'))
    const poller = startImapPoller({
      ...quick,
      account: account(server),
      store: memory.store,
      onHealth: (h) => healths.push(h),
    })
    await until(() => memory.letters.size === 1)
    await poller.stop()
    expect(healths.slice(0, 2)).toMatchObject([
      { state: 'error', fault: 'storage', attempt: 1 },
      { state: 'error', fault: 'storage', attempt: 2 },
    ])
  })

  test('after a change of UIDVALIDITY nothing is lost and nothing is kept twice', async () => {
    if (!server) return
    const memory = memoryStore()
    await server.deliver(letter('before'))
    const first = startImapPoller({ ...quick, account: account(server), store: memory.store })
    await until(() => memory.subjects().includes('before'))
    const before = memory.letters.size
    await server.changeUidValidity()
    await server.deliver(letter('after'))
    await until(() => memory.subjects().includes('after'))
    await first.stop()
    expect(new Set([...memory.uids].map((key) => key.split('|')[0])).size).toBe(2)
    expect(new Set(memory.subjects()).size).toBe(memory.letters.size)
    expect(memory.letters.size).toBeGreaterThan(before)
  })

  test('letters are moved where the settings say so, and a folder that is missing is made', async () => {
    if (!server) return
    const memory = memoryStore()
    await server.deliver(letter('moved'))
    const target = account(server, { after: { do: 'move', to: 'Taken' } })
    const poller = startImapPoller({ ...quick, account: target, store: memory.store })
    await until(() => memory.subjects().includes('moved'))
    await until(async () => (await server?.letters('Taken'))?.length === 1)
    await poller.stop()
  })

  test('two pollers at once keep each letter once', async () => {
    if (!server) return
    const memory = memoryStore()
    for (let i = 0; i < 30; i += 1) await server.deliver(letter(`pair ${i}`))
    const pollers = [1, 2].map(() =>
      startImapPoller({ ...quick, account: account(server as Dovecot), store: memory.store }),
    )
    await until(() => memory.subjects().filter((subject) => subject?.startsWith('pair')).length === 30)
    await Promise.all(pollers.map((poller) => poller.stop()))
    expect(memory.subjects().filter((subject) => subject?.startsWith('pair')).length).toBe(30)
  })

  test('comes back by itself when the server was away', async () => {
    if (!server) return
    const memory = memoryStore()
    const healths: ImapHealth[] = []
    const poller = startImapPoller({
      ...quick,
      account: account(server),
      store: memory.store,
      onHealth: (h) => healths.push(h),
    })
    await until(() => healths.some((health) => health.state === 'ok'))
    await server.stop()
    await until(() => healths.some((health) => health.state === 'error' && health.fault === 'network'))
    await server.start()
    await server.deliver(letter('after the outage'))
    await until(() => memory.subjects().includes('after the outage'))
    await poller.stop()
  })

  test('I18, A23: a wrong password is told as one word, and neither it nor the host is logged', async () => {
    if (!server) return
    const lines: string[] = []
    const note = (...parts: unknown[]) => void lines.push(JSON.stringify(parts))
    const log = { ...silentLog, warn: note, error: note, info: note, debug: note }
    const healths: ImapHealth[] = []
    const wrong = account(server, { auth: { user: server.user, pass: 'canary-4711' } })
    const poller = startImapPoller({
      ...quick,
      log,
      account: wrong,
      store: memoryStore().store,
      onHealth: (h) => healths.push(h),
    })
    await until(() => healths.length > 0)
    await poller.stop()
    expect(healths[0]).toMatchObject({ state: 'error', fault: 'auth' })
    expect(lines.join('\n')).not.toMatch(/canary-4711|127\.0\.0\.1/)
  })

  test('pauses between attempts grow, and a broken connection does not shorten them', async () => {
    const healths: ImapHealth[] = []
    const closed = { ...quick, backoffMs: { first: 40, longest: 80 } }
    const start = performance.now()
    const poller = startImapPoller({
      ...closed,
      account: { id: 'box', host: '127.0.0.1', port: 1, security: 'none', auth: { user: 'a', pass: 'b' } },
      store: memoryStore().store,
      onHealth: (h) => healths.push(h),
    })
    await until(() => healths.length === 4)
    const tookMs = performance.now() - start
    await poller.stop()
    expect(healths.map((health) => (health.state === 'error' ? health.attempt : 0))).toEqual([1, 2, 3, 4])
    expect(tookMs).toBeGreaterThan((40 + 80 + 80) * 0.75 - 10)
  })

  test('R9: a host that the guard refuses is never connected to', async () => {
    const healths: ImapHealth[] = []
    const poller = startImapPoller({
      ...quick,
      account: { id: 'box', host: 'imap.internal', port: 143, security: 'tls', auth: { user: 'a', pass: 'b' } },
      store: memoryStore().store,
      resolve: () => Promise.reject(new Error('refused address')),
      onHealth: (h) => healths.push(h),
    })
    await until(() => healths.length > 0)
    await poller.stop()
    expect(healths[0]).toMatchObject({ state: 'error', fault: 'server' })
  })
})

describe('faults are told from a closed list', () => {
  test.each([
    [{ authenticationFailed: true, response: 'NO secret words' }, 'auth'],
    [{ code: 'ECONNREFUSED' }, 'network'],
    [{ code: 'ETIMEDOUT' }, 'network'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls'],
    [{ serverResponseCode: 'NONEXISTENT' }, 'folder'],
    [new Error('anything'), 'server'],
    [null, 'server'],
  ])('%j is %s', (error, fault) => expect(imapFault(error)).toBe(fault))
})
