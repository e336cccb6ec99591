import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messageIdWithToken, signReplyToken } from '../mail/reply-token.ts'
import { type IntakeBench, intakeBench, REPLY_KEY } from '../testkit/intake-bench.ts'

let db: TestDatabase
let bench: IntakeBench
let clientId: number
let anna: { id: number }
let boris: { id: number }
let staff: TestAccount
const dns: Record<string, string[][]> = {}

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await intakeBench(db, {
    resolver: async (name, type) => {
      const found = dns[`${type} ${name}`]
      if (!found) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      return found
    },
  })
  await db.owner`insert into mailbox (name, address) values ('Поддержка', 'support@provider.test'), ('Продажи', 'sales@provider.test')`
  clientId = (await createClient(db.owner, { name: 'Ромашка', mailDomains: ['romashka.test'] } as never)).id
  anna = await createContact(db.owner, clientId, { email: 'anna@romashka.test', name: 'Анна' } as never)
  boris = await createContact(db.owner, clientId, { email: 'boris@romashka.test', name: 'Борис' } as never)
  staff = await createAccount(db, { roles: ['im'], email: 'operator@provider.test' })
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

const tokenHeader = (ticketId: number, contactId: number) => {
  const token = signReplyToken(REPLY_KEY, 'k1', ticketId, `c${contactId}`)
  return { 'In-Reply-To': `<${messageIdWithToken(token, 'r', 'provider.test')}>` }
}
const count = async (query: ReturnType<TestDatabase['owner']>) =>
  (await (query as unknown as Promise<unknown[]>)).length

describe('a letter to more than one of our mailboxes', () => {
  test('is one ticket, by whichever way its copies come', async () => {
    const id = { 'Message-ID': '<two-boxes@romashka.test>', To: 'support@provider.test, sales@provider.test' }
    const first = await bench.receive(bench.letter(id), { to: ['support@provider.test'] })
    const second = await bench.receive(bench.letter({ ...id, 'Delivered-To': 'sales@provider.test' }), {
      to: ['sales@provider.test'],
    })
    expect([first.state, second.state]).toEqual(['done', 'ignored'])
    expect(await count(db.owner`select 1 from message where mail_message_id = 'two-boxes@romashka.test'`)).toBe(1)
  })

  test('and without a Message-ID is told by its bytes', async () => {
    const raw = bench.letter({ 'Message-ID': undefined, Subject: 'Без номера письма' })
    await bench.receive(raw, { to: ['support@provider.test'] })
    const second = await bench.receive(raw, { to: ['sales@provider.test'] })
    expect(second.state).toBe('ignored')
    expect(await count(db.owner`select 1 from ticket where subject = 'Без номера письма'`)).toBe(1)
  })
})

describe('mail to a ticket that was merged', () => {
  test('reaches the survivor, also of two merges, and only for its participants', async () => {
    const opened = []
    for (const subject of ['Первое', 'Второе', 'Третье'])
      opened.push((await bench.receive(bench.letter({ Subject: subject }))).ticketId!)
    const [first, second, third] = opened as [number, number, number]
    await db.begin({ as: 'worker' }, (tx) => bench.tickets.merge(tx, actorOf(staff), first, second))
    await db.begin({ as: 'worker' }, (tx) => bench.tickets.merge(tx, actorOf(staff), second, third))
    const joined = await bench.receive(bench.letter({ Subject: 'Re: Первое', ...tokenHeader(first, anna.id) }))
    expect(joined).toMatchObject({ state: 'done', ticketId: third })
    const stranger = await bench.receive(
      bench.letter({ From: 'evil@evil.test', Subject: 'Re: Первое', ...tokenHeader(first, anna.id) }),
      { from: 'evil@evil.test' },
    )
    const [said] = await db.owner<
      { unverified: boolean; ticketId: number }[]
    >`select unverified, ticket_id from message where raw_id = ${stranger.id}`
    expect(said).toEqual({ unverified: true, ticketId: third })
  })
})

describe('somebody whose access was taken away (E5)', () => {
  test('is told so once, without a word of the ticket, and nothing is added', async () => {
    const { ticketId } = await bench.receive(bench.letter({ Subject: 'Секретная тема' }))
    await db.owner`insert into ticket_person (client_id, ticket_id, role, contact_id, removed_at) values (${clientId}, ${ticketId}, 'watcher', ${boris.id}, app_now())`
    for (const text of ['Ещё вопрос', 'И ещё']) {
      const refused = await bench.receive(
        bench.letter(
          { From: 'boris@romashka.test', Subject: 'Re: Секретная тема', ...tokenHeader(ticketId!, boris.id) },
          text,
        ),
        { from: 'boris@romashka.test' },
      )
      expect(refused).toMatchObject({ state: 'ignored', ticketId: null, clientId })
    }
    const told = await db.owner<
      { kind: string; ticketId: number | null; mail: { text: string; subject: string; replyTo: string | null } }[]
    >`select kind, ticket_id, mail from outgoing_mail where to_address = 'boris@romashka.test'`
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ kind: 'no_access', ticketId: null, mail: { replyTo: null } })
    expect(JSON.stringify(told[0]!.mail)).not.toContain('Секретная')
    expect(await count(db.owner`select 1 from message where ticket_id = ${ticketId}`)).toBe(1)
  })
})

describe('what colleagues forward', () => {
  test('as an attached letter is the client’s request', async () => {
    const inner =
      'From: Анна <anna@romashka.test>\r\nSubject: Падает обмен с 1С\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nОбмен падает с ночи'
    const body = `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nПосмотрите\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n${inner}\r\n--b--`
    const done = await bench.receive(
      bench.letter({ From: staff.email, Subject: 'Fwd', 'Content-Type': 'multipart/mixed; boundary=b' }, body),
      { from: staff.email },
    )
    const [ticket] = await db.owner<
      { subject: string; contactId: number; bodyText: string }[]
    >`select t.subject, t.contact_id, m.body_text from ticket t join message m on m.ticket_id = t.id where t.id = ${done.ticketId}`
    expect(ticket).toEqual({ subject: 'Падает обмен с 1С', contactId: anna.id, bodyText: 'Обмен падает с ночи' })
  })
})

describe('an HTML letter', () => {
  test('shows what was written now; scripts and the quotation do not come along', async () => {
    const html =
      '<div>Теперь <b>работает</b><script>alert(1)</script></div><div class="gmail_quote">12.10.2026, Поддержка пишет:<blockquote>Старое письмо</blockquote></div>'
    const done = await bench.receive(bench.letter({ 'Content-Type': 'text/html; charset=utf-8' }, html))
    const [said] = await db.owner<
      { visibleText: string; bodyHtml: string; bodyText: string }[]
    >`select visible_text, body_html, body_text from message where ticket_id = ${done.ticketId}`
    expect(said!.visibleText).toBe('Теперь работает')
    expect(said!.bodyHtml).toContain('<b>работает</b>')
    expect(said!.bodyHtml).not.toMatch(/script|Старое/)
    expect(said!.bodyText).toContain('Старое письмо')
  })
})

describe('a letter that came straight from the internet', () => {
  const from = { From: 'Анна <anna@strict.test>' }
  const direct = { from: 'anna@strict.test', remoteAddress: '93.184.216.34' }

  test('is checked here: a forged answer waits for a person, who takes it into the ticket (E1)', async () => {
    dns['TXT strict.test'] = [['v=spf1 ip4:198.51.100.7 -all']]
    dns['TXT _dmarc.strict.test'] = [['v=DMARC1; p=reject']]
    const strict = await createContact(db.owner, clientId, { email: 'anna@strict.test', name: 'Анна' } as never)
    const { ticketId } = await bench.receive(bench.letter({ Subject: 'Для подделки' }))
    await db.owner`insert into ticket_person (client_id, ticket_id, role, contact_id) values (${clientId}, ${ticketId}, 'watcher', ${strict.id})`
    const forged = await bench.receive(
      bench.letter({ ...from, Cc: 'evil@evil.test', Subject: 'Re', ...tokenHeader(ticketId!, strict.id) }),
      direct,
    )
    expect(forged).toMatchObject({
      state: 'quarantined',
      ticketId: null,
      clientId,
      outcome: { sender: { dmarc: 'fail', by: 'us' } },
    })
    expect(await count(db.owner`select 1 from message where ticket_id = ${ticketId}`)).toBe(1)
    expect(await count(db.owner`select 1 from outgoing_mail where to_address like 'evil%'`)).toBe(0)
  })

  test('passes where the DNS agrees, and proves nothing where the DNS is silent', async () => {
    dns['TXT open.test'] = [['v=spf1 ip4:93.184.216.34 -all']]
    dns['TXT _dmarc.open.test'] = [['v=DMARC1; p=reject']]
    const right = await bench.receive(bench.letter({ From: 'a@open.test' }), { ...direct, from: 'a@open.test' })
    expect(right.outcome['sender']).toMatchObject({ dmarc: 'pass', by: 'us' })
    const silent = await bench.receive(bench.letter({ From: 'a@silent.test' }), { ...direct, from: 'a@silent.test' })
    expect(silent.outcome['sender']).toMatchObject({ dmarc: 'none' })
    const inside = await bench.receive(bench.letter(from), { ...direct, remoteAddress: '10.0.0.5' })
    expect(inside.outcome['sender']).toMatchObject({ dmarc: 'none', by: 'nobody' })
  })

  test('a header of our own mail server is believed instead, a stranger’s is not', async () => {
    const own = { 'Authentication-Results': 'mx.provider.test; dmarc=pass header.from=romashka.test' }
    const forged = { 'Authentication-Results': 'evil.test; dmarc=pass header.from=romashka.test' }
    const one = await bench.receive(bench.letter(own), { remoteAddress: '93.184.216.34' })
    expect(one.outcome['sender']).toMatchObject({ dmarc: 'pass', by: 'server' })
    const two = await bench.receive(bench.letter(forged), { remoteAddress: '10.0.0.5' })
    expect(two.outcome['sender']).toMatchObject({ dmarc: 'none', by: 'nobody' })
  })
})

describe('poison (E15)', () => {
  const head = 'From: anna@romashka.test\r\nTo: support@provider.test\r\n'
  const poisons: [string, Buffer][] = [
    ['nothing at all', Buffer.from('\r\n')],
    ['From in an unknown charset', Buffer.from('From: =?x-none?B?/////w==?= <anna@romashka.test>\r\n\r\nx')],
    ['NUL bytes', Buffer.from(`${head}Subject: a\0b\r\n\r\nc\0d`)],
    [
      '8-bit headers',
      Buffer.concat([Buffer.from(`${head}Subject: `), Buffer.alloc(200, 0xe9), Buffer.from('\r\n\r\nx')]),
    ],
    [
      'utf-32LE base64',
      Buffer.from(`${head}Content-Type: text/plain; charset=utf-32LE\r\nContent-Transfer-Encoding: base64\r\n\r\n////`),
    ],
    [
      'a boundary that never ends',
      Buffer.from(`${head}Content-Type: multipart/mixed; boundary="b\r\n\r\n--b\r\n--b\r\n--`),
    ],
    [
      'a thousand nested parts',
      Buffer.from(
        head +
          Array.from(
            { length: 1_000 },
            (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
          ).join(''),
      ),
    ],
    ['a lone surrogate', Buffer.from(`${head}Content-Type: text/html; charset=utf-8\r\n\r\n&#xD800;<p>&#0;</p>`)],
    ['two senders', Buffer.from('From: a@x.test, b@y.test\r\nTo: support@provider.test\r\n\r\nx')],
  ]
  test.each(poisons)('%s is one stored letter with an end, and the next one goes through', async (name, raw) => {
    const marked = Buffer.concat([Buffer.from(`X-Test: ${Buffer.from(name).toString('hex')}\r\n`), raw])
    const end = await bench.receive(marked)
    expect(['done', 'failed', 'quarantined']).toContain(end.state)
    expect((await bench.receive(bench.letter({ Subject: `После: ${name}` }))).state).toBe('done')
  })
})
