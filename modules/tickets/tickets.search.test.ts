import { systemActor } from '@opora/access'
import { encodeCursor } from '@opora/core'
import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ticketBench } from './testkit.ts'
import { listTickets } from './tickets.list.ts'

let db: TestDatabase
// every other one of the old has the common word; the newest, more than the first look takes, have it not
const OLD = 900
const NEWEST = 500

beforeAll(async () => {
  db = await createTestDatabase()
  await ticketBench(db)
  const { id } = await createClient(db.owner)
  await db.owner`insert into ticket (client_id, channel, subject, updated_at)
    select ${id}, 'email', case when i <= ${OLD} and i % 2 = 0 then 'Портал' else 'Письмо' end, now() + i * interval '1 minute'
    from generate_series(1, ${OLD + NEWEST}) i`
  await db.owner`insert into ticket_search (ticket_id, client_id, updated_at, staff, client)
    select id, client_id, updated_at, to_tsvector('russian', subject), '' from ticket on conflict do nothing`
  await db.owner.unsafe('analyze ticket_search')
})
afterAll(() => db.drop())

it('finds every ticket with a common word once, newest first, whether the newest have it or not', async () => {
  const wanted = await db.owner<
    { id: number }[]
  >`select id from ticket where subject = 'Портал' order by updated_at desc`
  for (const [q, ids] of [
    ['портал', wanted.map((row) => row.id)],
    ['"портал"', wanted.map((row) => row.id)],
  ] as const) {
    const found: number[] = []
    let cursor: string | undefined
    do {
      const page = await db.read({ as: 'staff' }, (sql) =>
        listTickets(sql, systemActor(), { filter: { q }, sort: 'due', cursor, limit: 40 }, (row) => row as never),
      )
      found.push(...page.items.map((row) => row.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(found).toEqual(ids)
  }
})

it('asks again from the moment that was learned, and sees what came since', async () => {
  const ask = () =>
    db.read({ as: 'staff' }, (sql) =>
      listTickets(sql, systemActor(), { filter: { q: 'портал' }, sort: 'due', limit: 40 }, (row) => row as never),
    )
  const [first] = (await ask()).items
  const [fresh] = await db.owner<{ id: number }[]>`
    update ticket_search set staff = to_tsvector('russian', 'портал'), updated_at = now() + interval '10 days'
    where ticket_id = (select min(ticket_id) from ticket_search) returning ticket_id as id`
  const again = (await ask()).items
  expect(again[0]!.id).toBe(fresh!.id)
  expect(again[1]!.id).toBe(first!.id)
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
