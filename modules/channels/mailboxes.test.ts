import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { type Answer, serveRoutes } from '@opora/people/testkit'
import { silentLog } from '@opora/platform/log'
import { createVault } from '@opora/platform/secrets'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelsRoutes } from './channels.routes.ts'
import { type MailboxPolling, startMailboxPolling } from './intake/poll-mailboxes.ts'
import { createLetters } from './letters.service.ts'
import { createMailboxes } from './mailboxes.service.ts'
import { type Dovecot, startDovecot } from './testkit/dovecot.ts'
import { type IntakeBench, intakeBench } from './testkit/intake-bench.ts'
import { until } from './testkit/until.ts'

const CANARY = 'canary-password-7f3a'
const vault = createVault(TEST_SECRET)
const state = {} as {
  db: TestDatabase
  bench: IntakeBench
  api: Awaited<ReturnType<typeof serveRoutes>>
  admin: TestAccount
  server: Dovecot | null
  privateHosts: string[]
}
const lookup = async (host: string) =>
  host === 'inner.test' ? ['10.0.0.7'] : host === 'mail.test' ? ['93.184.216.34'] : ['127.0.0.1']

beforeAll(async () => {
  state.server = await startDovecot()
  console.info(`IMAP server of this run: ${state.server ? 'Dovecot' : 'none installed, polling is not tested'}`)
  state.privateHosts = state.server ? [`127.0.0.1:${state.server.port}`] : []
  state.db = await createTestDatabase()
  state.bench = await intakeBench(state.db)
  state.admin = await createAccount(state.db, { roles: ['ad'] })
  state.api = await serveRoutes(
    state.db,
    channelsRoutes({
      database: state.db,
      mailboxes: createMailboxes({ vault, privateHosts: state.privateHosts, lookup }),
      letters: createLetters({ tickets: state.bench.tickets }),
      parser: state.bench.parser,
    }),
  )
})
afterAll(async () => {
  await state.api.close()
  await state.bench.close()
  await state.db.drop()
  await state.server?.remove()
})

const call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, version?: number): Promise<Answer> =>
  state.api.call(actorOf(state.admin), method, path, body, version)
const imap = (overrides: object = {}) => ({ host: 'mail.test', port: 993, security: 'tls', user: 'u', ...overrides })

describe('mailboxes as settings', () => {
  test('take a password and never give it back, nor may the desk’s database role read it', async () => {
    const made = await call('POST', '/mailboxes', {
      name: 'Почта',
      address: 'first@desk.test',
      protocol: 'imap',
      imap: imap(),
      password: CANARY,
    })
    expect(made).toMatchObject({
      status: 201,
      body: { password: { set: true }, version: 1, imap: { folder: 'INBOX' } },
    })
    const list = await call('GET', '/mailboxes')
    expect(made.text + list.text).not.toContain(CANARY)
    await expect(state.db.staff`select secret_sealed from mailbox`).rejects.toMatchObject({ code: '42501' })
    const [row] = await state.db.worker<
      { secretSealed: Buffer }[]
    >`select secret_sealed from mailbox where id = ${made.body['id'] as number}`
    expect(row!.secretSealed.includes(CANARY)).toBe(false)
    expect(() => vault.open(row!.secretSealed, 'mailbox|secret|999')).toThrow()
  })

  test('demand the version seen, refuse a second mailbox of an address and a topic nobody knows', async () => {
    const made = await call('POST', '/mailboxes', { name: 'Вторая', address: 'second@desk.test' })
    const id = made.body['id']
    expect((await call('PATCH', `/mailboxes/${id}`, { name: 'x' })).status).toBe(428)
    expect((await call('PATCH', `/mailboxes/${id}`, { name: 'Иначе' }, 1)).body).toMatchObject({
      name: 'Иначе',
      version: 2,
    })
    expect(await call('PATCH', `/mailboxes/${id}`, { name: 'x' }, 1)).toMatchObject({
      status: 409,
      body: { code: 'http.version_conflict' },
    })
    const twin = await call('POST', '/mailboxes', { name: 'Та же', address: 'SECOND@desk.test' })
    expect(twin.body['code']).toBe('channels.address_taken')
    const topic = await call('PATCH', `/mailboxes/${id}`, { defaultTopic: 'no-such' }, 2)
    expect(topic.body['code']).toBe('channels.topic_unknown')
    expect((await call('GET', '/mailboxes/999999')).status).toBe(404)
  })

  test('lead to no private network, and a stored password to no other server (R9)', async () => {
    const base = { name: 'x', protocol: 'imap', password: CANARY }
    const inner = await call('POST', '/mailboxes', {
      ...base,
      address: 'in@desk.test',
      imap: imap({ host: 'inner.test' }),
    })
    expect(inner.body['code']).toBe('channels.host_forbidden')
    const plain = await call('POST', '/mailboxes', {
      ...base,
      address: 'in@desk.test',
      imap: imap({ security: 'none' }),
    })
    expect(plain.body['code']).toBe('channels.encryption_needed')
    const [first] = (await call('GET', '/mailboxes')).body.items!.filter((one) => one['address'] === 'first@desk.test')
    const moved = await call('PATCH', `/mailboxes/${first!['id']}`, { imap: imap({ host: 'evil.test' }) }, 1)
    expect(moved.body['code']).toBe('channels.password_needed')
    const probe = await call('POST', '/mailboxes/test-connection', {
      id: first!['id'],
      imap: imap({ host: 'evil.test' }),
    })
    expect(probe.body['code']).toBe('channels.password_needed')
  })

  test('test-connection says one of a closed list, never a host or a word of the server (A23)', async () => {
    const inner = await call('POST', '/mailboxes/test-connection', {
      imap: imap({ host: 'inner.test' }),
      password: CANARY,
    })
    expect(inner.body).toMatchObject({ ok: false, fault: 'forbidden_host' })
    expect(inner.text).not.toMatch(/10\.0|inner|canary/)
    if (!state.server) return
    const { port, user, password } = state.server
    const here = imap({ host: '127.0.0.1', port, security: 'none', user })
    expect((await call('POST', '/mailboxes/test-connection', { imap: here, password })).body).toMatchObject({
      ok: true,
      fault: null,
    })
    const wrong = await call('POST', '/mailboxes/test-connection', { imap: here, password: CANARY })
    expect(wrong.body).toMatchObject({ ok: false, fault: 'auth' })
    const folder = await call('POST', '/mailboxes/test-connection', { imap: { ...here, folder: 'Nowhere' }, password })
    expect(folder.body).toMatchObject({ ok: false, fault: 'folder' })
    expect(wrong.text + folder.text).not.toMatch(/dovecot|canary|127\./i)
  })

  test('are the administrator’s alone', async () => {
    const manager = await createAccount(state.db, { roles: ['im', 'am'] })
    expect((await state.api.call(actorOf(manager), 'GET', '/mailboxes')).status).toBe(403)
    expect((await state.api.call(actorOf(manager), 'POST', '/mailboxes/test-connection', {})).status).toBe(403)
  })
})

describe('mailboxes that are polled', () => {
  const ports = () => ({
    database: state.db,
    vault,
    log: silentLog,
    maxLetterBytes: 1_000_001,
    privateHosts: state.privateHosts,
    everyMs: 150,
    backoffMs: { first: 20, longest: 100 },
  })
  const stored = (subject: string) => state.db.owner<
    { source: string; mailboxId: number; ticketId: number | null; state: string }[]
  >`
    select source, mailbox_id, ticket_id, state from raw_message where raw like ${Buffer.from(`%Subject: ${subject}\r\n%`)}`
  const letter = (subject: string) => state.bench.letter({ Subject: subject })
  let pollings: MailboxPolling[] = []
  let id = 0

  beforeAll(async () => {
    if (!state.server) return
    await state.db.owner`update mailbox set active = false`
    pollings = [await startMailboxPolling(ports()), await startMailboxPolling(ports())]
    const { port, user, password } = state.server
    const made = await call('POST', '/mailboxes', {
      name: 'Dovecot',
      address: 'support@provider.test',
      protocol: 'imap',
      imap: imap({ host: '127.0.0.1', port, security: 'none', user }),
      password,
    })
    id = made.body['id'] as number
  })
  afterAll(async () => {
    await Promise.all(pollings.map((polling) => polling.stop()))
  })

  test('are read by one process, which hears of a new mailbox at once; letters become tickets', async () => {
    if (!state.server) return
    await state.server.deliver(letter('imap one'))
    await until(async () => (await stored('imap one')).length === 1)
    expect(pollings.filter((polling) => polling.reading().includes(id))).toHaveLength(1)
    await state.bench.work()
    const [row] = await stored('imap one')
    expect(row).toMatchObject({ source: 'imap', mailboxId: id, state: 'done', ticketId: expect.any(Number) })
    await until(async () => (await call('GET', `/mailboxes/${id}`)).body['lastOkAt'] !== null)
  })

  test('a round can be waited for, and a letter is stored once though its UIDs change', async () => {
    if (!state.server) return
    await state.server.deliver(letter('imap two'))
    await Promise.all(pollings.map((polling) => polling.idle()))
    expect(await stored('imap two')).toHaveLength(1)
    const before = await state.db.owner`select 1 from raw_message`
    await state.server.changeUidValidity()
    await state.server.deliver(letter('imap three'))
    await until(async () => (await stored('imap three')).length === 1)
    await Promise.all(pollings.map((polling) => polling.idle()))
    expect(await state.db.owner`select 1 from raw_message`).toHaveLength(before.length + 1)
  })

  test('another process takes over when the first one ends', async () => {
    if (!state.server) return
    const [reader, other] = pollings[0]!.reading().includes(id) ? [0, 1] : [1, 0]
    await pollings[reader]!.stop()
    await until(() => pollings[other]!.reading().includes(id))
    await state.server.deliver(letter('imap four'))
    await until(async () => (await stored('imap four')).length === 1)
    pollings = [pollings[other]!]
  })

  test('and when a process dies with its claim, as soon as the claim ends', async () => {
    if (!state.server) return
    await pollings[0]!.stop()
    await state.db
      .owner`update mailbox set polled_by = 'dead', polled_until = clock_timestamp() + interval '700 milliseconds' where id = ${id}`
    pollings = [await startMailboxPolling(ports())]
    await pollings[0]!.idle()
    expect(pollings[0]!.reading()).toEqual([])
    await state.server.deliver(letter('imap five'))
    await until(async () => (await stored('imap five')).length === 1)
  })

  test('a wrong password is shown as such and the right one mends it; a closed mailbox is left alone', async () => {
    if (!state.server) return
    const version = async () => (await call('GET', `/mailboxes/${id}`)).body['version'] as number
    await call('PATCH', `/mailboxes/${id}`, { password: CANARY }, await version())
    await until(async () => (await call('GET', `/mailboxes/${id}`)).text.includes('"fault":"auth"'))
    expect((await call('GET', `/mailboxes/${id}`)).body['lastError']).toMatchObject({
      text: 'Сервер не принял имя или пароль',
    })
    const everything = JSON.stringify(await state.db.owner`select name, settings, last_error from mailbox`)
    expect(everything).not.toContain(CANARY)
    await call('PATCH', `/mailboxes/${id}`, { password: state.server.password }, await version())
    await until(async () => (await call('GET', `/mailboxes/${id}`)).body['lastError'] === null)
    await call('PATCH', `/mailboxes/${id}`, { active: false }, await version())
    await until(() => pollings.every((polling) => polling.reading().length === 0))
  })
})
