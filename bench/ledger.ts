import { systemActor } from '@opora/access'
import { type ContractsEvents, createContracts } from '@opora/contracts'
import { createContract, deposit, subscription, terms, withCatalogue } from '@opora/contracts/testkit'
import { createClient } from '@opora/people/testkit'
import { connect, type Queryable } from '@opora/platform/database'
import { startEmbedded } from '@opora/platform/embedded'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, TEST_SECRET } from '@opora/platform/testkit'

/*
 * How many pieces of work a second can be drawn from one contract by many writers at once: each is a transaction of its own, behind the
 * contract's one lock, committed to disk before the next begins.
 */

const PIECES = 1_500
const WARM = 300
const AIM = 500

const cluster = await startEmbedded({ ephemeral: true })
process.env['OPORA_TEST_DATABASE_URL'] = cluster.url
const db = await createTestDatabase()
try {
  await db.setNow('2026-02-20T09:00:00Z')
  await withCatalogue(db)
  const contracts = createContracts({ bus: createEventBus<ContractsEvents>(), isMonthClosed })
  for (const writers of [1, 8, 64]) {
    const { id: clientId } = await createClient(db.owner)
    const forms = [subscription(), deposit({ minutes: 10_000 * 60 })]
    const { id } = await createContract(db, clientId, { terms: terms({ calendarCode: '24x7', forms }) })
    const pool = connect({ url: db.url, secret: TEST_SECRET, workerConnections: Math.min(writers, 12) })
    const draw = (n: number) =>
      pool.begin({ as: 'worker' }, (tx) =>
        contracts.drawTime(tx, systemActor(), { contractId: id, work: piece(writers, n) }),
      )
    await together(writers, WARM, draw)
    const from = performance.now()
    await together(writers, PIECES, (n) => draw(WARM + n))
    const perSecond = Math.round((PIECES * 1_000) / (performance.now() - from))
    const [sums] = await db.owner`
      select (select sum(minutes) from ledger_entry where contract_id = ${id}) = (select sum(balance_minutes) from bucket where contract_id = ${id}) as held,
        (select -sum(minutes) from ledger_entry where contract_id = ${id} and kind = 'draw') = ${(PIECES + WARM) * 5} as counted`
    if (!sums!['held'] || !sums!['counted'])
      throw new Error(
        JSON.stringify(
          await db.owner`select kind, count(*), sum(minutes) from ledger_entry where contract_id = ${id} group by kind`,
        ),
      )
    console.log(`${writers} writers: ${perSecond} pieces of work a second on one contract (aim ${AIM})`)
    await pool.close()
  }
} finally {
  await db.drop()
  await cluster.stop()
}
process.exit(0)

/** As the module that closes months answers. */
async function isMonthClosed(sql: Queryable, contractId: number, month: string): Promise<boolean> {
  const rows =
    await sql`select 1 from period_close where contract_id = ${contractId} and period = ${month} and state <> 'undone'`
  return rows.length > 0
}

/** Five minutes of work of its own day in February, in turn. */
function piece(writers: number, n: number) {
  const from = Date.parse('2026-02-02T07:00:00Z') + (n % 18) * 86_400_000 + (n % 90) * 300_000
  return {
    id: `${writers}-${n}`,
    revision: 0,
    ticketId: '1',
    personId: '1',
    activity: 'configuration',
    grade: null,
    service: null,
    urgent: false,
    onSite: false,
    when: { from, to: from + 300_000 },
  }
}

async function together(writers: number, count: number, act: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const work = async () => {
    for (let n = next++; n < count; n = next++) await act(n)
  }
  await Promise.all(Array.from({ length: writers }, work))
}
