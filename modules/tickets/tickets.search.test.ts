import { systemActor } from '@opora/access'
import { encodeCursor } from '@opora/core'
import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ticketBench } from './testkit.ts'
import { listTickets } from './tickets.list.ts'

let db: TestDatabase
// two of three of the old have the common word, some weeks of them; the newest, more than the first look takes, have it not
const OLD = 1_800
const NEWEST = 500
const LONG = 'слово'.repeat(60)

beforeAll(async () => {
  db = await createTestDatabase()
  await ticketBench(db)
  const { id } = await createClient(db.owner)
  await db.owner`insert into ticket (client_id, channel, subject, updated_at)
    select ${id}, 'email', case when i <= ${OLD} and i % 3 > 0 then 'Портал' else 'Письмо' end, now() + i * interval '17 minutes'
    from generate_series(1, ${OLD + NEWEST}) i`
  await db.owner`insert into ticket_search (ticket_id, client_id, updated_at, staff, client)
    select id, client_id, updated_at, to_tsvector('russian', subject), '' from ticket on conflict do nothing`
  await db.owner`update ticket_search set staff = to_tsvector('russian', 'Портал закрыт до утра') where ticket_id = 600`
  await db.owner`update ticket_search set staff = to_tsvector('russian', 'Закрыт вчера наш портал') where ticket_id = 601`
  await db.owner`update ticket_search set staff = to_tsvector('russian', ${`it's c:\\temp ${LONG}а`}) where ticket_id = 602`
  await db.owner`update ticket_search set staff = to_tsvector('russian', ${`${LONG}б`}) where ticket_id = 603`
  await db.owner.unsafe('analyze ticket_search')
})
afterAll(() => db.drop())

/** All that is found, page by page, in the order of the list. */
async function findAll(q: string): Promise<number[]> {
  const found: number[] = []
  let cursor: string | undefined
  do {
    const page = await db.read({ as: 'staff' }, (sql) =>
      listTickets(sql, systemActor(), { filter: { q }, sort: 'due', cursor, limit: 40 }, (row) => row as never),
    )
    found.push(...page.items.map((row) => row.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return found
}

it.each([
  'портал',
  '"портал"',
  'портал закрыт',
  '"портал закрыт"',
  'портал -закрыт',
  '-письмо',
  'закрыт or письмо',
  "it's",
  String.raw`c:\temp`,
  `${LONG}а`,
  `${LONG}б`,
  `-"портал закрыт"`,
  'портал 🙂',
  'вчера',
  'и не',
  'портала нигде',
])('finds just what PostgreSQL finds word by word, once, newest first: %s', async (q) => {
  const wanted = await db.owner<{ id: number }[]>`
    select ticket_id as id from ticket_search where staff @@ websearch_to_tsquery('russian', ${q}) order by updated_at desc, ticket_id desc`
  const ids = wanted.map((row) => row.id)
  expect(await findAll(q)).toEqual(ids)
  // and again, knowing where hits were the last time
  expect(await findAll(q)).toEqual(ids)
})

it('asks again from the moment that was learned, and sees what came since', async () => {
  const ask = () =>
    db.read({ as: 'staff' }, (sql) =>
      listTickets(sql, systemActor(), { filter: { q: 'портал' }, sort: 'due', limit: 40 }, (row) => row as never),
    )
  const [first] = (await ask()).items
  const [fresh] = await db.owner<{ id: number }[]>`
    update ticket_search set staff = to_tsvector('russian', 'портал'), updated_at = now() + interval '100 days'
    where ticket_id = (select min(ticket_id) from ticket_search) returning ticket_id as id`
  const again = (await ask()).items
  expect(again[0]!.id).toBe(fresh!.id)
  expect(again[1]!.id).toBe(first!.id)
})

it('says when the last text of a hit was written, by which hits stand, and nothing of the kind elsewhere', async () => {
  const list = (q: string | undefined) =>
    db.read({ as: 'staff' }, (sql) =>
      listTickets(sql, systemActor(), { filter: { q }, sort: 'due', limit: 3 }, (row) => row as never),
    ) as unknown as Promise<{ items: { id: number; writtenAt?: number }[] }>
  const { items } = await list('портал')
  const texts = await db.owner<{ id: number; at: number }[]>`
    select ticket_id as id, date_trunc('milliseconds', updated_at) as at from ticket_search where ticket_id = any(${items.map((row) => row.id)}::bigint[])
    order by updated_at desc`
  expect(items.map(({ id, writtenAt }) => ({ id, at: writtenAt }))).toEqual(texts.map((row) => ({ ...row })))
  expect((await list(undefined)).items[0]!.writtenAt).toBeUndefined()
})

it('does not look where another narrowing of the search found enough, years ago', async () => {
  await db.owner`update ticket set priority = 1, updated_at = '2012-06-01Z' where id between 1 and 900`
  await db.owner`update ticket_search set updated_at = '2012-06-01Z'::timestamptz + ticket_id * interval '1 minute' where ticket_id between 1 and 900`
  const find = (filter: object) =>
    db.read({ as: 'staff' }, (sql) =>
      listTickets(
        sql,
        systemActor(),
        { filter: { q: 'портал', ...filter }, sort: 'due', limit: 40 },
        (row) => row as never,
      ),
    ) as unknown as Promise<{ items: { id: number; writtenAt: number }[] }>
  const newest = (await find({})).items.map((row) => row.id)
  const old = (await find({ priority: [1] })).items
  expect(old).toHaveLength(40)
  expect(old.every((row) => new Date(row.writtenAt).getUTCFullYear() === 2012)).toBe(true)
  expect((await find({})).items.map((row) => row.id)).toEqual(newest)
})

it('answers to a cursor at either end of time, and refuses one beyond every calendar', async () => {
  const after = (at: string) =>
    db.read({ as: 'staff' }, (sql) =>
      listTickets(
        sql,
        systemActor(),
        { filter: { q: 'портал' }, sort: 'due', cursor: encodeCursor([at, 1]), limit: 5 },
        (row) => row as never,
      ),
    )
  expect((await after('infinity')).items).toHaveLength(5)
  expect((await after('0001-01-01T00:00:00.000Z')).items).toHaveLength(0)
  await expect(after('+275760-09-13T00:00:00.000Z')).rejects.toMatchObject({ code: 'http.bad_cursor' })
})
