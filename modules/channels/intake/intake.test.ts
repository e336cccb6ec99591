import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount, type TestAccount } from '@opora/access/testkit'
import { createPeople } from '@opora/people'
import { createClient, createContact, fakeAccounts } from '@opora/people/testkit'
import { createEventBus } from '@opora/platform/events'
import { createFileStore } from '@opora/platform/files'
import { silentLog } from '@opora/platform/log'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { ticketBench } from '@opora/tickets/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMailParser } from '../mail/parser.ts'
import { messageIdWithToken, signReplyToken } from '../mail/reply-token.ts'
import { createOutbox } from '../outbox/enqueue.ts'
import { createIntake, type Intake } from './intake.ts'

let db: TestDatabase
let intake: Intake
let clientId: number
let contact: { id: number; email: string | null }
let staff: TestAccount
const key = Buffer.alloc(32, 3)
const parser = createMailParser()

beforeAll(async () => {
  db = await createTestDatabase()
  const { tickets } = await ticketBench(db)
  const files = createFileStore(await mkdtemp(join(tmpdir(), 'opora-intake-')))
  const people = createPeople({ bus: createEventBus(), accounts: fakeAccounts() })
  const settings = {
    trustedAuthservIds: ['mx.provider.test'],
    checkSenders: 'auto' as const,
    maxLetterBytes: 1_000_000,
    maxTicketsPerHour: 100,
    reopenDays: 30,
  }
  intake = createIntake({
    database: db,
    files,
    // a fault that may pass, such as a full disk
    parser: {
      ...parser,
      parse: async (raw) => {
        if (Buffer.from(raw).includes('FAULT')) throw new Error('a fault that passes')
        return parser.parse(raw)
      },
    },
    people,
    tickets,
    replyKeys: new Map([['k1', key]]),
    outbox: createOutbox({ replyKey: key, replyKeyId: 'k1', from: { address: null, name: 'Поддержка' } }),
    companyName: async () => 'Провайдер',
    settings,
    log: silentLog,
  })
  await db.owner`insert into mailbox (name, address) values ('Поддержка', 'support@provider.test')`
  clientId = (await createClient(db.owner, { name: 'Ромашка', mailDomains: ['romashka.test'] } as never)).id
  contact = await createContact(db.owner, clientId, { email: 'anna@romashka.test', name: 'Анна' } as never)
  staff = await createAccount(db, { roles: ['l1'], email: 'operator@provider.test' })
})
afterAll(async () => {
  await parser.close()
  await db.drop()
})

let counter = 0
beforeEach(() => {
  counter += 1
})

const session = { id: 's', remoteAddress: '127.0.0.1', helo: 'mail.test', encrypted: false }
function letter(headers: Record<string, string>, body = 'Не открывается карточка сделки, ошибка 500'): Buffer {
  const all = {
    From: 'Анна <anna@romashka.test>',
    To: 'support@provider.test',
    Subject: 'Ошибка в CRM',
    'Message-ID': `<m${counter}-${Object.values(headers).join('').length}@romashka.test>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  return Buffer.from(
    `${Object.entries(all)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')}\r\n\r\n${body}\r\n`,
  )
}
async function receive(raw: Buffer, from = 'anna@romashka.test') {
  await intake.acceptSmtp({ from, to: ['support@provider.test'] }, raw, session)
  while ((await intake.processNext()) > 0);
  const [row] = await db.owner<
    { id: number; state: string; ticketId: number | null; outcome: Record<string, unknown>; error: string | null }[]
  >`
    select id, state, ticket_id, outcome, error from raw_message order by id desc limit 1`
  return row!
}
it('takes a fresh letter before one that failed, which keeps its attempts for later', async () => {
  const envelope = { from: 'anna@romashka.test', to: ['support@provider.test'] }
  const stands = (id: string) => db.owner<{ state: string; attempts: number }[]>`
    select state, attempts from raw_message where position(${Buffer.from(id)} in raw) > 0`
  await intake.acceptSmtp(envelope, letter({ 'Message-ID': '<fault@x>' }, 'FAULT'), session)
  expect(await intake.processNext()).toBe(0)
  for (const turn of [1, 2, 3, 4, 5]) {
    await intake.acceptSmtp(envelope, letter({ 'Message-ID': `<fresh-${turn}@x>` }, `Свежее ${turn}`), session)
    expect(await intake.processNext()).toBe(1)
    expect(await stands(`<fresh-${turn}@x>`)).toMatchObject([{ state: 'done' }])
  }
  expect(await stands('<fault@x>')).toMatchObject([{ state: 'new', attempts: 1 }])
  for (const attempts of [2, 3, 4]) {
    expect(await intake.processNext()).toBe(0)
    expect(await stands('<fault@x>')).toMatchObject([{ state: 'new', attempts }])
  }
  expect(await intake.processNext()).toBe(1)
  expect(await stands('<fault@x>')).toMatchObject([{ state: 'failed', attempts: 5 }])
})

const ticketOf = async (id: number) =>
  (
    await db.owner<
      { subject: string; clientId: number; contactId: number; channel: string; messagesCount: number }[]
    >`select subject, client_id, contact_id, channel, messages_count from ticket where id = ${id}`
  )[0]!

describe('a letter', () => {
  it('of a known contact opens a ticket of the client', async () => {
    const done = await receive(letter({}))
    expect(done.state).toBe('done')
    expect(await ticketOf(done.ticketId!)).toMatchObject({
      subject: 'Ошибка в CRM',
      clientId,
      contactId: contact.id,
      channel: 'email',
    })
  })

  it('that came twice is one letter and one ticket', async () => {
    const raw = letter({ Subject: 'Дважды' })
    await receive(raw)
    await receive(raw)
    const [row] = await db.owner<{ count: number }[]>`select count(*) as count from ticket where subject = 'Дважды'`
    expect(row!.count).toBe(1)
  })

  it('with the same Message-ID by another way is set aside as a duplicate', async () => {
    const first = await receive(letter({ 'Message-ID': '<same@romashka.test>' }))
    const second = await receive(letter({ 'Message-ID': '<same@romashka.test>', Received: 'from elsewhere' }))
    expect(first.state).toBe('done')
    expect(second.state).toBe('ignored')
  })

  it('of an unknown sender opens a prospect with the slowest class', async () => {
    const done = await receive(letter({ From: 'Незнакомец <who@nowhere.test>' }), 'who@nowhere.test')
    const [row] = await db.owner<
      { kind: string; licenceClass: string }[]
    >`select c.kind, c.licence_class from client c join ticket t on t.client_id = c.id where t.id = ${done.ticketId}`
    expect(row).toEqual({ kind: 'prospect', licenceClass: 'prospect' })
  })

  it('of a colleague nobody has named belongs to the client of the mail domain', async () => {
    const done = await receive(letter({ From: 'Пётр <petr@romashka.test>' }), 'petr@romashka.test')
    const [row] = await db.owner<
      { clientId: number; status: string }[]
    >`select c.client_id, c.status from contact c join ticket t on t.contact_id = c.id where t.id = ${done.ticketId}`
    expect(row).toEqual({ clientId, status: 'unconfirmed' })
  })

  it('in cp1251 and KOI8-R reads right', async () => {
    for (const [charset, bytes] of [
      ['windows-1251', [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]],
      ['koi8-r', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]],
    ] as const) {
      const head = letter(
        {
          'Content-Type': `text/plain; charset=${charset}`,
          Subject: `Charset ${charset}`,
          'Content-Transfer-Encoding': '8bit',
        },
        '',
      )
      const done = await receive(Buffer.concat([head, Buffer.from(bytes)]))
      const [row] = await db.owner<
        { bodyText: string }[]
      >`select body_text from message where ticket_id = ${done.ticketId}`
      expect(row!.bodyText.trim()).toBe('Привет')
    }
  })

  it('with a valid token of the sender joins the ticket', async () => {
    const opened = await receive(letter({ Subject: 'Для ответа' }))
    const token = signReplyToken(key, 'k1', opened.ticketId!, `c${contact.id}`)
    const joined = await receive(
      letter(
        { Subject: 'Re: Для ответа', 'In-Reply-To': `<${messageIdWithToken(token, 'r1', 'provider.test')}>` },
        'Вот подробности',
      ),
    )
    expect(joined.ticketId).toBe(opened.ticketId)
    expect(await ticketOf(opened.ticketId!)).toMatchObject({ messagesCount: 2 })
  })

  it('of a stranger with somebody’s token is kept as unverified (E6)', async () => {
    const opened = await receive(letter({ Subject: 'Чужой токен' }))
    const token = signReplyToken(key, 'k1', opened.ticketId!, `c${contact.id}`)
    const joined = await receive(
      letter({
        From: 'evil@evil.test',
        Cc: 'evil2@evil.test',
        'In-Reply-To': `<${messageIdWithToken(token, 'r2', 'provider.test')}>`,
      }),
      'evil@evil.test',
    )
    expect(joined.ticketId).toBe(opened.ticketId)
    const messages = await db.owner<
      { unverified: boolean }[]
    >`select unverified from message where ticket_id = ${opened.ticketId} order by id`
    expect(messages.map((row) => row.unverified)).toEqual([false, true])
    const [people] = await db.owner<
      { count: number }[]
    >`select count(*) as count from ticket_person where ticket_id = ${opened.ticketId}`
    expect(people!.count).toBe(1)
  })

  it('with only a number in the subject opens a new ticket linked to the old one', async () => {
    const opened = await receive(letter({ Subject: 'Номер' }))
    const [row] = await db.owner<{ number: number }[]>`select number from ticket where id = ${opened.ticketId}`
    const next = await receive(letter({ Subject: `[#${row!.number}] ещё вопрос` }))
    expect(next.ticketId).not.toBe(opened.ticketId)
    const links =
      await db.owner`select 1 from ticket_link where from_id = ${next.ticketId} and to_id = ${opened.ticketId}`
    expect(links).toHaveLength(1)
  })

  it('of a machine opens a ticket that nothing answers, of our own address none at all', async () => {
    expect((await receive(letter({ From: 'support@provider.test' }), 'support@provider.test')).state).toBe('ignored')
    const bounce = letter(
      {
        From: 'MAILER-DAEMON@mx.test',
        Subject: 'Undelivered Mail',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
      '--b\r\nContent-Type: text/plain\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; anna@romashka.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--',
    )
    const heard = await receive(bounce, '')
    expect(heard).toMatchObject({ state: 'done', ticketId: null })
    const [row] = await db.owner<
      { bad: boolean }[]
    >`select mail_bad_since is not null as bad from contact where id = ${contact.id}`
    expect(row!.bad).toBe(true)
  })

  it('that staff forward opens the client’s ticket', async () => {
    const text =
      'Коллеги, посмотрите.\r\n\r\n-------- Пересылаемое сообщение --------\r\nОт: Анна <anna@romashka.test>\r\nТема: Не работает почта\r\nКому: operator@provider.test\r\n\r\nПочта не отправляется с утра'
    const done = await receive(
      letter({ From: `Оператор <${staff.email}>`, Subject: 'Fwd: Не работает почта' }, text),
      staff.email,
    )
    expect(await ticketOf(done.ticketId!)).toMatchObject({ contactId: contact.id, clientId })
  })

  it('with broken MIME or poison is kept and the next one goes through (E15)', async () => {
    const poison = Buffer.concat([
      Buffer.from(
        'From: =?utf-32LE?B?AAAA?= <anna@romashka.test>\r\nTo: support@provider.test\r\nContent-Type: multipart/mixed; boundary="\0\0\r\n\r\n--',
      ),
      Buffer.alloc(2_000, 0xff),
    ])
    const kept = await receive(poison)
    expect(['done', 'failed', 'quarantined']).toContain(kept.state)
    expect((await receive(letter({ Subject: 'После яда' }))).state).toBe('done')
  })

  it('keeps its files by content and names them', async () => {
    const body =
      '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nСм. вложение\r\n--b\r\nContent-Type: text/plain; name="log.txt"\r\nContent-Disposition: attachment; filename="log.txt"\r\n\r\nerror 500\r\n--b--'
    const done = await receive(letter({ 'Content-Type': 'multipart/mixed; boundary=b', Subject: 'Файл' }, body))
    const files = await db.owner<
      { name: string; sizeBytes: number }[]
    >`select name, size_bytes from attachment where ticket_id = ${done.ticketId}`
    expect(files).toEqual([{ name: 'log.txt', sizeBytes: 'error 500\n'.length }])
  })
})
