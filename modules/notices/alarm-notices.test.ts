import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NoticePorts } from './notices.ports.ts'
import { type Alarm, tellAlarm, tellCalled, tellUnanswered } from './verbs/staff-notices.ts'
import { mailNextNotice } from './verbs/system-mail.ts'

let db: TestDatabase
let people: { assignee: number; manager: number; engineer: number }
let ticket: Alarm['ticket']
const NIGHT = Date.parse('2026-02-03T00:30:00+03:00')
const MORNING = Date.parse('2026-02-03T10:00:00+03:00')
const ports = { nextWorkingMoment: async () => MORNING } as never

beforeAll(async () => {
  db = await createTestDatabase()
  const [client] = await db.owner<{ id: number }[]>`insert into client (name) values ('ООО «Ночь»') returning id`
  const clientId = client!.id
  const one = async (role: string) => {
    const [made] = await db.owner<{ id: number }[]>`
      insert into account (side, email, name) values ('staff', ${`${role}@provider.test`}, ${role}) returning id`
    await db.owner`insert into account_role (account_id, role) values (${made!.id}, ${role})`
    return made!.id
  }
  people = { assignee: await one('l1'), manager: await one('im'), engineer: await one('it') }
  const [row] = await db.owner<{ id: number; number: number }[]>`
    insert into ticket (client_id, channel, subject) values (${clientId}, 'email', 'Не работает') returning id, number`
  ticket = { ...row!, clientId, subject: 'Не работает', priority: 3, assigneeId: people.assignee } as Alarm['ticket']
})
afterAll(() => db.drop())

const steps: Alarm['steps'] = [
  { act: 'notify', to: 'assignee' },
  { act: 'notify', to: 'im' },
]
let seq = 0
/** Whom an alarm tells, and at which moment each of them may be disturbed. */
async function told(alarm: Partial<Alarm>): Promise<[kind: string, accountId: number, at: 'now' | 'morning'][]> {
  const event = {
    ticket,
    metric: 'reaction',
    kind: 'breach',
    seq: ++seq,
    now: NIGHT,
    aroundTheClock: false,
    steps,
    ...alarm,
  }
  await db.begin({ as: 'worker' }, (tx) => tellAlarm(ports, tx, event))
  const rows = await db.owner<{ kind: string; accountId: number; deliverAt: number }[]>`
    select kind, account_id, deliver_at from notice where dedupe like ${`%reaction:${seq}:%`} order by id`
  return rows.map((row) => [row.kind, row.accountId, row.deliverAt === NIGHT ? 'now' : 'morning'])
}

describe('a notice of an alarm (zammad 4432)', () => {
  it('waits at night for its reader’s hours', async () => {
    expect(await told({})).toEqual([
      ['breach', people.assignee, 'morning'],
      ['breach', people.manager, 'morning'],
    ])
  })

  it('goes at once where the promise runs around the clock, and at priority 1', async () => {
    expect((await told({ aroundTheClock: true })).map(([, , at]) => at)).toEqual(['now', 'now'])
    expect((await told({ ticket: { ...ticket, priority: 1 } })).map(([, , at]) => at)).toEqual(['now', 'now'])
  })

  it('leaves its pages to the chain of calls, each of which comes at any hour', async () => {
    const paging = [...steps.slice(0, 1), { act: 'page', to: 'it' }]
    expect(await told({ steps: paging })).toEqual([['breach', people.assignee, 'morning']])
    const data = { number: ticket.number, subject: ticket.subject, metric: 'reaction' }
    const page = { id: 7, clientId: ticket.clientId, ticketId: ticket.id, kind: 'page_late', data }
    await db.begin({ as: 'worker' }, (tx) => tellCalled(ports, tx, { page, accountId: people.engineer, now: NIGHT }))
    await db.begin({ as: 'worker' }, (tx) =>
      tellUnanswered(ports, tx, { page, accountIds: [people.manager], now: NIGHT }),
    )
    const rows = await db.owner`select kind, account_id, deliver_at from notice where dedupe like '%:7' order by id`
    expect(rows).toEqual([
      { kind: 'page_late', accountId: people.engineer, deliverAt: NIGHT },
      { kind: 'page_unanswered', accountId: people.manager, deliverAt: NIGHT },
    ])
  })

  it('of a ticket that nobody has is the incident manager’s', async () => {
    const nobodys = { ...ticket, assigneeId: null }
    expect(await told({ ticket: nobodys, steps: steps.slice(0, 1) })).toEqual([['breach', people.manager, 'morning']])
  })

  it('is told once however often the alarm is announced', async () => {
    await told({ seq: 77 })
    await told({ seq: 77 })
    const rows = await db.owner`select id from notice where dedupe like '%reaction:77:%'`
    expect(rows).toHaveLength(2)
  })
})

describe('the letter of a page', () => {
  it('has a link that answers it, for whoever is called; who has left the company gets no letter', async () => {
    const letters: { address: string; links: string[] }[] = []
    const outbox = {
      enqueue: async (
        _tx: unknown,
        { to, letter }: { to: { address: string }; letter: { links: { url: string }[] } },
      ) => void letters.push({ address: to.address, links: letter.links.map(({ url }) => url) }),
    }
    const post = { ...(ports as object), outbox, publicUrl: () => 'https://desk.test' } as unknown as NoticePorts
    await db.owner`update notice set mailed_at = app_now()`
    const page = {
      id: 8,
      clientId: ticket.clientId,
      ticketId: ticket.id,
      kind: 'page',
      data: { number: ticket.number, subject: 'Стоит' },
    }
    await db.owner`update account set active = false where id = ${people.assignee}`
    for (const accountId of [people.engineer, people.assignee])
      await db.begin({ as: 'worker' }, (tx) => tellCalled(ports, tx, { page, accountId, now: NIGHT }))
    await db.begin({ as: 'worker' }, (tx) =>
      tellUnanswered(ports, tx, { page, accountIds: [people.manager], now: NIGHT }),
    )
    while ((await mailNextNotice(post, db)) > 0);
    const open = `https://desk.test/desk/tickets/${ticket.number}`
    const link = expect.stringMatching(/^https:\/\/desk\.test\/l\/page\.answer\/lnk_/)
    expect(letters).toEqual([
      { address: 'it@provider.test', links: [link, open] },
      { address: 'im@provider.test', links: [open] },
    ])
    const issued = await db.owner`select purpose, account_id, subject from one_time_token`
    expect(issued).toEqual([{ purpose: 'page.answer', accountId: people.engineer, subject: { pageId: 8 } }])
  })
})
