import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { places } from '@opora/process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Demo, prepareGround, startDemo } from '../apps/server/cli/demo.ts'
import { readConfig } from '../apps/server/config.ts'
import { openRuntime } from '../apps/server/runtime.ts'

let db: TestDatabase
let data: string
let demo: Demo

/** A folder of the test with the secret that the login roles of the test's PostgreSQL follow from. */
async function groundOf(database: TestDatabase): Promise<{ data: string; env: Record<string, string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'opora-demo-'))
  await writeFile(join(folder, 'secret.key'), TEST_SECRET.toString('hex'))
  const env = {
    DATABASE_URL: database.url,
    OPORA_DATA: folder,
    OPORA_PORT: '0',
    OPORA_SMTP_PORT: '0',
    OPORA_LOG_LEVEL: 'error',
  }
  return { data: folder, env }
}
let env: Record<string, string>

beforeAll(async () => {
  db = await createTestDatabase()
  ;({ data, env } = await groundOf(db))
  demo = await startDemo(env, () => {})
}, 120_000)

afterAll(async () => {
  await demo?.stop()
  await db.drop()
  await rm(data, { recursive: true, force: true })
})

const one = async <T>(query: PromiseLike<readonly T[]>): Promise<T> => (await query)[0]!
const count = async (query: PromiseLike<readonly object[]>) => (await query).length

describe('the demo story', () => {
  test('is told once, and the demo’s present is the real present', async () => {
    expect(demo.toldNow).toBe(true)
    const row = await one(db.owner<{ demo: boolean; company: string; shifted: boolean; told: boolean }[]>`
      select demo, company_name as company, clock_offset <> '0' as shifted, set_up_at is not null as told from installation`)
    expect(row).toEqual({ demo: true, company: 'Опора Сервис', shifted: false, told: true })
    expect(await count(db.owner`select from ticket_event where at > now()`)).toBe(0)
    const { days } = await one(db.owner<{ days: number }[]>`
      select extract(day from now() - min(registered_at))::int as days from ticket`)
    expect(days).toBeGreaterThan(80)
  })

  test('has people of every role, five clients and a prospect', async () => {
    const rows = await db.owner<{ role: string }[]>`select distinct role from account_role order by role`
    expect(rows.map((row) => row.role)).toEqual([
      'ad',
      'am',
      'an',
      'dev',
      'di',
      'fi',
      'im',
      'in',
      'it',
      'l1',
      'qa',
      'rb',
    ])
    expect(await count(db.owner`select from client where kind = 'customer'`)).toBe(5)
    expect(await count(db.owner`select from client where kind = 'prospect'`)).toBeGreaterThan(0)
    const strangers = await db.owner`select email from account where email not like '%@demo.opora.test'`
    expect(strangers).toHaveLength(0)
  })

  test('leaves a ticket in every place of the shipped process', async () => {
    const { id } = await one(db.owner<{ id: number }[]>`select ticket_id as id from process_instance limit 1`)
    const running = await demo.house.process.read(db.owner, id)
    const wanted = places(running!.definition).map((place) => place.id)
    const taken = await db.owner<{ place: string }[]>`select distinct place from ticket`
    const found = new Set(taken.map((row) => row.place))
    expect(wanted.filter((place) => !found.has(place))).toEqual([])
  })

  test('came by letters through the SMTP receiver, with conversations, files and old character sets', async () => {
    expect(await count(db.owner`select from ticket`)).toBeGreaterThanOrEqual(60)
    expect(await count(db.owner`select from raw_message where source = 'smtp' and state = 'done'`)).toBeGreaterThan(80)
    expect(await count(db.owner`select from attachment where mime = 'image/png'`)).toBeGreaterThan(5)
    expect(await count(db.owner`select from ticket where subject = 'Поиск не находит «ё»'`)).toBe(1)
    expect(await count(db.owner`select from message where body_text like '%откуда разница%'`)).toBe(1)
    expect(await count(db.owner`select from outgoing_mail where state = 'queued' and send_at <= now()`)).toBe(0)
    expect((await readdir(join(data, 'outbox'))).length).toBeGreaterThan(200)
  })

  test('has what an inspector looks for: late, exhausted, waiting, spent, merged, unverified', async () => {
    expect(await count(db.owner`select from ticket where breached and state = 'open'`)).toBeGreaterThan(0)
    expect(await count(db.owner`select from bucket where form_kind = 'annual_package' and balance_minutes = 0`)).toBe(1)
    expect(await count(db.owner`select from estimate where state = 'offered'`)).toBe(1)
    expect(await count(db.owner`select from estimate where state = 'approved'`)).toBeGreaterThan(2)
    expect(await count(db.owner`select from ticket where place = 'rb_board'`)).toBe(1)
    const ballots = db.owner`select from board_ballot b join board_round r on r.id = b.round_id where r.state = 'open' and b.choice = 'yes_if'`
    expect(await count(ballots)).toBe(1)
    expect(await count(db.owner`select from change where window_from > now()`)).toBeGreaterThan(0)
    expect(await count(db.owner`select from coupon where used_at is null`)).toBe(1)
    expect(await count(db.owner`select from coupon where used_at is not null`)).toBe(1)
    expect(await count(db.owner`select from ticket where entitlement = 'waiting'`)).toBe(1)
    expect(await count(db.owner`select from message where unverified`)).toBe(1)
    expect(await count(db.owner`select from ticket where merged_into_id is not null`)).toBe(1)
    expect(await count(db.owner`select from ticket_share where ends_at > now()`)).toBeGreaterThan(0)
    expect(await count(db.owner`select from rating where comment <> ''`)).toBeGreaterThan(20)
    expect(await count(db.owner`select from time_entry where note <> ''`)).toBeGreaterThan(80)
  })

  test('closes its months: the report lies there as PDF and XLSX and was sent', async () => {
    const sent = await db.owner<{ pdf: string; xlsx: string }[]>`
      select pdf_sha256 as pdf, xlsx_sha256 as xlsx from client_report where sent_at is not null`
    expect(sent.length).toBeGreaterThanOrEqual(8)
    const { pdf, xlsx } = sent[0]!
    const { files } = demo.house.runtime
    expect((await files.read(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await files.read(xlsx)).subarray(0, 2).toString()).toBe('PK')
    expect(await count(db.owner`select from outgoing_mail where kind = 'report'`)).toBeGreaterThanOrEqual(8)
    expect(await count(db.owner`select from ledger_entry where kind = 'expire'`)).toBeGreaterThan(0)
  })

  test('lets everybody in with the known password, the administrator without a second factor', async () => {
    for (const email of ['admin', 'svetlana', 'partner', 'krylova', 'vlasov']) {
      const answer = await fetch(`http://127.0.0.1:${demo.serving.port}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${demo.serving.port}` },
        body: JSON.stringify({ email: `${email}@demo.opora.test`, password: 'demo-demo-demo' }),
      })
      expect([email, answer.status]).toEqual([email, 200])
    }
  })

  test('shows the partner what was passed on, and its letters lead to the port that is served', async () => {
    expect(await count(db.owner`select from ticket_share where ends_at > now()`)).toBeGreaterThan(0)
    const leading = (port: number) =>
      count(db.owner`select from outgoing_mail where mail::text like ${`%http://localhost:${port}/%`}`)
    expect(await leading(0)).toBe(0)
    expect(await leading(demo.serving.port)).toBeGreaterThan(0)
  })

  test('is not told again by the next start', async () => {
    const before = await one(db.owner<{ last: number }[]>`select max(id) as last from ticket`)
    await demo.stop()
    demo = await startDemo(env, () => {})
    expect(demo.toldNow).toBe(false)
    expect(await one(db.owner<{ last: number }[]>`select max(id) as last from ticket`)).toEqual(before)
  })
})

describe('the ground that the story is told on', () => {
  async function prepare(database: TestDatabase) {
    const ground = await groundOf(database)
    const runtime = await openRuntime(readConfig(ground.env), { migrateFirst: true, applicationName: 'test' })
    try {
      return await prepareGround(runtime)
    } finally {
      await runtime.close()
      await rm(ground.data, { recursive: true, force: true })
    }
  }

  test('is cleared where a telling was interrupted', async () => {
    const half = await createTestDatabase()
    await half.owner`update installation set demo = true, clock_offset = '-40 days'`
    await half.owner`insert into client (name) values ('Полклиента')`
    expect(await prepare(half)).toBe(false)
    expect(await count(half.owner`select from client`)).toBe(0)
    expect(await count(half.owner`select from installation where not demo and clock_offset = '0'`)).toBe(1)
    await half.drop()
  })

  test('is never a real installation', async () => {
    const real = await createTestDatabase()
    await real.owner`insert into client (name) values ('Настоящий клиент')`
    await expect(prepare(real)).rejects.toMatchObject({ code: 'cli.demo_on_real' })
    expect(await count(real.owner`select from client`)).toBe(1)
    await real.drop()
  })
})
