import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openPool, type Sql } from '@opora/platform/database'
import { type Embedded, startEmbedded } from '@opora/platform/embedded'
import { loadMasterSecret } from '@opora/platform/secrets'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HouseProcess, keepRunning } from './house-processes.ts'

// The full drill on a quiet machine: OPORA_DRILL_TIMERS=5000 OPORA_DRILL_LATE_MS=1000.
const TIMERS = Number(process.env['OPORA_DRILL_TIMERS'] ?? 1_000)
const OVER_MS = 20_000
const SEED = Number(process.env['OPORA_DRILL_SEED'] ?? Date.now() % 1_000_000)
// Minutes by which the workers' own clocks are off; the database's is the only one that judges.
const SKEWS_MINUTES = [0, -40, 180]
const KILL_MIN_MS = 2_000
const KILL_MAX_MS = 4_000
const START_AFTER_MS = 4_000
const LIMIT_MS = 120_000
const LATE_P99_MS = Number(process.env['OPORA_DRILL_LATE_MS'] ?? 30_000)

const data = mkdtempSync(join(tmpdir(), 'opora-timers-'))
const random = seeded(SEED)
let server: Embedded
let sql: Sql
let workers: HouseProcess[] = []

beforeAll(async () => {
  server = await startEmbedded({ dataDir: data })
  await migrate({
    url: server.url,
    secret: await loadMasterSecret(data, undefined),
    folder: join(import.meta.dirname, '../../database/migrations'),
  })
  sql = openPool(server.url, { max: 1, applicationName: 'drill' })
  workers = SKEWS_MINUTES.map((minutes, index) =>
    keepRunning(
      `work ${index + 1}`,
      ['work'],
      {
        OPORA_DATA: data,
        OPORA_PORT: '0',
        OPORA_SMTP_PORT: '0',
        OPORA_LOG_LEVEL: 'warn',
        OPORA_MAIL_TRANSPORT: 'folder',
        DRILL_SKEW_MS: String(minutes * 60_000),
        NODE_OPTIONS: `--import ${join(import.meta.dirname, 'skewed-clock.mjs')}`,
      },
      join(data, `work-${index + 1}.log`),
    ),
  )
  await until(() => workers.every((worker) => worker.ready), 90_000)
}, 150_000)

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  await sql?.end({ timeout: 5 })
  await server?.stop()
  if (!process.env['DRILL_KEEP']) rmSync(data, { recursive: true, force: true })
}, 60_000)

it(
  `rings ${TIMERS} alarms once each and none early, while three workers with skewed clocks are killed`,
  async () => {
    await setTimers()
    const killing = killAtRandom()
    await until(async () => (await rung()) === TIMERS, OVER_MS + LIMIT_MS)
    await killing.stop()
    const { late, ...counted } = await outcome()
    const deaths = workers.reduce((sum, worker) => sum + worker.deaths, 0)
    const at = (share: number) => late[Math.floor(late.length * share)] ?? Number.POSITIVE_INFINITY
    console.info(
      `drill: seed ${SEED}, ${TIMERS} alarms over ${OVER_MS / 1_000} s, ${deaths} workers killed; ` +
        `late: first ${late[0]} ms, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, last ${late.at(-1)} ms`,
    )
    expect(deaths).toBeGreaterThan(0)
    expect(counted).toEqual({ alarms: TIMERS, clocks: TIMERS, notices: TIMERS, steps: TIMERS })
    expect(late[0]).toBeGreaterThanOrEqual(0)
    expect(at(0.99)).toBeLessThanOrEqual(LATE_P99_MS)
  },
  OVER_MS + LIMIT_MS + 30_000,
)

/** Running clocks, each with one alarm of its own moment, on tickets that somebody has. */
async function setTimers(): Promise<void> {
  await sql`insert into client (name) values ('ООО «Учения»')`
  await sql`insert into account (side, email, name) values ('staff', 'drill@provider.test', 'Дежурный')`
  await sql`insert into ticket (client_id, channel, subject, assignee_id)
    select 1, 'email', 'Учение ' || i, 1 from generate_series(1, ${TIMERS}) i`
  await sql`insert into clock (client_id, ticket_id, metric, seq, state, registered_at, started_at, target_since, due_at, priority, target, row_name,
      row_name_en, policy_code, calendar_code, alarms, next_alarm_at, next_alarm)
    select 1, id, 'reaction', 1, 'running', now(), now(), now(), at + interval '1 hour', 3, '{"amount": 60, "unit": "clock_minutes"}', 'Учение', 'Drill',
      'crm-basic', '24x7@1', jsonb_build_array(jsonb_build_object('kind', 'warn75', 'at', at)), at, 'warn75'
    from ticket cross join lateral (select now() + (${START_AFTER_MS} + id * ${OVER_MS}::float / ${TIMERS}) * interval '1 millisecond' as at) w`
}

async function rung(): Promise<number> {
  const [row] = await sql<{ rung: number }[]>`select count(*) as rung from sla_alarm`
  return row!.rung
}

async function outcome() {
  const [row] = await sql<{ alarms: number; clocks: number; notices: number; steps: number; late: number[] }[]>`
    select count(*) as alarms, count(distinct ticket_id) as clocks, (select count(*) from notice) as notices, (select count(*) from sla_step) as steps,
      array_agg((extract(epoch from fired_at - at) * 1000)::int order by fired_at - at) as late from sla_alarm`
  return { ...row! }
}

/** One worker after another dies at a random moment, and is started again. */
function killAtRandom() {
  let stopped = false
  const run = async () => {
    while (!stopped) {
      await pause(KILL_MIN_MS + random() * (KILL_MAX_MS - KILL_MIN_MS))
      const alive = workers.filter((worker) => worker.ready)
      // one that starts is left to start: killed in its cradle each time, it would never ring anything
      if (!stopped && alive.length > 1) alive[Math.floor(random() * alive.length)]!.kill()
    }
  }
  const running = run()
  return {
    async stop() {
      stopped = true
      await running
    },
  }
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

async function until(met: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await met())) {
    if (Date.now() > end) throw new Error('it did not come to pass in time')
    await pause(100)
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
