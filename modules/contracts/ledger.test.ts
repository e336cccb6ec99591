import { systemActor } from '@opora/access'
import { createClient, createStaff, staffActor } from '@opora/people/testkit'
import { connect } from '@opora/platform/database'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  balanceOf,
  chargesOf,
  closeMonth,
  ledgerOf,
  previewTime,
  staffCoverage,
  versionsOf,
  type WorkedTime,
} from './index.ts'
import { contractsForTests, createContract, deposit, rates, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase }
const { contracts, closed } = contractsForTests()
const actor = systemActor()
const ids = { next: 1 }

beforeAll(async () => {
  state.db = await createTestDatabase()
  await withCatalogue(state.db)
})
afterAll(() => state.db.drop())

/** Work of so many minutes from an instant of Moscow's morning, inside service hours unless told otherwise. */
function work(from: string, minutes: number, overrides: Partial<WorkedTime> = {}): WorkedTime {
  const start = Date.parse(from)
  return {
    id: String(ids.next++),
    revision: 0,
    ticketId: '1',
    personId: '1',
    activity: 'configuration',
    grade: null,
    service: null,
    urgent: false,
    onSite: false,
    when: { from: start, to: start + minutes * 60_000 },
    ...overrides,
  }
}

const draw = (contractId: number, piece: WorkedTime) =>
  state.db.begin({ as: 'worker' }, (tx) => contracts.drawTime(tx, actor, { contractId, work: piece }))

async function contractWith(forms: Parameters<typeof terms>[0], startsOn = '2026-01-01') {
  const { id: clientId } = await createClient(state.db.owner)
  return await createContract(state.db, clientId, { startsOn, terms: terms({ calendarCode: '24x7', ...forms }) })
}

const leftAt = async (id: number, at: string) => (await balanceOf(state.db.staff, id, Date.parse(at)))!.leftMinutes

test('the worked example: a subscription that burns and a deposit that stays', async () => {
  await state.db.setNow('2026-02-20T09:00:00Z')
  const { id } = await contractWith({ forms: [subscription(), deposit()] })
  await draw(id, work('2026-01-12T07:00:00Z', 13 * 60))
  await draw(id, work('2026-01-13T07:00:00Z', 12 * 60))
  expect(await leftAt(id, '2026-01-20T00:00:00Z')).toBe(55 * 60)
  await draw(id, work('2026-02-10T07:00:00Z', 7 * 60))
  expect(await leftAt(id, '2026-02-20T00:00:00Z')).toBe((13 + 55) * 60)
  const versions = await versionsOf(state.db.staff, id)
  const close = closeMonth({
    contractId: String(id),
    month: '2026-02',
    revision: 1,
    versions,
    ledger: await ledgerOf(state.db.staff, id),
    charges: [],
    credits: [],
    unfinished: [],
  })
  if (!close.closed) throw new Error('the month did not close')
  const post = () =>
    state.db.begin({ as: 'worker' }, (tx) =>
      contracts.postPlanned(tx, actor, { contractId: id, buckets: close.buckets, entries: close.entries }),
    )
  expect(await post()).toBe(1)
  expect(await post()).toBe(0)
  const [expiry] = await state.db
    .staff`select minutes, effective_at, period from ledger_entry where contract_id = ${id} and kind = 'expire'`
  expect(expiry).toEqual({ minutes: -13 * 60, effectiveAt: Date.parse('2026-02-28T20:59:59.999Z'), period: '2026-02' })
  expect(await leftAt(id, '2026-03-05T00:00:00Z')).toBe(55 * 60)
})

test('posting the same time again gives the same answer and changes nothing', async () => {
  const { id } = await contractWith({ forms: [subscription()] })
  const piece = work('2026-02-10T07:00:00Z', 90)
  const first = await draw(id, piece)
  const again = await draw(id, piece)
  expect({ ...again, replayed: false }).toEqual(first)
  expect(again.replayed).toBe(true)
  expect(await leftAt(id, '2026-02-20T00:00:00Z')).toBe(20 * 60 - 90)
})

test('urgent work on site draws 72 minutes of a half hour, and what is beyond the hours is priced', async () => {
  const { id } = await contractWith({ forms: [subscription({ minutesPerMonth: 20 * 60 })] })
  const urgent = { urgent: true, onSite: true }
  const preview = await previewTime(state.db.staff, { contractId: id, work: work('2026-02-10T07:00:00Z', 30, urgent) })
  expect(preview).toMatchObject({ workedMinutes: 30, billableMinutes: 72, stoppedMinutes: 0 })
  expect(preview.explanation[0]?.ru).toContain('× 2,4 = 72 мин')
  await draw(id, work('2026-02-10T07:00:00Z', 20 * 60))
  const beyond = await draw(id, work('2026-02-11T07:00:00Z', 30, urgent))
  expect(beyond.charges).toMatchObject([{ kind: 'postpaid', minutes: 72, sumKopecks: 240_000 }])
  expect(await chargesOf(state.db.staff, id, '2026-02')).toMatchObject([{ minutes: 72, sumKopecks: 240_000 }])
  const balance = await balanceOf(state.db.staff, id, Date.parse('2026-02-20T00:00:00Z'))
  expect(balance?.words.ru.replaceAll('\u00a0', ' ')).toBe('осталось 0 мин из 20 ч; 1 ч 12 мин сверх пакета')
})

test('a draw in a month that nobody has granted yet brings its hours', async () => {
  const { id } = await contractWith({ forms: [subscription()] })
  const drawn = await draw(id, work('2026-05-12T07:00:00Z', 60))
  expect(drawn.entries).toMatchObject([{ bucketId: `${id}/subscription/2026-05`, minutes: -60 }])
  expect(await leftAt(id, '2026-05-31T00:00:00Z')).toBe(19 * 60)
})

test('the monthly job grants each month once, also those it has missed', async () => {
  await state.db.setNow('2026-01-10T09:00:00Z')
  const { id } = await contractWith({ forms: [subscription(), deposit()] })
  const grant = (at: string) => state.db.begin({ as: 'worker' }, (tx) => contracts.grantPeriods(tx, id, Date.parse(at)))
  expect(await grant('2026-01-15T00:00:00Z')).toBe(0)
  expect(await grant('2026-04-15T00:00:00Z')).toBe(3)
  expect(await grant('2026-04-15T00:00:00Z')).toBe(0)
  expect(await grant('2026-04-29T12:00:00Z')).toBe(1)
  expect(await leftAt(id, '2026-04-30T12:00:00Z')).toBe(80 * 60)
  expect(await leftAt(id, '2026-05-01T00:00:00Z')).toBe(80 * 60)
  await state.db.setNow('2026-02-20T09:00:00Z')
})

test('a reversal gives the hours and the money back, once, and a new revision draws anew', async () => {
  const { id } = await contractWith({ forms: [subscription()] })
  const piece = work('2026-02-09T21:00:00Z', 21 * 60)
  await draw(id, piece)
  const reverse = () =>
    state.db.begin({ as: 'worker' }, (tx) =>
      contracts.reverseTime(tx, actor, {
        contractId: id,
        timeEntryId: piece.id,
        correctionId: `c${piece.id}`,
        reason: { ru: 'ошибка', en: 'mistake' },
        now: Date.parse('2026-02-20T09:00:00Z'),
      }),
    )
  expect(await reverse()).toMatchObject({ reversed: 2, redrawn: [] })
  expect(await reverse()).toMatchObject({ reversed: 0, redrawn: [] })
  expect(await leftAt(id, '2026-02-20T00:00:00Z')).toBe(20 * 60)
  expect((await chargesOf(state.db.staff, id)).reduce((sum, charge) => sum + charge.sumKopecks, 0)).toBe(0)
  const redrawn = await draw(id, {
    ...piece,
    revision: 1,
    when: { from: Date.parse('2026-02-10T07:00:00Z'), to: Date.parse('2026-02-10T08:00:00Z') },
  })
  expect(redrawn.replayed).toBe(false)
  expect(await leftAt(id, '2026-02-20T00:00:00Z')).toBe(19 * 60)
})

test('a closed month takes no time, and what was drawn in it is given back in the open one', async () => {
  const { id } = await contractWith({ forms: [deposit()] })
  const piece = work('2026-01-12T07:00:00Z', 60)
  await draw(id, piece)
  closed.add(`${id}/2026-01`)
  await expect(draw(id, work('2026-01-13T07:00:00Z', 60))).rejects.toMatchObject({ code: 'contracts.month_closed' })
  await state.db.begin({ as: 'worker' }, (tx) =>
    contracts.reverseTime(tx, actor, {
      contractId: id,
      timeEntryId: piece.id,
      correctionId: 'x',
      reason: { ru: 'ошибка', en: 'mistake' },
      now: Date.parse('2026-02-20T09:00:00Z'),
    }),
  )
  expect(await leftAt(id, '2026-01-31T20:59:59Z')).toBe(59 * 60)
  expect(await leftAt(id, '2026-02-20T09:00:00Z')).toBe(60 * 60)
})

test('work before the contract is refused, and a contract that stops takes nothing beyond its hours', async () => {
  const { id } = await contractWith({ forms: [subscription()], rates: rates({ beyondBuckets: 'stop' }) })
  await expect(draw(id, work('2025-12-31T07:00:00Z', 60))).rejects.toMatchObject({ code: 'contracts.date_not_covered' })
  const stopped = await draw(id, work('2026-02-10T00:00:00Z', 22 * 60))
  expect(stopped).toMatchObject({ stoppedMinutes: 2 * 60, charges: [] })
})

test('rounding by task and day takes a step once, and a reversal leaves what remains rounded as one', async () => {
  const { id } = await contractWith({
    forms: [deposit()],
    rates: rates({ roundingStepMinutes: 15, roundingPer: 'task_and_day' }),
  })
  const piece = work('2026-02-10T07:00:00Z', 5, { ticketId: '77' })
  const first = await draw(id, piece)
  const second = await draw(id, work('2026-02-10T08:00:00Z', 5, { ticketId: '77' }))
  const other = await draw(id, work('2026-02-10T09:00:00Z', 5, { ticketId: '78' }))
  expect([first, second, other].map((drawn) => drawn.billableMinutes)).toEqual([15, 0, 15])
  await state.db.begin({ as: 'worker' }, (tx) =>
    contracts.reverseTime(tx, actor, {
      contractId: id,
      timeEntryId: piece.id,
      correctionId: 'r',
      reason: { ru: 'ошибка', en: 'mistake' },
      now: Date.parse('2026-02-20T09:00:00Z'),
    }),
  )
  const parts = await state.db.staff`
    select exact_micro_minutes, billed_minutes from ledger_rounding where contract_id = ${id} and group_key like '77:%'`
  expect(parts).toEqual([{ exactMicroMinutes: 5_000_000, billedMinutes: 15 }])
})

test('staff see minutes and no money', async () => {
  const { id } = await contractWith({ forms: [subscription()] })
  const at = Date.parse('2026-02-15T00:00:00Z')
  const seen = async () => await staffCoverage(state.db.staff, id, at)
  expect(await seen()).toMatchObject({ state: 'covered', leftMinutes: 1200, beyond: 'postpaid' })
  await draw(id, work('2026-02-10T07:00:00Z', 17 * 60))
  expect(await seen()).toMatchObject({ state: 'low', leftMinutes: 180 })
  await draw(id, work('2026-02-11T07:00:00Z', 3 * 60))
  expect(JSON.stringify(await seen())).not.toMatch(/kopeck/i)
  expect(await seen()).toMatchObject({ state: 'used_up', leftMinutes: 0 })
})

// Sixty-four writers over four pools of connections.
test('P6 CVE-2026-32398: 64 concurrent draws never bring a bucket below zero and never lose or double a minute', {
  timeout: 60_000,
}, async () => {
  const { id } = await contractWith({ forms: [subscription(), deposit({ minutes: 60 * 60 })] })
  const available = (20 + 60) * 60
  const pieces = Array.from({ length: 64 }, (_, n) =>
    work(`2026-02-${String(2 + (n % 20)).padStart(2, '0')}T07:00:00Z`, 100),
  )
  const pools = [0, 1, 2, 3].map(() => connect({ url: state.db.url, secret: TEST_SECRET, workerConnections: 4 }))
  const drawn = await Promise.all(
    [...pieces, ...pieces.slice(0, 16)].map((piece, n) =>
      pools[n % 4]!.begin({ as: 'worker' }, (tx) => contracts.drawTime(tx, actor, { contractId: id, work: piece })),
    ),
  )
  await Promise.all(pools.map((pool) => pool.close()))
  expect(drawn.filter((answer) => answer.replayed)).toHaveLength(16)
  const own = drawn.filter((answer) => !answer.replayed)
  const covered = own.reduce((sum, answer) => sum - answer.entries.reduce((part, entry) => part + entry.minutes, 0), 0)
  const charged = own.reduce(
    (sum, answer) => sum + answer.charges.reduce((part, charge) => part + charge.minutes, 0),
    0,
  )
  expect([covered, charged]).toEqual([available, 64 * 100 - available])
  const sums = await state.db.staff<{ balance: number; sum: number; least: number }[]>`
    select b.balance_minutes as balance, sum(e.minutes)::bigint as sum,
      (select min(running) from (select sum(minutes) over (order by effective_at, id)::bigint as running
        from ledger_entry where bucket_id = b.id) r) as least
    from bucket b join ledger_entry e on e.bucket_id = b.id where b.contract_id = ${id} group by b.id`
  for (const bucket of sums) {
    expect(bucket.balance).toBe(bucket.sum)
    expect(bucket.least).toBeGreaterThanOrEqual(0)
  }
})

test('entries are facts, and the table itself refuses a balance below zero', async () => {
  const { id } = await contractWith({ forms: [subscription()] })
  const { owner } = state.db
  await expect(owner`update ledger_entry set minutes = 0 where contract_id = ${id}`).rejects.toThrow(/facts/)
  await expect(owner`delete from ledger_entry where contract_id = ${id}`).rejects.toThrow(/facts/)
  await expect(owner`update bucket set balance_minutes = -1 where contract_id = ${id}`).rejects.toThrow(/check/)
})

test('the only person of finance corrects alone and marked so; two decide for each other', async () => {
  const { id } = await contractWith({ forms: [subscription(), deposit()] })
  await draw(id, work('2026-02-10T07:00:00Z', 60))
  const one = staffActor((await createStaff(state.db.owner, { roles: ['fi'] })).id, ['fi'])
  const entry = (await ledgerEntry(id, 'draw'))!
  const propose = (by: typeof one, input: object) =>
    state.db.begin(by.scope, (tx) =>
      contracts.proposeCorrection(tx, by, { contractId: id, reason: 'не та работа', ...input } as never),
    )
  expect(await propose(one, { kind: 'reverse', entryId: entry.id })).toMatchObject({ state: 'posted', alone: true })
  await expect(propose(one, { kind: 'reverse', entryId: entry.id })).rejects.toMatchObject({
    code: 'contracts.entry_reversed',
  })
  expect(await leftAt(id, '2026-02-20T00:00:00Z')).toBe(80 * 60)

  const two = staffActor((await createStaff(state.db.owner, { roles: ['fi'] })).id, ['fi'])
  const buckets = (await balanceOf(state.db.staff, id, Date.parse('2026-02-20T00:00:00Z')))!.buckets
  const proposed = await propose(one, {
    kind: 'transfer',
    fromBucketId: buckets[1]!.id,
    toBucketId: buckets[0]!.id,
    minutes: 90,
  })
  expect(proposed).toMatchObject({ state: 'proposed', alone: false })
  const decide = (by: typeof one) =>
    state.db.begin(by.scope, (tx) => contracts.decideCorrection(tx, by, { id: proposed.id, approve: true }))
  await expect(decide(one)).rejects.toMatchObject({ code: 'contracts.other_person_decides' })
  expect(await decide(two)).toMatchObject({ state: 'posted', decidedBy: { id: two.accountId } })
  await expect(decide(two)).rejects.toMatchObject({ code: 'contracts.correction_decided' })
  const after = (await balanceOf(state.db.staff, id, Date.parse('2026-02-21T00:00:00Z')))!.buckets
  expect(after.map((bucket) => bucket.leftMinutes).toSorted((a, b) => a - b)).toEqual([1110, 3690])
})

async function ledgerEntry(contractId: number, kind: string): Promise<{ id: number } | undefined> {
  const [row] = await state.db.staff<{ id: number }[]>`
    select id from ledger_entry where contract_id = ${contractId} and kind = ${kind} order by id limit 1`
  return row
}
