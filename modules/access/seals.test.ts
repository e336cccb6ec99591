import { appendFile, mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessDefaults } from './access.config.ts'
import { readSeal, sealAudit, systemActor, verifyAudit, writeAudit } from './index.ts'
import { createTestAccess } from './testkit.ts'

let db: TestDatabase
let file: string
beforeAll(async () => {
  db = await createTestDatabase()
  file = join(await mkdtemp(join(tmpdir(), 'opora-seals-')), 'deep', 'seals.ndjson')
})
afterAll(() => db.drop())

const act = (n: number, clientId: number | null = null) =>
  db.begin({ as: 'worker' }, (tx) =>
    writeAudit(tx, systemActor(), { action: 'thing.done', objectType: 'thing', objectId: n, clientId }),
  )
const exported = async () => (await readFile(file, 'utf8')).split('\n').flatMap((line) => readSeal(line) ?? [])
const faults = async () => (await verifyAudit(db.staff, await exported())).faults.map((one) => one.fault)

test('the ends of the chains that went on are sealed and copied out once, whoever seals', async () => {
  await act(1)
  await act(2, 7)
  expect(await sealAudit(db, file)).toBe(1)
  expect(await sealAudit(db, file)).toBe(0)
  await act(3, 7)
  const copied = await Promise.all([sealAudit(db, file), sealAudit(db, file), sealAudit(db, file)])
  expect(copied.toSorted()).toEqual([0, 0, 1])
  const seals = await exported()
  expect(seals.map((seal) => Object.keys(seal.heads))).toEqual([['0', '7'], ['7']])
  expect(await faults()).toEqual([])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('after a copy that a killed process left half written the next stands on a line of its own', async () => {
  await appendFile(file, '{"seq": 3, "at": "20')
  await act(4)
  expect(await sealAudit(db, file)).toBe(1)
  expect((await exported()).map((seal) => seal.seq)).toEqual([1, 2, 3])
  expect(await faults()).toEqual([])
})

test('who owns the database cannot write the trail anew: the copy outside tells', async () => {
  await act(5)
  await sealAudit(db, file)
  await db.owner.unsafe('alter table audit disable trigger all; alter table audit_seal disable trigger all')
  const faultsAfter = async (change: string) => {
    await db.owner.unsafe(`create table kept as table audit_seal; ${change}`)
    const found = await faults()
    await db.owner.unsafe(
      'delete from audit_seal; insert into audit_seal overriding system value select * from kept; drop table kept',
    )
    return found
  }
  expect(await faultsAfter(`update audit_seal set heads = '{}' where seq = 2`)).toContain('seal')
  expect(await faultsAfter('delete from audit_seal where seq = 2')).toEqual(
    expect.arrayContaining(['seal', 'exported']),
  )
  // every seal computed anew, so that the database fits itself: only the copy is left to tell
  const anew = await faultsAfter(`do $$ declare one record; before bytea := ''; begin
    for one in select * from audit_seal order by seq loop
      update audit_seal set at = at + interval '1 second', prev_hash = before,
        hash = audit_seal_digest(before, at + interval '1 second', heads) where seq = one.seq returning hash into before;
    end loop; end $$`)
  expect(new Set(anew)).toEqual(new Set(['exported']))
  // the end of a chain taken away together with what notes it
  await db.owner.unsafe(`delete from audit where seq = (select max(seq) from audit where chain = 0);
    update audit_head h set (seq, hash) = (select seq, hash from audit where chain = 0 order by seq desc limit 1) where chain = 0`)
  expect(await faults()).toEqual(['sealed'])
})

test('the latest seal is mailed to the address that is named, and to nobody where none is', async () => {
  const task = (access: ReturnType<typeof createTestAccess>) => access.tasks['access.mailSeal']!(undefined as never)
  const quiet = createTestAccess(db)
  await task(quiet)
  expect(quiet.mails).toEqual([])
  const telling = createTestAccess(db, { settings: { ...accessDefaults, auditMail: 'keeper@elsewhere.test' } })
  await task(telling)
  const last = (await exported()).at(-1)!
  expect(telling.mails).toMatchObject([
    { kind: 'access.audit_seal', to: 'keeper@elsewhere.test', data: { seal: last.hash, number: String(last.seq) } },
  ])
})
