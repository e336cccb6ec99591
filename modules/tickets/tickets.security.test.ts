import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { systemActor } from '@opora/access'
import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  type TestAccount,
} from '@opora/access/testkit'
import { createFileStore, type FileStore } from '@opora/platform/files'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDesk } from './desk.service.ts'
import { type TicketBench, ticketBench } from './testkit.ts'
import { cabinetTicketRoutes } from './tickets.cabinet.routes.ts'
import { deskRoutes } from './tickets.desk.routes.ts'
import { fileRoutes } from './tickets.files.routes.ts'
import { ticketsJobs } from './tickets.jobs.ts'
import { ticketsRoutes } from './tickets.routes.ts'

// Lessons of other desks, each by its id.

let db: TestDatabase
let bench: TicketBench
let files: FileStore
let app: Awaited<ReturnType<typeof startTestServer>>
let l1: TestAccount
let a1: TestAccount
let b1: TestAccount
let ticketA: number
let ticketB: number
const cookies = new Map<number, string>()

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  files = createFileStore(await mkdtemp(join(tmpdir(), 'opora-security-')))
  const { tickets, ports } = bench
  const routes = [
    ...ticketsRoutes(tickets, createDesk()),
    ...deskRoutes(createDesk()),
    ...fileRoutes(files),
    ...cabinetTicketRoutes(tickets, ports),
  ]
  app = await startTestServer(db, routes, createTestAccess(db))
  l1 = await createAccount(db, { roles: ['l1', 'im'] })
  a1 = await createAccount(db, { side: 'client', contact: {} })
  b1 = await createAccount(db, { side: 'client', contact: {} })
  for (const one of [l1, a1, b1]) cookies.set(one.id, await sessionCookie(db, one))
  ticketA = await open(a1)
  ticketB = await open(b1)
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

async function open(who: TestAccount): Promise<number> {
  const { clientId, id } = who.contact!
  const author = { contactId: id, accountId: null, name: who.name, email: who.email }
  const opened = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId: id,
      portalId: null,
      subject: `Вопрос ${who.name}`,
      text: 'Текст',
      channel: 'email',
      author,
    }),
  )
  return opened.id
}
const ask = (who: TestAccount, method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) =>
  app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { cookie: cookies.get(who.id)! },
    ...(payload ? { payload } : {}),
  })
const upload = async (who: TestAccount, name: string, bytes: Buffer, mime = 'application/octet-stream') => {
  const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${mime}\r\n\r\n`
  return app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { cookie: cookies.get(who.id)!, 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]),
  })
}
const count = async (table: 'ticket' | 'message' | 'attachment' | 'ticket_link') =>
  (await db.owner<{ n: number }[]>`select count(*) as n from ${db.owner(table)}`)[0]!.n

test('A7, A21: a new request takes no links, parents, numbers or clients beside what it is', async () => {
  const before = await count('ticket')
  const request = { subject: 'Вопрос', text: 'Текст' }
  for (const extra of [
    { linkTo: ticketB },
    { parentId: ticketB },
    { mergeInto: ticketB },
    { clientId: b1.contact!.clientId },
    { contactId: b1.contact!.id },
    { assigneeId: l1.id },
    { state: 'closed' },
  ])
    expect([extra, (await ask(a1, 'POST', '/cabinet/tickets', { ...request, ...extra })).statusCode]).toEqual([
      extra,
      400,
    ])
  const foreign = await ask(l1, 'POST', '/tickets', {
    ...request,
    clientId: a1.contact!.clientId,
    contactId: b1.contact!.id,
  })
  expect(foreign.json().code).toBe('ticket.contact_unknown')
  expect((await ask(l1, 'PATCH', `/tickets/${ticketA}`, { parentId: ticketB })).statusCode).toBe(428)
  expect(await count('ticket')).toBe(before)
})

test('E19: an answer takes no sender, recipient or time of its own', async () => {
  const before = await count('message')
  for (const extra of [
    { from: 'chief@provider.test' },
    { to: 'evil@evil.test' },
    { replyTo: 'evil@evil.test' },
    { headers: {} },
    { createdAt: '2020-01-01T00:00:00Z' },
    { visibility: 'public' },
  ]) {
    for (const [path, body] of [
      ['replies', { text: 'Ответ', ...extra }],
      ['notes', { text: 'Заметка', ...extra }],
    ] as const)
      expect([extra, (await ask(l1, 'POST', `/tickets/${ticketA}/${path}`, body)).statusCode]).toEqual([extra, 400])
  }
  expect(await count('message')).toBe(before)
})

test('A8: an upload is of whoever made it: nobody else reads it, nor hangs it on a message of theirs', async () => {
  const { id } = (await upload(a1, 'договор.txt', Buffer.from('тайна'))).json()
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect((await ask(b1, 'GET', `/files/${id}`)).statusCode).toBe(404)
  expect((await ask(l1, 'GET', `/files/${id}`)).statusCode).toBe(404)
  const stolen = await ask(b1, 'POST', `/cabinet/tickets/${ticketB}/replies`, { text: 'Мой файл', files: [id] })
  expect(stolen.json().code).toBe('ticket.file_unknown')
  const own = await ask(a1, 'POST', `/cabinet/tickets/${ticketA}/replies`, { text: 'Вот', files: [id] })
  expect(own.statusCode).toBe(201)
  expect((await ask(b1, 'GET', `/files/${id}`)).statusCode).toBe(404)
  expect((await ask(l1, 'GET', `/files/${id}`)).statusCode).toBe(200)
})

test('I5: whatever a file says it is, it comes as a download, apart from the pages', async () => {
  for (const [name, mime, bytes] of [
    ['x.html', 'text/html', '<script>alert(1)</script>'],
    ['x.svg', 'image/svg+xml', '<svg onload="alert(1)"/>'],
    ['x.js', 'text/javascript', 'alert(1)'],
    ['x.xml', 'application/xml', '<?xml version="1.0"?><x/>'],
    ['x.pdf', 'application/pdf', '%PDF-1.4'],
    ['x.gif', 'image/gif', 'GIF89a/*'],
  ] as const) {
    const { id } = (await upload(a1, name, Buffer.from(bytes), mime)).json()
    const file = await ask(a1, 'GET', `/files/${id}`)
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment;/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    // what is no picture, or only calls itself one, has no preview
    expect([name, (await ask(a1, 'GET', `/files/${id}/preview`)).statusCode]).toEqual([name, 404])
  }
})

/** A PNG of one colour, of any size: a few kilobytes for gigabytes of pixels. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, body, Buffer.alloc(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const pixels = deflateSync(Buffer.alloc((side + 1) * 64))
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

test('I16, P3: a picture of 14 000 by 14 000 points is refused at once, without being unpacked', async () => {
  const { id } = (await upload(a1, 'bomb.png', bomb(14_000), 'image/png')).json()
  const began = performance.now()
  const before = process.memoryUsage().rss
  expect((await ask(a1, 'GET', `/files/${id}/preview`)).statusCode).toBe(404)
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
})

test('I14, I17: a name never becomes a path', async () => {
  for (const name of ['..%2f..%2fetc%2fpasswd', '../../x.txt', '/etc/passwd', 'C:\\\\windows\\\\x', '\u202Etxt.exe']) {
    const kept = (await upload(a1, name, Buffer.from('x'))).json()
    expect(kept.name).not.toMatch(/[\\/\u202E]/)
  }
  for (const path of ['..%2f..%2fetc', '%252e%252e', 'a%00b', '%2fetc%2fpasswd'])
    expect([400, 404]).toContain((await ask(a1, 'GET', `/files/${path}`)).statusCode)
})

test('I10: what is searched, sorted and filtered by never becomes a part of a query', async () => {
  const hostile = ["' or 1=1 --", '"; drop table ticket; --', '$1', '%', '_', '\\', "') union select null--", '{{7*7}}']
  for (const text of hostile) {
    const q = encodeURIComponent(text)
    for (const path of [`/tickets?q=${q}`, `/tickets?tag=${q}`, `/tickets?topic=${q}`, `/templates?q=${q}`]) {
      const answer = await ask(l1, 'GET', path)
      expect([path, answer.statusCode]).toEqual([path, 200])
      if (path.startsWith('/tickets?t')) expect(answer.json().items).toEqual([])
    }
    for (const path of [
      `/tickets?sort=${q}`,
      `/tickets?view=${q}&order=${q}`,
      `/tickets?state=${q}`,
      `/tickets?cursor=${q}`,
    ])
      expect([path, (await ask(l1, 'GET', path)).statusCode < 500]).toEqual([path, true])
    const mine = await ask(a1, 'GET', `/cabinet/tickets?q=${q}`)
    expect(mine.json().items.every((row: { id: number }) => row.id === ticketA)).toBe(true)
  }
})

test('P5: who uploads without end is braked, and what no message took is forgotten', async () => {
  const other = await createAccount(db, { side: 'client', contact: {} })
  cookies.set(other.id, await sessionCookie(db, other))
  const codes: number[] = []
  for (let n = 0; n < 130; n += 1) codes.push((await upload(other, `${n}.txt`, Buffer.from(`${n}`))).statusCode)
  expect(codes.filter((code) => code === 201)).toHaveLength(120)
  expect(codes.at(-1)).toBe(429)
  // a colleague is not braked by it
  expect((await upload(a1, 'x.txt', Buffer.from('x'))).statusCode).toBe(201)

  const kept = (await upload(l1, 'в черновике.txt', Buffer.from('ч'))).json().id as string
  const taken = await count('attachment')
  await app.inject({
    method: 'PUT',
    url: `/api/v1/tickets/${ticketA}/drafts/reply`,
    headers: { cookie: cookies.get(l1.id)! },
    payload: { body: { text: 'Пишу', files: kept } },
  })
  const forget = ticketsJobs(db)['tickets.forgetUploads']!
  await forget(undefined as never)
  expect(await count('attachment')).toBe(taken)
  await db.owner`update attachment set created_at = app_now() - interval '25 hours'`
  await forget(undefined as never)
  const left = await db.owner<{ publicId: string; taken: boolean }[]>`
    select public_id, message_id is not null as taken from attachment`
  expect(left.filter((row) => !row.taken).map((row) => row.publicId)).toEqual([kept])
  expect(left.filter((row) => row.taken).length).toBeGreaterThan(0)
})
