import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// Tables with a client's number that no outsider's role may touch at all: staff and jobs alone read them.
const STAFF_ONLY = ['audit', 'notice', 'outgoing_mail', 'raw_message']
// Functions that run with the owner's rights: each was looked at, none takes a table's or a role's name.
const DEFINER_FUNCTIONS = [
  'common_search_words',
  'enqueue_job',
  'forget_person',
  'personal_data',
  'release_dead_jobs',
  'seal_audit',
  'take_one_time',
  'write_audit',
]

// Tables of settings and dictionaries that outsiders read whole: no row of them is somebody's.
const OPEN_TABLES = [
  'activity',
  'calendar',
  'calendar_version',
  'criticality',
  'dictionary_entry',
  'installation',
  'portal_product',
  'process_definition',
  'production_year',
  'request_form',
  'sla_policy',
  'sla_policy_version',
  'topic',
]

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

describe('the second line of access', () => {
  it('holds every table that carries a client: row-level security on, forced, with a policy', async () => {
    const rows = await db.owner<{ name: string; on: boolean; forced: boolean; policies: number }[]>`
      select c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced,
        (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'client_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`
    const bare = rows.filter((row) => !(row.on && row.forced && row.policies > 0)).map((row) => row.name)
    expect(bare).toEqual(STAFF_ONLY)
  })

  it('gives outsiders no right to read what staff alone may read', async () => {
    const rows = await db.owner<{ table: string }[]>`
      select distinct table_name as table from information_schema.role_table_grants
      where grantee in ('opora_client', 'opora_partner') and privilege_type = 'SELECT' and table_name = any(${STAFF_ONLY}::text[])`
    expect(rows).toEqual([])
  })

  it('shows a client its own rows only, and refuses to answer without a client', async () => {
    const [one, two] = [await createClient(db.owner), await createClient(db.owner)]
    const seen = await db.read(
      { as: 'client', clientId: one.id, accountId: 1 },
      (sql) => sql<{ id: number }[]>`select id from client`,
    )
    expect(seen.map((row) => row.id)).toEqual([one.id])
    const foreign = db.begin(
      { as: 'client', clientId: one.id, accountId: 1 },
      (tx) => tx`insert into contact (client_id, name) values (${two.id}, 'чужой')`,
    )
    await expect(foreign).rejects.toMatchObject({ code: '42501' })
    await expect(
      db.begin({ as: 'client', clientId: Number.NaN, accountId: 1 }, (tx) => tx`select id from client`),
    ).rejects.toMatchObject({ code: '22P02' })
  })

  it('shows a saved answer to nobody but its own actor: clients, their colleagues and partners', async () => {
    const { id: clientId } = await createClient(db.owner)
    const client = (accountId: number, actorKey?: string) => ({
      as: 'client' as const,
      clientId,
      accountId,
      ...(actorKey ? { actorKey } : {}),
    })
    const partner = { as: 'partner' as const, accountId: 3, actorKey: 'account:3' }
    const keep = (scope: Parameters<typeof db.begin>[0], actorKey: string) =>
      db.begin(
        scope,
        (tx) => tx`insert into idempotency_key (actor_key, key, route, body_hash, status, reply)
          values (${actorKey}, 'k', 'POST /x', '', 201, '{"secret": "ответ"}')`,
      )
    await keep(client(1, 'account:1'), 'account:1')
    await keep(partner, 'account:3')
    const seenBy = (scope: Parameters<typeof db.read>[0]) =>
      db.read(scope, (sql) => sql<{ actorKey: string }[]>`select actor_key from idempotency_key order by 1`)
    expect(await seenBy(client(1, 'account:1'))).toEqual([{ actorKey: 'account:1' }])
    expect(await seenBy(client(2, 'account:2'))).toEqual([])
    expect(await seenBy(client(1))).toEqual([])
    expect(await seenBy(partner)).toEqual([{ actorKey: 'account:3' }])
    const changed = await db.begin(
      client(2, 'account:2'),
      (tx) => tx`update idempotency_key set reply = null returning 1`,
    )
    expect(changed).toEqual([])
    await expect(keep(client(2, 'account:2'), 'account:9')).rejects.toMatchObject({ code: '42501' })
  })

  it('holds every table that outsiders may read by rows, or by nothing personal', async () => {
    const rows = await db.owner<{ name: string }[]>`
      select distinct c.relname as name from pg_class c, aclexplode(c.relacl) g
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity
        and g.privilege_type = 'SELECT' and g.grantee in ('opora_client'::regrole, 'opora_partner'::regrole) order by 1`
    expect(rows.map((row) => row.name)).toEqual(OPEN_TABLES)
  })

  it('lets no role of the application change what was written as a fact', async () => {
    const tables = await db.owner<{ name: string }[]>`
      select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'append_only' order by 1`
    expect(tables.map((row) => row.name)).toEqual(
      expect.arrayContaining(['audit', 'contract_version', 'ledger_entry', 'sla_alarm', 'ticket_event']),
    )
    await expect(db.staff`truncate audit`).rejects.toMatchObject({ code: '42501' })
    await db.staff`select write_audit(0, null, 'тест', null, 'test', 'test', '1', '{}', false, null, null)`
    await expect(db.staff`update audit set action = 'x'`).rejects.toMatchObject({ code: '42501' })
    await expect(db.owner`update audit set action = 'x'`).rejects.toMatchObject({ code: '23000' })
  })

  it('runs with the owner’s rights only the functions that were looked at', async () => {
    const rows = await db.owner<{ name: string; path: string[] | null }[]>`
      select p.proname as name, p.proconfig as path from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`
    expect(rows.map((row) => row.name)).toEqual(DEFINER_FUNCTIONS)
    for (const row of rows) expect(row.path?.join()).toContain('search_path=')
  })
})
