import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { actorOfJob } from '@opora/access'
import { listPeriods, renderPaper } from '@opora/billing/testkit'
import { openPool } from '@opora/platform/database'
import { startEmbedded } from '@opora/platform/embedded'
import { silentLog } from '@opora/platform/log'
import { createHouse, type House } from '../apps/server/app.ts'
import { readConfig } from '../apps/server/config.ts'
import { installBasics } from '../apps/server/install-basics.ts'
import { openRuntime } from '../apps/server/runtime.ts'
import { CONTRACTS, ENTRIES, ensureMonth } from './month-histories.ts'

/*
 * How long a month's end takes: `npm run bench -- month-end`. 1 000 contracts with 200 time entries each are made once; then the month is
 * closed for all with the verbs that the wizard uses, documents' figures included, and undone again. Then papers are drawn as PDF.
 */

const CACHE = join(import.meta.dirname, '..', '.cache', 'bench-month-end')
const AIM_SECONDS = 60
const PAPERS = 60
mkdirSync(CACHE, { recursive: true })
const server = await startEmbedded({ dataDir: CACHE })
const owner = openPool(server.url, { max: 1, applicationName: 'bench month-end' })
const runtime = await openRuntime(readConfig({ OPORA_DATA: CACHE, OPORA_PORT: '0', OPORA_LOG_LEVEL: 'error' }), {
  migrateFirst: true,
  applicationName: 'bench month-end',
  log: silentLog,
})
const month = Temporal.Now.plainDateISO('Europe/Moscow').toPlainYearMonth().subtract({ months: 1 }).toString()
try {
  const house = createHouse(runtime)
  await installBasics(house)
  await ensureMonth(house, owner, month)
  await timed('the list of the month, first page', firstPage)
  await undo(house)
  const closing = await timed(`closing ${CONTRACTS} contracts with ${CONTRACTS * ENTRIES} entries`, () =>
    act(house, 'close'),
  )
  const issuing = await timed('documents with their figures and numbers', () => act(house, 'issue'))
  const whole = closing + issuing
  console.log(`${whole <= AIM_SECONDS ? '✓' : '✗'} together ${whole.toFixed(1)} s (aim ≤ ${AIM_SECONDS} s)`)
  await papers()
  await timed('undoing all', () => undo(house))
} finally {
  await runtime.close()
  await owner.end({ timeout: 5 })
  await server.stop()
}
process.exit(0)

async function timed(what: string, body: () => Promise<void>): Promise<number> {
  const [from, work] = [performance.now(), process.cpuUsage()]
  await body()
  const seconds = (performance.now() - from) / 1_000
  const { user, system } = process.cpuUsage(work)
  console.log(`  ${what}: ${seconds.toFixed(1)} s, of it this process worked ${((user + system) / 1e6).toFixed(1)} s`)
  return seconds
}

async function finance() {
  const [row] = await owner<
    { id: number }[]
  >`select account_id as id from account_role where role = 'fi' order by account_id limit 1`
  return (await actorOfJob(owner, row!.id))!
}

async function firstPage(): Promise<void> {
  const actor = await finance()
  await runtime.database.read({ as: 'staff' }, (sql) => listPeriods(sql, actor, { month, limit: 100 }, 'ru'))
}

async function act({ billing }: House, what: 'close' | 'issue' | 'undo'): Promise<void> {
  const actor = await finance()
  const given = { month, act: what, reason: 'повтор' }
  const id = await runtime.database.begin({ as: 'worker' }, (tx) => billing.startRun(tx, actor, given))
  await billing.workRun(id)
  const [row] = await owner<{ refused: number; sentence: string }[]>`
    select count(*)::int as refused, min(sentence_en) as sentence from month_run_item where run_id = ${id} and state = 'refused'`
  if (row!.refused > 0) throw new Error(`${what}: ${row!.refused} refused, ${row!.sentence}`)
}

async function undo(house: House): Promise<void> {
  const [row] = await owner<
    { closed: number }[]
  >`select count(*)::int as closed from period_close where state = 'closed' and period = ${month}`
  if (row!.closed > 0) await act(house, 'undo')
  await owner`truncate graphile_worker._private_jobs`
}

/** Acts of the closed month, drawn by one process. */
async function papers(): Promise<void> {
  const rows = await owner<{ data: Parameters<typeof renderPaper>[0] }[]>`
    select data from closing_document where kind = 'act' and state = 'issued' order by id limit ${PAPERS}`
  await renderPaper(rows[0]!.data)
  const from = performance.now()
  for (const { data } of rows) await renderPaper(data)
  const perSecond = (rows.length * 1_000) / (performance.now() - from)
  console.log(`  acts of ${rows[0]!.data.lines.length} lines as PDF: ${perSecond.toFixed(1)}/s, one process`)
}
