import { scopeOf, systemActor } from '@opora/access'
import { clientCard, findClientByDomain, findContactsByEmail } from '@opora/people'
import { peopleLists, staffActor } from '@opora/people/testkit'
import type { DatabaseScope, Queryable, Tx } from '@opora/platform/database'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { latestFacts, portalsOfClient } from '@opora/portals'
import { portalLists } from '@opora/portals/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contractsToGrant, listContracts } from './contracts.read-model.ts'
import { chargesOf, coverageOf, listEntries, staffCoverage } from './index.ts'
import { contractsForTests, createContract, deposit, subscription, terms, withCatalogue } from './testkit.ts'

/* Big tables must be reached by their indexes: a list may not read a table from end to end, whatever it holds. */

const CLIENTS = 4_000
const state = {} as { db: TestDatabase; contractId: number; clientId: number }
const NOW = Date.parse('2026-03-10T09:00:00Z')

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow(NOW)
  await withCatalogue(state.db)
  const { owner } = state.db
  await owner`insert into client (name, inn, mail_domains)
    select 'Компания ' || md5(n::text), lpad(n::text, 10, '5'), array['d' || n || '.test'] from generate_series(1, ${CLIENTS}::int) n`
  await owner`insert into contact (client_id, name, email)
    select c.id, 'Человек ' || md5(c.id::text || n), 'p' || n || '@d' || c.id || '.test' from client c, generate_series(1, 3) n`
  await owner`insert into portal (client_id, name, address, product)
    select c.id, 'Портал ' || md5(c.id::text || n), 'https://p' || n || '.d' || c.id || '.test', 'bitrix24-boxed' from client c, generate_series(1, 2) n`
  await owner`insert into portal_fact (client_id, portal_id, name, value) select client_id, id, 'users', '1' from portal, generate_series(1, 2)`
  await owner`insert into contract (client_id, number, title, starts_on, granted_through)
    select id, 'М-' || id, 'Договор', date '2024-01-01' + (id % 700)::int, '2026-03' from client`
  await owner`insert into contract_version (client_id, contract_id, valid_from, terms)
    select client_id, id, starts_on, ${owner.json(terms() as never)} from contract`
  state.clientId = 7
  const made = await createContract(state.db, 7, {
    terms: terms({ calendarCode: '24x7', forms: [subscription(), deposit()] }),
  })
  state.contractId = made.id
  await owner`insert into bucket (client_id, contract_id, key, form_code, form_kind, name, covers, leftover, starts_at)
    select client_id, id, 'x/' || id, 'd', 'deposit', '{}', '{"activities":"all","factorPercentByActivity":{}}', '{"kind":"stays"}',
      '2024-01-01' from contract`
  await owner`insert into ledger_entry (client_id, contract_id, bucket_id, kind, minutes, effective_at, source_type, source_id, key, period)
    select b.client_id, b.contract_id, b.id, 'grant', 1, timestamptz '2025-01-01' + n * interval '1 hour', 'form', 'x', 'k/' || b.id || '/' || n, '2025-01'
    from bucket b, generate_series(1, 12) n where b.key like 'x/%'`
  await owner`vacuum analyze`
})
afterAll(() => state.db.drop())

const BIG = ['client', 'contact', 'portal', 'portal_fact', 'contract', 'contract_version', 'bucket', 'ledger_entry']

/** The big tables that were read from end to end by what `body` did. */
async function scannedBy(
  body: (tx: Tx) => Promise<unknown>,
  scope: DatabaseScope = { as: 'staff' },
): Promise<string[]> {
  return await state.db.begin(scope, async (tx) => {
    const before = await scans(tx)
    await body(tx)
    const after = await scans(tx)
    return BIG.filter((table) => (after.get(table) ?? 0) > (before.get(table) ?? 0))
  })
}

/** How often this connection has read each big table from end to end and not reported it yet. */
async function scans(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx<{ relname: string; count: number }[]>`
    select relname, seq_scan as count from pg_stat_xact_user_tables where relname = any(${BIG})`
  return new Map(rows.map((row) => [row.relname, row.count]))
}

const everything = scopeOf(systemActor(), 'client.read')
const served = scopeOf(staffActor(1, ['am'], [7, 8]), 'client.read')
const page = { limit: 50 }

const lists: [string, (sql: Queryable) => Promise<unknown>][] = [
  ['clients by name', (sql) => peopleLists.listClients(sql, everything, { ...page, archived: 'false' })],
  [
    'clients by a part of the name',
    (sql) => peopleLists.listClients(sql, everything, { ...page, archived: 'false', q: 'a1b2c3' }),
  ],
  ['clients that a person serves', (sql) => peopleLists.listClients(sql, served, { ...page, archived: 'false' })],
  ['a card of a client', (sql) => clientCard(sql, everything, 7)],
  ['contacts by name', (sql) => peopleLists.listContacts(sql, everything, page)],
  ['contacts of a client', (sql) => peopleLists.listContacts(sql, everything, { ...page, clientId: 7 })],
  [
    'contacts by a part of the name or address',
    (sql) => peopleLists.listContacts(sql, everything, { ...page, q: 'a1b2c3' }),
  ],
  ['contacts by address', (sql) => findContactsByEmail(sql, 'P1@d7.test')],
  ['a client by mail domain', (sql) => findClientByDomain(sql, 'd7.test')],
  ['portals by name', (sql) => portalLists.listPortals(sql, everything, { ...page, archived: 'false' })],
  ['portals of a client', (sql) => portalsOfClient(sql, 7)],
  [
    'portals by a part of the address',
    (sql) => portalLists.listPortals(sql, everything, { ...page, archived: 'false', q: 'a1b2c3' }),
  ],
  ['facts of a portal', (sql) => latestFacts(sql, 7)],
  ['contracts, the newest first', (sql) => listContracts(sql, everything, page)],
  ['contracts of a client', (sql) => listContracts(sql, everything, { ...page, clientId: 7 })],
  [
    'coverage of a request',
    (sql) => coverageOf(sql, { clientId: 7, portalId: 7, contactId: 7, channel: 'email', topic: null, at: NOW }),
  ],
  ['entries of a contract', (sql) => listEntries(sql, state.contractId, page)],
  ['charges of a month', (sql) => chargesOf(sql, state.contractId, '2026-03')],
  ['hours without money', (sql) => staffCoverage(sql, state.contractId, NOW)],
  ['contracts whose month has begun', (sql) => contractsToGrant(sql, NOW)],
]

test.each(lists)('%s: no big table is read from end to end', async (_name, body) => {
  expect(await scannedBy(body)).toEqual([])
})

test("a client's own lists use the same indexes under row-level security", async () => {
  const scope = { as: 'client' as const, clientId: 7, accountId: 1 }
  const ask = { clientId: 7, portalId: 7, contactId: 7, channel: 'cabinet' as const, topic: null, at: NOW }
  expect(await scannedBy((tx) => coverageOf(tx, ask), scope)).toEqual([])
  expect(await scannedBy((tx) => listEntries(tx, state.contractId, page), scope)).toEqual([])
  expect(await scannedBy((tx) => portalsOfClient(tx, 7), scope)).toEqual([])
})

test('drawing time reads no big table from end to end', async () => {
  const { contracts } = contractsForTests()
  const from = NOW - 3_600_000
  const work = {
    id: '1',
    revision: 0,
    ticketId: '1',
    personId: '1',
    activity: 'configuration',
    grade: null,
    service: null,
    urgent: false,
    onSite: false,
    when: { from, to: NOW },
  }
  const body = (tx: Tx) => contracts.drawTime(tx, systemActor(), { contractId: state.contractId, work })
  expect(await scannedBy(body, { as: 'worker' })).toEqual([])
})
