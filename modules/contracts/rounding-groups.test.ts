import { systemActor } from '@opora/access'
import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkedTime } from './index.ts'
import { contractsForTests, createContract, rates, terms, withCatalogue } from './testkit.ts'

const actor = systemActor()
const { contracts } = contractsForTests()
const NOW = '2026-02-20T09:00:00Z'
const ids = { next: 1 }
let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(NOW)
  await withCatalogue(db)
})
afterAll(() => db.drop())

const STEP = 30

async function contractByDay() {
  const { id: clientId } = await createClient(db.owner)
  const byDay = rates({ roundingStepMinutes: STEP, roundingPer: 'task_and_day' })
  // the hours are few: some of the work is paid from them, the rest by fact
  const covers = { activities: 'all' as const, factorPercentByActivity: {} }
  const hours = {
    kind: 'project_hours' as const,
    code: 'launch',
    minutes: 75,
    from: '2026-01-01',
    to: '2026-03-31',
    covers,
  }
  const forms = [hours, { kind: 'postpaid' as const, code: 'postpaid' }]
  return (await createContract(db, clientId, { terms: terms({ calendarCode: '24x7', forms, rates: byDay }) })).id
}

function piece(minutes: number, overrides: Partial<WorkedTime> = {}): WorkedTime {
  const from = Date.parse('2026-02-10T07:00:00Z')
  return {
    id: String(ids.next++),
    revision: 0,
    ticketId: '7',
    personId: '1',
    activity: 'configuration',
    grade: null,
    service: null,
    urgent: false,
    onSite: false,
    when: { from, to: from + minutes * 60_000 },
    ...overrides,
  }
}

const draw = (contractId: number, work: WorkedTime) =>
  db.begin({ as: 'worker' }, (tx) => contracts.drawTime(tx, actor, { contractId, work }))
const reverse = (contractId: number, work: WorkedTime) =>
  db.begin({ as: 'worker' }, (tx) =>
    contracts.reverseTime(tx, actor, {
      contractId,
      timeEntryId: work.id,
      correctionId: `c${work.id}:${work.revision}`,
      reason: { ru: 'ошибка', en: 'mistake' },
      now: Date.parse(NOW),
    }),
  )

/** Minutes that stand as billed, by time entry: what left the buckets and what was charged by fact. */
async function billed(contractId: number): Promise<Map<string, number>> {
  const rows = await db.owner<{ sourceId: string; minutes: number }[]>`
    select e.source_id, sum(case when e.bucket_id is null then e.minutes else -e.minutes end)::bigint as minutes from ledger_entry e
    where e.contract_id = ${contractId} and e.source_type = 'time_entry' and e.kind <> 'reverse'
      and not exists (select 1 from ledger_entry r where r.reverses_key = e.key)
    group by e.source_id`
  return new Map(rows.map((row) => [row.sourceId, row.minutes]))
}

test('what is taken back leaves the rest rounded as if it had never been, and the rest says why it was drawn anew', async () => {
  const id = await contractByDay()
  const [first, second] = [piece(10), piece(10)]
  expect((await draw(id, first)).billableMinutes).toBe(30)
  const drawn = await draw(id, second)
  expect(drawn.billableMinutes).toBe(0)
  expect(drawn.explanation.map((step) => step.en)).toEqual([
    'the ticket’s day in steps of 30 min: 20 → 30 min, 30 min of them counted before',
  ])
  const { reversed, redrawn } = await reverse(id, first)
  expect(reversed).toBe(1)
  expect(redrawn).toMatchObject([{ timeEntryId: second.id, charge: { billableMinutes: 30 } }])
  expect(redrawn[0]?.charge.explanation[0]?.en).toBe('recounted: another entry of the ticket’s day was corrected')
  expect(await billed(id)).toEqual(new Map([[second.id, 30]]))
})

test('a piece that was billed a whole step gives it back when what stood before it goes', async () => {
  const id = await contractByDay()
  const [first, second, third] = [piece(20), piece(10), piece(10)]
  for (const one of [first, second, third]) await draw(id, one)
  expect(await billed(id)).toEqual(
    new Map([
      [first.id, 30],
      [third.id, 30],
    ]),
  )
  expect((await reverse(id, first)).redrawn.map((one) => one.charge.billableMinutes)).toEqual([30, 0])
  expect(await billed(id)).toEqual(new Map([[second.id, 30]]))
})

test('work past midnight is rounded by each of its days, and only the day that changed is counted anew', async () => {
  const id = await contractByDay()
  const early = piece(10)
  const evening = Date.parse('2026-02-10T20:50:00Z')
  const overnight = piece(0, { when: { from: evening, to: evening + 20 * 60_000 } })
  const tomorrow = Date.parse('2026-02-11T07:00:00Z')
  const next = piece(0, { when: { from: tomorrow, to: tomorrow + 25 * 60_000 } })
  for (const one of [early, overnight, next]) await draw(id, one)
  expect(await billed(id)).toEqual(
    new Map([
      [early.id, 30],
      [overnight.id, 30],
      [next.id, 30],
    ]),
  )
  expect((await reverse(id, early)).redrawn).toMatchObject([
    { timeEntryId: overnight.id, charge: { billableMinutes: 60 } },
  ])
  expect(await billed(id)).toEqual(
    new Map([
      [overnight.id, 60],
      [next.id, 30],
    ]),
  )
})

test('whatever is drawn, corrected and taken back, a group is billed what is left of it rounded once', async () => {
  const op = fc.record({
    act: fc.constantFrom('draw', 'draw', 'reverse', 'correct'),
    minutes: fc.integer({ min: 1, max: 70 }),
    which: fc.nat({ max: 5 }),
    urgent: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 3, maxLength: 8 }), async (ops) => {
      const id = await contractByDay()
      const live: { work: WorkedTime; exact: number }[] = []
      const add = async (work: WorkedTime, minutes: number) => {
        await draw(id, work)
        live.push({ work, exact: work.urgent ? minutes * 2 : minutes })
      }
      for (const { act, minutes, which, urgent } of ops) {
        const [taken] = act === 'draw' ? [] : live.splice(which % Math.max(1, live.length), 1)
        if (taken) await reverse(id, taken.work)
        if (act === 'draw') await add(piece(minutes, { urgent }), minutes)
        if (act === 'correct' && taken) {
          const { id: entry, revision } = taken.work
          await add(piece(minutes, { id: entry, revision: revision + 1, urgent }), minutes)
        }
        const standing = await billed(id)
        const exact = live.reduce((sum, one) => sum + one.exact, 0)
        expect([...standing.values()].reduce((sum, part) => sum + part, 0)).toBe(Math.ceil(exact / STEP) * STEP)
        expect([...standing.keys()].every((key) => live.some((one) => one.work.id === key))).toBe(true)
      }
    }),
    { numRuns: 12 },
  )
})
