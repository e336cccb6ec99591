import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openPool, type Sql } from '@opora/platform/database'
import { type Embedded, embeddedPlace, startEmbedded } from '@opora/platform/embedded'
import { loadMasterSecret } from '@opora/platform/secrets'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HouseProcess, keepRunning } from './house-processes.ts'
import { sendAll } from './letter-senders.ts'

const LETTERS = Number(process.env['OPORA_DRILL_LETTERS'] ?? 2_000)
const SENDERS = 8
const SEED = Number(process.env['OPORA_DRILL_SEED'] ?? Date.now() % 1_000_000)
const LIMIT_MS = 240_000
// A process of the house starts in about a second: killed more often, it would only ever start.
const KILL_MIN_MS = 1_000
const KILL_MAX_MS = 3_000

const data = mkdtempSync(join(tmpdir(), 'opora-drill-'))
const random = seeded(SEED)
let sql: Sql
let processes: HouseProcess[] = []

beforeAll(async () => {
  const server = await startEmbedded({ dataDir: data })
  await prepare(server)
  sql = openPool(server.url, { max: 1, applicationName: 'drill' })
  const ports = [await freePort(), await freePort()]
  const env = { OPORA_DATA: data, OPORA_PORT: '0', OPORA_LOG_LEVEL: 'warn', OPORA_MAIL_TRANSPORT: 'folder' }
  processes = [
    keepRunning('work 1', ['work'], { ...env, OPORA_SMTP_PORT: String(ports[0]) }, join(data, 'work-1.log')),
    keepRunning('work 2', ['work'], { ...env, OPORA_SMTP_PORT: String(ports[1]) }, join(data, 'work-2.log')),
    keepRunning('serve', ['serve'], { ...env }, join(data, 'serve.log')),
  ]
  smtpPorts.push(...ports)
  await until(() => processes.every((each) => each.ready), 60_000)
  // from here on the database lives by the processes of the house alone
  await server.stop()
}, 120_000)

afterAll(async () => {
  await Promise.all(processes.map((each) => each.stop()))
  await sql?.end({ timeout: 5 })
  if (!process.env['DRILL_KEEP']) rmSync(data, { recursive: true, force: true })
}, 60_000)

const smtpPorts: number[] = []

it(
  `loses and doubles nothing of ${LETTERS} letters while intake, workers and once PostgreSQL are killed`,
  async () => {
    const began = Date.now()
    const killing = killAtRandom()
    const reports = await Promise.all(
      Array.from({ length: SENDERS }, (_, sender) =>
        sendAll(lettersOf(sender), sender % 2 ? smtpPorts : [...smtpPorts].reverse(), began + LIMIT_MS),
      ),
    )
    const sentMs = Date.now() - began
    await killing.stop()
    await until(async () => (await waiting()) === 0, LIMIT_MS)
    const deaths = processes.reduce((sum, each) => sum + each.deaths, 0)
    const broken = reports.reduce((sum, each) => sum + each.broken, 0)
    console.info(
      `drill: seed ${SEED}, ${LETTERS} letters in ${(sentMs / 1000).toFixed(1)} s, all tickets after ${((Date.now() - began) / 1000).toFixed(1)} s; ` +
        `${deaths} processes killed, PostgreSQL ${killing.databaseKills()} time(s); ${broken} attempts broken and repeated`,
    )
    expect(killing.databaseKills()).toBe(1)
    expect(await outcome()).toEqual({
      raw: LETTERS,
      done: LETTERS,
      tickets: LETTERS,
      subjects: LETTERS,
      instances: LETTERS,
      receipts: LETTERS,
      receiptTickets: LETTERS,
    })
  },
  2 * LIMIT_MS,
)

async function outcome() {
  const [row] = await sql<Record<string, number>[]>`
    select (select count(*) from raw_message) as raw, (select count(*) from raw_message where state = 'done') as done,
      (select count(*) from ticket) as tickets, (select count(distinct subject) from ticket) as subjects,
      (select count(distinct ticket_id) from process_instance) as instances,
      (select count(*) from outgoing_mail where kind = 'receipt') as receipts,
      (select count(distinct ticket_id) from outgoing_mail where kind = 'receipt') as receipt_tickets`
  return { ...row }
}

async function waiting(): Promise<number> {
  try {
    const [row] = await sql<{ waiting: number }[]>`select count(*) as waiting from raw_message where state = 'new'`
    return row!.waiting
  } catch {
    return -1
  }
}

/** Kills one process of the house after another, at random moments, and in between PostgreSQL once. */
function killAtRandom() {
  let stopped = false
  let databaseKills = 0
  let ticks = 0
  const databaseAt = 8 + Math.floor(random() * 6)
  const run = async () => {
    while (!stopped) {
      await pause(KILL_MIN_MS + random() * (KILL_MAX_MS - KILL_MIN_MS))
      if (stopped) return
      ticks += 1
      if (databaseKills === 0 && ticks >= databaseAt) {
        killPostmaster()
        databaseKills += 1
        continue
      }
      // one that starts is left to start: killed in its cradle each time, it would never receive anything
      const alive = processes.filter((each) => each.ready)
      if (alive.length > 0) alive[Math.floor(random() * alive.length)]!.kill()
    }
  }
  const running = run()
  return {
    databaseKills: () => databaseKills,
    async stop() {
      stopped = true
      await running
      if (databaseKills === 0) {
        killPostmaster()
        databaseKills += 1
      }
    },
  }
}

function killPostmaster(): void {
  const { cluster } = embeddedPlace({ dataDir: data })
  process.kill(Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
}

async function prepare(server: Embedded): Promise<void> {
  await migrate({
    url: server.url,
    secret: await loadMasterSecret(data, undefined),
    folder: join(import.meta.dirname, '../../database/migrations'),
  })
  const owner = openPool(server.url, { max: 1, applicationName: 'drill' })
  await owner`insert into mailbox (name, address) values ('Поддержка', 'support@drill.test')`
  await owner`insert into client (name, mail_domains) values ('ООО «Учения»', ${['client.drill.test']})`
  await owner.end()
}

/** Each letter has a sender of its own, so that each is owed exactly one receipt. */
function lettersOf(sender: number): string[] {
  return Array.from({ length: LETTERS }, (_, index) => index)
    .filter((index) => index % SENDERS === sender)
    .map((index) =>
      [
        `From: =?utf-8?B?${Buffer.from(`Проситель ${index}`).toString('base64')}?= <person${index}@client.drill.test>`,
        'To: support@drill.test',
        `Subject: Drill letter ${SEED}-${index}`,
        `Message-ID: <drill-${SEED}-${index}@client.drill.test>`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        `Не открывается карточка сделки номер ${index}, ошибка 500.`,
      ].join('\r\n'),
    )
}

/** mulberry32: the same seed gives the same moments and victims. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function until(met: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await met())) {
    if (Date.now() > end) throw new Error('it did not come to pass in time')
    await pause(100)
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
