import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scopeCondition } from './access.sql.ts'
import {
  type Action,
  type Actor,
  actions,
  can,
  type Role,
  roleCodes,
  roles,
  type Subject,
  scopeOf,
  systemActor,
} from './index.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.owner.unsafe(`
    create table thing (id int primary key, client_id bigint, contact_id bigint, department text, owner_id bigint);
    create table thing_participant (thing_id int, contact_id bigint);
    create table thing_share (thing_id int, account_id bigint);
    create table thing_glass (thing_id int, account_id bigint);
    grant select on thing, thing_participant, thing_share, thing_glass to opora_staff`)
})
afterAll(() => db.drop())

// a small world, so that people and rows meet often
const some = fc.integer({ min: 1, max: 4 })
const maybe = fc.option(some)
const department = fc.option(fc.constantFrom('бухгалтерия', 'склад', ''))
const few = fc.uniqueArray(some, { maxLength: 3 })

const subjects = fc.array(
  fc.record({
    clientId: maybe,
    contactId: maybe,
    department,
    participantContactIds: few,
    ownerAccountId: maybe,
    sharedWithAccountIds: few,
    openedForAccountIds: few,
  }),
  { minLength: 1, maxLength: 12 },
)

const rolesOfSide = (side: string) => roleCodes.filter((role) => roles[role].side === side)
const base = { ...systemActor(), key: 'account:1', secondFactor: true }
const tokenScopes = fc.option(
  fc.array(fc.constantFrom('*', 'read', 'ticket.*', 'estimate.decide', 'ledger.read'), { maxLength: 3 }),
  { freq: 4 },
)

const staff: fc.Arbitrary<Actor> = fc
  .record({
    side: fc.constant('staff' as const),
    accountId: some,
    roles: fc.subarray(rolesOfSide('staff'), { minLength: 1 }) as fc.Arbitrary<Role[]>,
    clientIds: fc.option(few),
    brokeGlass: fc.boolean(),
    tokenScopes,
  })
  .map((one) => ({ ...base, ...one }))
const partner: fc.Arbitrary<Actor> = fc.record({ accountId: some, tokenScopes }).map((one) => ({
  ...base,
  ...one,
  side: 'partner' as const,
  roles: ['in' as const],
  clientIds: [],
}))
const client: fc.Arbitrary<Actor> = fc
  .record({
    accountId: maybe,
    tokenScopes,
    contact: fc.record({
      id: some,
      clientId: some,
      scope: fc.constantFrom('own' as const, 'department' as const, 'all' as const, 'finance' as const),
      department,
      responsible: fc.boolean(),
      portalAdmin: fc.boolean(),
    }),
  })
  .map((one) => ({ ...base, ...one, side: 'client' as const, roles: [], clientIds: [] }))
const actor = fc.oneof(staff, partner, client)

async function fill(rows: Subject[]) {
  await db.owner.begin(async (tx) => {
    await tx`truncate thing, thing_participant, thing_share, thing_glass`
    for (const [id, row] of rows.entries()) {
      await tx`insert into thing values (${id}, ${row.clientId}, ${row.contactId ?? null}, ${row.department ?? null}, ${row.ownerAccountId ?? null})`
      await tx`insert into thing_participant select ${id}, unnest(${[...(row.participantContactIds ?? [])]}::bigint[])`
      await tx`insert into thing_share select ${id}, unnest(${[...(row.sharedWithAccountIds ?? [])]}::bigint[])`
      await tx`insert into thing_glass select ${id}, unnest(${[...(row.openedForAccountIds ?? [])]}::bigint[])`
    }
  })
}

async function rowsInScope(who: Actor, action: Action): Promise<number[]> {
  const sql = db.staff
  const condition = scopeCondition(sql, scopeOf(who, action), {
    client: sql`client_id`,
    contact: sql`contact_id`,
    participant: (id) =>
      sql`exists (select 1 from thing_participant p where p.thing_id = thing.id and p.contact_id = ${id})`,
    department: (name) => sql`department = ${name}`,
    owner: sql`owner_id`,
    shared: (id) => sql`exists (select 1 from thing_share s where s.thing_id = thing.id and s.account_id = ${id})`,
    opened: (id) => sql`exists (select 1 from thing_glass g where g.thing_id = thing.id and g.account_id = ${id})`,
  })
  const rows = await sql<{ id: number }[]>`select id from thing where ${condition} order by id`
  return rows.map((row) => row.id)
}

test('for any world: a row is in the list exactly when the person may do that to the row', async () => {
  await fc.assert(
    fc.asyncProperty(
      subjects,
      fc.array(actor, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...actions),
      async (rows, people, action) => {
        await fill(rows)
        for (const who of people) {
          const allowed = rows.flatMap((row, id) => (can(who, action, row) ? [id] : []))
          expect(await rowsInScope(who, action)).toEqual(allowed)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('columns that a kind of rows lacks match nothing', async () => {
  await fill([{ clientId: 1, ownerAccountId: 1 }, { clientId: null }])
  const sql = db.staff
  const list = (scope: Parameters<typeof scopeCondition>[1]) =>
    sql<{ id: number }[]>`select id from thing where ${scopeCondition(sql, scope, { client: sql`client_id` })}`
  const nothing = {
    everything: false,
    clientIds: [],
    ownerAccountId: null,
    contactId: null,
    department: null,
    sharedWithAccountId: null,
    openedForAccountId: null,
  }
  expect(await list(nothing)).toHaveLength(0)
  expect(
    await list({ ...nothing, ownerAccountId: 1, contactId: 1, sharedWithAccountId: 1, openedForAccountId: 1 }),
  ).toHaveLength(0)
  expect(await list({ ...nothing, clientIds: [1, 2] })).toHaveLength(1)
  expect(await list({ ...nothing, everything: true })).toHaveLength(2)
})
