import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPool, type Sql } from '@opora/platform/database'
import { startEmbedded } from '@opora/platform/embedded'
import { silentLog } from '@opora/platform/log'
import { type FoldedTicket, foldFacts } from '@opora/sla'
import { createHouse, type House } from '../apps/server/app.ts'
import { readConfig } from '../apps/server/config.ts'
import { installBasics } from '../apps/server/install-basics.ts'
import { openRuntime } from '../apps/server/runtime.ts'
import { CLOCK_TICKETS, ensureHistories } from './clock-histories.ts'
import { naiveMinutes } from './naive-clock.ts'

/*
 * How fast promised times are replayed from history: `node bench/clocks.ts`. 100 000 tickets of about ten facts each are made once;
 * then each is read from the database, folded and compared with the stored clocks, as `opora clocks check` does.
 */

const CACHE = join(import.meta.dirname, '..', '.cache', 'bench-clocks')
const BATCH = 2_000
const NAIVE_TICKETS = 40
const rows: { what: string; figure: string; aim: string; met: boolean | null }[] = []
const note = (what: string, figure: string, aim = '', met: boolean | null = null) => {
  rows.push({ what, figure, aim, met })
  console.log(`${met === null ? '  ' : met ? '✓ ' : '✗ '}${what}: ${figure}${aim ? ` (aim ${aim})` : ''}`)
}

mkdirSync(CACHE, { recursive: true })
const server = await startEmbedded({ dataDir: CACHE })
const owner = openPool(server.url, { max: 1, applicationName: 'bench clocks' })
const runtime = await openRuntime(readConfig({ OPORA_DATA: CACHE, OPORA_PORT: '0', OPORA_LOG_LEVEL: 'error' }), {
  migrateFirst: true,
  applicationName: 'bench clocks',
  log: silentLog,
})
try {
  const house = createHouse(runtime)
  await installBasics(house)
  await ensureHistories(house, owner)
  const facts = await factsPerTicket(owner)
  console.log(`${CLOCK_TICKETS} tickets, ${facts.toFixed(1)} facts each`)
  await recheck(house)
  const folded = await loadSome(house)
  const fold = foldAlone(folded)
  naive(folded, fold)
} finally {
  await runtime.close()
  await owner.end({ timeout: 5 })
  await server.stop()
}
writeFileSync(join(CACHE, 'result.json'), JSON.stringify(rows, null, 2))
process.exit(0)

async function factsPerTicket(sql: Sql): Promise<number> {
  const [row] = await sql<{ facts: number }[]>`select count(*)::float / ${CLOCK_TICKETS} as facts from ticket_event`
  return row!.facts
}

/** Read from the database, folded, compared. */
async function recheck({ sla }: House): Promise<void> {
  const began = performance.now()
  let [checked, differing] = [0, 0]
  for await (const batch of sla.recheckAll(runtime.database.worker, { batch: BATCH })) {
    checked += batch.checked
    differing += batch.differences.length
  }
  const seconds = (performance.now() - began) / 1_000
  const told = `${seconds.toFixed(1)} s, ${Math.round(checked / seconds)} tickets/s, ${differing} differences`
  note(`${checked} tickets replayed and compared`, told, '≤ 20 s, none', seconds <= 20 && differing === 0)
}

async function loadSome({ sla }: House): Promise<FoldedTicket[]> {
  const found: FoldedTicket[] = []
  const now = await runtime.database.ping()
  for (let after = 0; found.length < CLOCK_TICKETS / 5; ) {
    const tickets = await owner<{ id: number; clientId: number }[]>`
      select id, client_id from ticket where id > ${after} order by id limit ${BATCH}`
    found.push(...(await sla.clocksOf(runtime.database.worker, tickets, now)))
    after = tickets.at(-1)!.id
  }
  return found
}

/** The fold alone, from facts in memory; as many as are in memory, taken again until it is 100 000. Answers µs a ticket. */
function foldAlone(tickets: readonly FoldedTicket[]): number {
  const now = tickets[0]!.clocks[0]!.asOf
  const turns = CLOCK_TICKETS / tickets.length
  for (const { facts, rules } of tickets) foldFacts(facts, rules, now)
  // a machine that others use too lets one wait: what counts is the work of this process
  const began = process.cpuUsage()
  for (let turn = 0; turn < turns; turn++) for (const { facts, rules } of tickets) foldFacts(facts, rules, now)
  const { user, system } = process.cpuUsage(began)
  const seconds = (user + system) / 1e6
  const told = `${seconds.toFixed(2)} s of work, ${Math.round(CLOCK_TICKETS / seconds)} tickets/s on one core`
  note(`the fold alone, ${CLOCK_TICKETS} tickets`, told, '≤ 2 s', seconds <= 2)
  return (seconds * 1e6) / CLOCK_TICKETS
}

/** The yardstick: one clock of a ticket counted minute by minute on the wall, as desks with a "next tick" job do. */
function naive(tickets: readonly FoldedTicket[], foldMicroseconds: number): void {
  const isPlain = (clock: FoldedTicket['clocks'][number]) =>
    clock.metric === 'resolution' && clock.calendarCode.startsWith('mon-fri-10-18')
  const some = tickets
    .filter((ticket, index) => index % 97 === 0 && ticket.clocks.some(isPlain))
    .slice(0, NAIVE_TICKETS)
  const began = process.cpuUsage()
  const counted = some.map(({ facts, clocks }) => {
    const clock = clocks.find(({ metric }) => metric === 'resolution')!
    return naiveMinutes(facts, clock.endedAt ?? clock.asOf)
  })
  const spent = process.cpuUsage(began)
  const perTicket = (spent.user + spent.system) / some.length
  const agree = some.filter(
    (ticket, index) =>
      Math.abs(ticket.clocks.find(({ metric }) => metric === 'resolution')!.usedMinutes - counted[index]!) <= 1,
  ).length
  const ratio = Math.round(perTicket / foldMicroseconds)
  note(
    'a walk through every minute, one clock of a ticket',
    `${Math.round(perTicket)} µs, ${ratio} times the fold of all clocks`,
  )
  note('its answers', `${agree} of ${some.length} agree within a minute`)
}
