import { systemActor } from '@opora/access'
import { createClient } from '@opora/people/testkit'
import { connect } from '@opora/platform/database'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContractsEvents } from './contracts.ports.ts'
import { balanceOf, createContracts, type DrawnTime, type WorkedTime } from './index.ts'
import { createContract, deposit, rates, subscription, terms, withCatalogue } from './testkit.ts'

/*
 * An auditor of another make: it knows hours as numbers on a sheet, one row for each period, and is told only in which order the writers
 * had their turns. It must predict every answer and the balance of every day.
 */

const state = {} as { db: TestDatabase; pools: ReturnType<typeof connect>[] }
const bus = createEventBus<ContractsEvents>()
const contracts = createContracts({ bus, isMonthClosed: async () => false })
const actor = systemActor()
const counter = { next: 1 }
const shouted: string[] = []
bus.on('ledger.broken', async (_tx, event) => void shouted.push(event.words.ru))

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-20T09:00:00Z')
  await withCatalogue(state.db)
  state.pools = [0, 1, 2, 3].map(() => connect({ url: state.db.url, secret: TEST_SECRET, workerConnections: 4 }))
})
afterAll(async () => {
  await Promise.all(state.pools.map((pool) => pool.close()))
  await state.db.drop()
})

interface Piece {
  month: 1 | 2 | 3
  day: number
  minutes: number
  urgent: boolean
  onSite: boolean
  /** Posted twice, as after a lost answer. */
  twice: boolean
  /** Taken back after everything. */
  undone: boolean
}

const HOUR = 60
const SUBSCRIBED = 20 * HOUR
const DEPOSIT = 60 * HOUR
const RATE = 200_000

function workOf(piece: Piece): WorkedTime {
  const date = `2026-0${piece.month}-${String(piece.day).padStart(2, '0')}`
  return {
    id: String(counter.next++),
    revision: 0,
    ticketId: '1',
    personId: '1',
    activity: 'configuration',
    grade: null,
    service: null,
    urgent: piece.urgent,
    onSite: piece.onSite,
    when: { date, minutes: piece.minutes, outOfHours: false },
  }
}

/** What the auditor expects a piece to count for: urgent is twice, on site a fifth more, rounded up to the step. */
function counted(piece: Piece, composition: 'product' | 'greatest' | 'sum', step: number): number {
  const fifths = { product: piece.urgent ? 12 : 6, greatest: piece.urgent ? 10 : 6, sum: piece.urgent ? 11 : 6 }
  const tenths = piece.onSite ? fifths[composition] : piece.urgent ? 10 : 5
  return Math.ceil((piece.minutes * tenths) / 5 / step) * step
}

interface Sheet {
  subscription: [number, number, number]
  /** What the deposit has had taken from it on which day; a day earlier in time may not take what a later one has taken. */
  depositLeft: number
}

function predict(sheet: Sheet, piece: Piece, minutes: number, beyond: 'postpaid' | 'stop') {
  const index = piece.month - 1
  const own = Math.min(minutes, sheet.subscription[index]!)
  const kept = Math.min(minutes - own, sheet.depositLeft)
  sheet.subscription[index]! -= own
  sheet.depositLeft -= kept
  const rest = minutes - own - kept
  return {
    own,
    kept,
    charged: beyond === 'postpaid' ? rest : 0,
    stopped: beyond === 'stop' ? rest : 0,
    kopecks: beyond === 'postpaid' ? Math.round((rest * RATE) / 60) : 0,
  }
}

const pieces = fc.array(
  fc.record({
    month: fc.constantFrom(1 as const, 2 as const, 3 as const),
    day: fc.integer({ min: 2, max: 27 }),
    minutes: fc.integer({ min: 1, max: 900 }),
    urgent: fc.boolean(),
    onSite: fc.boolean(),
    twice: fc.boolean(),
    undone: fc.boolean(),
  }),
  { minLength: 8, maxLength: 16 },
)
const manners = fc.record({
  composition: fc.constantFrom('product' as const, 'greatest' as const, 'sum' as const),
  roundingStepMinutes: fc.constantFrom(1 as const, 6 as const, 15 as const),
  beyondBuckets: fc.constantFrom('postpaid' as const, 'stop' as const),
})

test('an auditor with a sheet of paper predicts every answer and every balance of many writers at once', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(pieces, manners, async (given, manner) => {
      const { id: clientId } = await createClient(state.db.owner)
      const forms = [subscription(), deposit({ minutes: DEPOSIT })]
      const contract = { startsOn: '2026-01-01', terms: terms({ calendarCode: '24x7', forms, rates: rates(manner) }) }
      const { id } = await createContract(state.db, clientId, contract)
      const works = given.map((piece) => ({ piece, work: workOf(piece) }))
      const asked = works.flatMap((one) => (one.piece.twice ? [one, one] : [one]))
      const answers = await Promise.all(asked.map(({ work }, n) => draw(n, id, work)))
      const byWork = new Map<string, DrawnTime[]>()
      asked.forEach(({ work }, n) => {
        byWork.set(work.id, [...(byWork.get(work.id) ?? []), answers[n]!])
      })
      const sheet: Sheet = { subscription: [SUBSCRIBED, SUBSCRIBED, SUBSCRIBED], depositLeft: DEPOSIT }
      const told = new Map<string, ReturnType<typeof predict>>()
      for (const workId of await turnsOf(id)) {
        const { piece } = works.find(({ work }) => work.id === workId)!
        const minutes = counted(piece, manner.composition, manner.roundingStepMinutes)
        const expected = predict(sheet, piece, minutes, manner.beyondBuckets)
        told.set(workId, expected)
        const [first, second] = byWork.get(workId)!
        expect(answered(first!)).toEqual(expected)
        // one of the two did it, the other one repeats its answer
        if (second) expect([answered(second), first!.replayed !== second.replayed]).toEqual([expected, true])
      }
      expect(told.size).toBe(given.length)
      await takeBack(
        id,
        works.filter(({ piece }) => piece.undone).map(({ work }) => work.id),
      )
      for (const { piece, work } of works.filter((one) => one.piece.undone)) {
        sheet.subscription[piece.month - 1]! += told.get(work.id)!.own
        sheet.depositLeft += told.get(work.id)!.kept
      }
      for (const [index, left] of sheet.subscription.entries()) {
        const at = Date.parse(`2026-0${index + 1}-28T12:00:00Z`)
        const balance = await balanceOf(state.db.staff, id, at)
        const later = works.filter(
          ({ piece, work }) => !piece.undone && piece.month > index + 1 && told.get(work.id)!.kept > 0,
        )
        const laterKept = later.reduce((sum, { work }) => sum + told.get(work.id)!.kept, 0)
        expect(balance!.leftMinutes).toBe(left + sheet.depositLeft + laterKept)
      }
      const [money] = await state.db.owner<{ kopecks: number }[]>`
        select coalesce(sum(amount_kopecks), 0)::bigint as kopecks from ledger_entry where contract_id = ${id}`
      const owed = works
        .filter(({ piece }) => !piece.undone)
        .reduce((sum, { work }) => sum + told.get(work.id)!.kopecks, 0)
      expect(money!.kopecks).toBe(owed)
    }),
    { numRuns: 12 },
  )
})

function draw(n: number, contractId: number, work: WorkedTime): Promise<DrawnTime> {
  const pool = state.pools[n % state.pools.length]!
  return pool.begin({ as: 'worker' }, (tx) => contracts.drawTime(tx, actor, { contractId, work }))
}

/** The order in which the writers had their turns. Each answer is kept in the turn that made it. */
async function turnsOf(contractId: number): Promise<string[]> {
  const rows = await state.db.owner<{ id: string }[]>`
    select substring(key from 'time:(\\d+):') as id from ledger_posting where contract_id = ${contractId} order by xmin::text::bigint, key`
  return rows.map((row) => row.id)
}

function answered({ entries, charges, stoppedMinutes }: DrawnTime) {
  const from = (name: string) =>
    entries.reduce((sum, entry) => (entry.bucketId.includes(`/${name}/`) ? sum - entry.minutes : sum), 0)
  return {
    own: from('subscription'),
    kept: from('deposit'),
    charged: charges.reduce((sum, charge) => sum + charge.minutes, 0),
    stopped: stoppedMinutes,
    kopecks: charges.reduce((sum, charge) => sum + charge.sumKopecks, 0),
  }
}

/** All at once, each twice: a second time finds nothing. */
async function takeBack(contractId: number, ids: readonly string[]): Promise<void> {
  const reason = { ru: 'ошибка', en: 'mistake' }
  const now = Date.parse('2026-03-20T09:00:00Z')
  await Promise.all(
    [...ids, ...ids].map((timeEntryId, n) =>
      state.pools[n % state.pools.length]!.begin({ as: 'worker' }, (tx) =>
        contracts.reverseTime(tx, actor, { contractId, timeEntryId, correctionId: `undo-${timeEntryId}`, reason, now }),
      ),
    ),
  )
}

test('the nightly check is silent while the ledger adds up, and shouts which law is broken where', async () => {
  const { owner } = state.db
  const { id: clientId } = await createClient(owner)
  const forms = [subscription(), deposit()]
  const { id } = await createContract(state.db, clientId, { terms: terms({ calendarCode: '24x7', forms }) })
  const check = () => state.db.begin({ as: 'worker' }, (tx) => contracts.checkLedger(tx))
  // the pieces of this file are nobody's time entries
  const laws = async () => (await check()).filter((fault) => fault.law !== 'source_exists')
  expect(await laws()).toEqual([])
  const [bucket] = await owner<{ id: number; key: string }[]>`
    update bucket set balance_minutes = balance_minutes + 1 where contract_id = ${id} and form_code = 'deposit' returning id, key`
  expect(await laws()).toEqual([{ law: 'balance_is_sum', contractId: id, at: bucket!.key, found: '3601 ≠ 3600' }])
  await owner`update bucket set balance_minutes = balance_minutes - 1 where id = ${bucket!.id}`
  await owner`insert into ledger_entry (client_id, contract_id, bucket_id, kind, minutes, effective_at, source_type, source_id, key, period)
    values (${clientId}, ${id}, ${bucket!.id}, 'transfer', -4000, '2026-01-05', 'transfer', 'x', 'forged-out', '2026-02'),
      (${clientId}, ${id}, ${bucket!.id}, 'adjust', 4000, '2026-02-05', 'correction', 'x', 'forged-in', '2026-02')`
  const broken = (await laws()).map((fault) => `${fault.law} ${fault.found}`)
  expect(broken.sort()).toEqual(['never_below_zero -400', 'pairs_cancel -4000', 'period_is_month 2026-02'])
  expect(shouted.at(-1)).toContain('Журнал часов не сходится')
})
