import { balanceOf, chargesOf, ledgerOf } from '@opora/contracts'
import { deposit, subscription } from '@opora/contracts/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

const HOUR = 60
const MONTH = 20 * HOUR
let bench: WorkBench
beforeEach(async () => {
  bench = await workBench({ forms: [subscription(), deposit()] })
})
afterEach(() => bench.close())

const worked = (minutes: number, date = '2026-01-19') => ({
  activity: 'configuration',
  note: 'Настроил',
  date,
  minutes,
})
const log = async (minutes: number) => {
  const id = await bench.openTicket()
  return (await bench.api.call(bench.works, 'POST', `/tickets/${id}/time`, worked(minutes))).body
}
/** January is over and closed; it is the third of February. */
async function february() {
  await bench.db.setNow('2026-02-03T09:00:00Z')
  await bench.closeMonth('2026-01')
  const { db, contracts, contractId } = bench
  await db.begin({ as: 'worker' }, (tx) => contracts.grantPeriods(tx, contractId, Date.parse('2026-02-03T09:00:00Z')))
}
const correct = async (entry: Record<string, unknown>, change: Record<string, unknown>) => {
  const path = `/time/${entry['id']}`
  const { api, works } = bench
  return await api.call(works, 'PATCH', path, { reason: 'ошиблись', ...change }, Number(entry['version']))
}
/** Minutes left in the buckets that are open now, by their forms. */
async function left() {
  const { buckets } = (await balanceOf(bench.db.staff, bench.contractId, Date.parse('2026-02-03T12:00:00Z')))!
  return Object.fromEntries(buckets.map((bucket) => [bucket.formCode, bucket.leftMinutes]))
}
/** What January's bucket holds after all that was posted. */
async function inJanuary() {
  const { buckets, entries } = await ledgerOf(bench.db.staff, bench.contractId)
  const january = buckets.find((bucket) => bucket.id.endsWith('/2026-01'))!
  return entries.filter((entry) => entry.bucketId === january.id).reduce((sum, entry) => sum + entry.minutes, 0)
}
const entryCount = async () => (await ledgerOf(bench.db.staff, bench.contractId)).entries.length

it('moves no hour when only the words of a closed month change, and the later correction gives back what was drawn', async () => {
  const entry = await log(HOUR)
  await february()
  const before = { left: await left(), entries: await entryCount() }
  const reworded = await correct(entry, { note: 'Настроил роли' })
  expect(reworded).toMatchObject({
    status: 200,
    body: { note: 'Настроил роли', minutes: 60, chargedMinutes: 60, period: '2026-02' },
  })
  expect(reworded.body['id']).not.toBe(entry['id'])
  expect({ left: await left(), entries: await entryCount() }).toEqual(before)
  const same = { ...worked(HOUR), service: null, note: 'Настроил роли и отчёт' }
  const again = await correct(reworded.body, same)
  expect({ left: await left(), entries: await entryCount() }).toEqual(before)
  const shorter = await correct(again.body, { minutes: 45 })
  expect(shorter).toMatchObject({ status: 200, body: { chargedMinutes: 45, period: '2026-02' } })
  expect(await left()).toEqual({ subscription: MONTH + 15, deposit: 3600 })
})

it('gives the hours of a shorter entry back to the open month, once, and leaves none in the month that is over', async () => {
  const entry = await log(HOUR)
  await february()
  expect(await left()).toEqual({ subscription: MONTH, deposit: 3600 })
  const fixed = await correct(entry, { minutes: 45 })
  expect(fixed).toMatchObject({
    status: 200,
    body: { minutes: 45, chargedMinutes: 45, date: '2026-01-19', period: '2026-02' },
  })
  expect(await left()).toEqual({ subscription: MONTH + 15, deposit: 3600 })
  const wider = await correct(fixed.body, { minutes: 50 })
  expect(await left()).toEqual({ subscription: MONTH + 10, deposit: 3600 })
  const path = `/time/${wider.body['id']}/reverse`
  const version = Number(wider.body['version'])
  await bench.api.call(bench.works, 'POST', path, { reason: 'не наша работа' }, version)
  expect(await left()).toEqual({ subscription: MONTH + 60, deposit: 3600 })
  expect(await inJanuary()).toBe(0)
})

it('draws a longer entry first where it lay, and only the rest from the hours of the open month', async () => {
  const entry = await log(HOUR)
  await february()
  await correct(entry, { minutes: 100 })
  expect(await left()).toEqual({ subscription: MONTH - 40, deposit: 3600 })
  expect(await inJanuary()).toBe(0)
})

it('leaves work that a deposit paid for on the deposit', async () => {
  await log(MONTH)
  const entry = await log(HOUR)
  await february()
  expect(await left()).toEqual({ subscription: MONTH, deposit: 3540 })
  await correct(entry, { minutes: 30 })
  expect(await left()).toEqual({ subscription: MONTH, deposit: 3570 })
})

it('keeps the prices of the day on which the work was done', async () => {
  const entry = await log(HOUR)
  await february()
  const urgent = await correct(entry, { urgent: true })
  expect(urgent.body).toMatchObject({ minutes: 60, chargedMinutes: 120 })
  expect(await left()).toEqual({ subscription: MONTH - 60, deposit: 3600 })
})

it('credits money that a shorter entry no longer costs, and spends no hours of the open month instead', async () => {
  await bench.close()
  bench = await workBench({
    forms: [subscription(), { kind: 'postpaid', code: 'postpaid' }],
  })
  const entry = await log(MONTH + HOUR)
  await february()
  await correct(entry, { minutes: MONTH + 30 })
  expect(await left()).toMatchObject({ subscription: MONTH })
  const charges = await chargesOf(bench.db.staff, bench.contractId)
  expect(charges.map(({ month, minutes, sumKopecks }) => [month, minutes, sumKopecks])).toEqual([
    ['2026-01', 60, 200_000],
    ['2026-02', -60, -200_000],
    ['2026-02', 30, 100_000],
  ])
})

it('puts an entry of a closed month on a day of the open one, which pays for it', async () => {
  const entry = await log(HOUR)
  await february()
  const moved = await correct(entry, { date: '2026-02-02', minutes: 60 })
  expect(moved.body).toMatchObject({ date: '2026-02-02', period: '2026-02' })
  expect(await left()).toEqual({ subscription: MONTH, deposit: 3600 })
  expect((await correct(moved.body, { date: '2026-01-18', minutes: 60 })).body).toMatchObject({
    code: 'work.period_closed',
  })
})
