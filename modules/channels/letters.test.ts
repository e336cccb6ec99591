import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact, serveRoutes } from '@opora/people/testkit'
import { createVault } from '@opora/platform/secrets'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelsJobs } from './channels.jobs.ts'
import { channelsRoutes } from './channels.routes.ts'
import { createLetters } from './letters.service.ts'
import { messageIdWithToken, signReplyToken } from './mail/reply-token.ts'
import { createMailboxes } from './mailboxes.service.ts'
import { createOutbox } from './outbox/enqueue.ts'
import { type IntakeBench, intakeBench, REPLY_KEY } from './testkit/intake-bench.ts'

const state = {} as {
  db: TestDatabase
  bench: IntakeBench
  api: Awaited<ReturnType<typeof serveRoutes>>
  manager: TestAccount
  elsewhere: TestAccount
  admin: TestAccount
  clientId: number
  ticketId: number
  forgedId: number
}

beforeAll(async () => {
  const db = await createTestDatabase()
  const bench = await intakeBench(db)
  await db.owner`insert into mailbox (name, address) values ('Поддержка', 'support@provider.test')`
  const client = await createClient(db.owner, { name: 'Ромашка' })
  const other = await createClient(db.owner, { name: 'Другие' })
  const anna = await createContact(db.owner, client.id, { email: 'anna@romashka.test', name: 'Анна' } as never)
  const opened = await bench.receive(bench.letter({ Subject: 'Исходное' }))
  const token = signReplyToken(REPLY_KEY, 'k1', opened.ticketId!, `c${anna.id}`)
  const forged = await bench.receive(
    bench.letter(
      {
        Subject: 'Подделка',
        'In-Reply-To': `<${messageIdWithToken(token, 'r', 'provider.test')}>`,
        'Authentication-Results': 'mx.provider.test; dmarc=fail header.from=romashka.test',
      },
      'Слова подделки',
    ),
  )
  Object.assign(state, { db, bench, clientId: client.id, ticketId: opened.ticketId, forgedId: forged.id })
  state.manager = await createAccount(db, { roles: ['im'] })
  state.elsewhere = await createAccount(db, { roles: ['im'], clientIds: [other.id] })
  state.admin = await createAccount(db, { roles: ['ad'] })
  state.api = await serveRoutes(
    db,
    channelsRoutes({
      database: db,
      mailboxes: createMailboxes({ vault: createVault(TEST_SECRET), privateHosts: [] }),
      letters: createLetters({ tickets: bench.tickets }),
      parser: bench.parser,
    }),
  )
})
afterAll(async () => {
  await state.api.close()
  await state.bench.close()
  await state.db.drop()
})

const as = (who: TestAccount) => (method: 'GET' | 'POST', path: string, body?: object) =>
  state.api.call(actorOf(who), method, path, body)

describe('letters in the desk', () => {
  test('in quarantine show with their reason in words and their text', async () => {
    const list = await as(state.manager)('GET', '/letters?state=quarantined')
    expect(list.body.items).toMatchObject([{ id: state.forgedId, from: 'anna@romashka.test', subject: 'Подделка' }])
    expect(list.body.items![0]!['why']).toContain('DMARC')
    const one = await as(state.manager)('GET', `/letters/${state.forgedId}`)
    expect(one.body).toMatchObject({ canAccept: true, proposedTicket: { id: state.ticketId, subject: 'Исходное' } })
    expect(one.body['text']).toContain('Слова подделки')
  })

  test('of a client that one does not serve are as if they were not; an administrator sees no words', async () => {
    const elsewhere = as(state.elsewhere)
    expect((await elsewhere('GET', '/letters')).body.items).toEqual([])
    for (const path of ['', '/raw'])
      expect((await elsewhere('GET', `/letters/${state.forgedId}${path}`)).status).toBe(404)
    expect((await elsewhere('POST', `/letters/${state.forgedId}/accept`, { as: 'open' })).status).toBe(404)
    const admin = await as(state.admin)('GET', `/letters/${state.forgedId}`)
    expect(admin.body).toMatchObject({ readable: false, subject: null, text: null, proposedTicket: null })
    expect(admin.text).not.toMatch(/Подделка|Исходное|Слова/)
  })

  test('page by key without gaps', async () => {
    const first = await as(state.manager)('GET', '/letters?limit=1')
    const second = await as(state.manager)('GET', `/letters?limit=1&cursor=${first.body['nextCursor']}`)
    expect([first.body.items![0]!['id'], second.body.items![0]!['id']]).toEqual([state.forgedId, state.forgedId - 1])
    expect((await as(state.manager)('GET', '/letters?cursor=nonsense')).body['code']).toBe('http.bad_cursor')
  })

  test('taken by a person join the ticket as told, once, with an audit row', async () => {
    const manager = as(state.manager)
    const taken = await manager('POST', `/letters/${state.forgedId}/accept`, { as: 'join', ticketId: state.ticketId })
    expect(taken.status).toBe(202)
    await state.bench.work()
    const after = await manager('GET', `/letters/${state.forgedId}`)
    expect(after.body).toMatchObject({ state: 'done', ticket: { id: state.ticketId }, acceptedBy: state.manager.name })
    const again = await manager('POST', `/letters/${state.forgedId}/accept`, { as: 'open' })
    expect(again.body['code']).toBe('channels.letter_not_quarantined')
    const said = await state.db
      .owner`select 1 from message where raw_id = ${state.forgedId} and ticket_id = ${state.ticketId}`
    expect(said).toHaveLength(1)
    const audit = await state.db
      .owner`select 1 from audit where action = 'letter.accepted' and object_id = ${String(state.forgedId)}`
    expect(audit).toHaveLength(1)
    expect((await manager('POST', `/letters/${state.forgedId}/rerun`)).body['code']).toBe('channels.letter_not_waiting')
  })

  test('name the mailbox they came to by SMTP, also under a reply address; a stranger’s address is told as it is', async () => {
    const { bench, manager } = state
    const came = async (to: string) => {
      const { id } = await bench.receive(bench.letter({ Subject: `К ${to}` }), { to: ['copy@elsewhere.test', to] })
      const { body } = await as(manager)('GET', '/letters')
      return body.items!.find((letter) => letter['id'] === id)
    }
    const mailbox = { name: 'Поддержка', address: 'support@provider.test' }
    expect(await came('Support@provider.test')).toMatchObject({ mailbox })
    expect(await came('support+t-1@provider.test')).toMatchObject({ mailbox })
    expect(await came('nobody@provider.test')).toMatchObject({
      mailbox: null,
      to: ['copy@elsewhere.test', 'nobody@provider.test'],
    })
  })
})

test('what a letter became is kept; its bytes are forgotten after their time, those that wait for a person are not', async () => {
  const { bench, db, manager } = state
  const done = await bench.receive(bench.letter({ Subject: 'Давнее' }))
  const waiting = await bench.receive(
    bench.letter({ Subject: 'Ждёт', From: 'Анна <anna@romashka.test>, Борис <boris@romashka.test>' }),
  )
  expect(waiting.state).toBe('quarantined')
  const fresh = await bench.receive(bench.letter({ Subject: 'Свежее' }))
  await db.owner`update raw_message set processed_at = app_now() - interval '91 days' where id in (${done.id}, ${waiting.id})`
  await channelsJobs(db, { keepLettersMs: 90 * 86_400_000 })['channels.forgetLetters']!(undefined as never)
  const raw = async (id: number) => (await as(manager)('GET', `/letters/${id}/raw`)).status
  expect([await raw(done.id), await raw(waiting.id), await raw(fresh.id)]).toEqual([404, 200, 200])
  const { body } = await as(manager)('GET', `/letters/${done.id}`)
  expect(body).toMatchObject({ subject: 'Давнее', ticket: { id: done.ticketId }, text: null, canRerun: false })
  const [message] = await db.owner`select 1 from message where raw_id = ${done.id} and body_text like '%карточка%'`
  expect(message).toBeDefined()
})

describe('letters out', () => {
  test('that failed say why, and are sent again while their reader takes part', async () => {
    const { db, ticketId, clientId } = state
    const outbox = createOutbox({ replyKey: REPLY_KEY, replyKeyId: 'k1', from: { address: null, name: 'x' } })
    const id = await db.begin({ as: 'worker' }, (tx) =>
      outbox.enqueue(tx, {
        kind: 'reply',
        writtenBy: 'reply',
        dedupe: 'test',
        to: { address: 'anna@romashka.test', name: 'Анна', recipientId: 'c1' },
        subject: 'Ответ',
        letter: { locale: 'ru', title: 'x', body: { text: 'x' }, asksForReply: false },
        ticket: { id: ticketId, number: 1, clientId },
      }),
    )
    const fail = () =>
      db.owner`update outgoing_mail set state = 'failed', error = 'rejected 550 no such user' where id = ${id}`
    await fail()
    const manager = as(state.manager)
    const list = await manager('GET', `/tickets/${ticketId}/letters-out`)
    expect(list.body.items!.at(-1)).toMatchObject({
      kindText: 'Ответ',
      why: 'сервер получателя отказал (550 no such user)',
      canResend: true,
    })
    expect((await as(state.elsewhere)('GET', `/tickets/${ticketId}/letters-out`)).status).toBe(404)
    expect((await as(state.elsewhere)('POST', `/letters-out/${id}/resend`)).status).toBe(404)
    expect((await manager('GET', '/letters-out?state=failed')).body.items).toHaveLength(1)
    expect((await manager('POST', `/letters-out/${id}/resend`)).body).toEqual({ id, state: 'queued' })
    expect((await manager('POST', `/letters-out/${id}/resend`)).body['code']).toBe('channels.letter_not_failed')
    await fail()
    await db.owner`update ticket_person set removed_at = app_now() where ticket_id = ${ticketId}`
    expect((await manager('POST', `/letters-out/${id}/resend`)).body['code']).toBe('channels.recipient_gone')
  })
})
