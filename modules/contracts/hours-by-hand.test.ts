import type { Actor } from '@opora/access'
import { createClient, createStaff, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contractRoutes, ledgerRoutes } from './index.ts'
import { contractsForTests, createContract, deposit, subscription, terms, withCatalogue } from './testkit.ts'

const { contracts } = contractsForTests()
let db: TestDatabase
let api: Awaited<ReturnType<typeof serveRoutes>>
let [finance, other, manager] = [] as unknown as [Actor, Actor, Actor]
beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow('2026-02-20T09:00:00Z')
  await withCatalogue(db)
  const person = async (role: 'fi' | 'am') => staffActor((await createStaff(db.owner, { roles: [role] })).id, [role])
  finance = await person('fi')
  other = await person('fi')
  manager = await person('am')
  api = await serveRoutes(db, [...contractRoutes(contracts), ...ledgerRoutes(contracts)])
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

async function contractWith(
  ...forms: Parameters<typeof terms>[0] extends { forms?: infer F } | undefined ? NonNullable<F> : never
) {
  const { id: clientId } = await createClient(db.owner)
  return (await createContract(db, clientId, { terms: terms({ calendarCode: '24x7', forms }) })).id
}

const bucketsOf = async (id: number) =>
  (await api.call(finance, 'GET', `/contracts/${id}/balance`)).body['buckets'] as { id: number; leftMinutes: number }[]

test('finance gives hours by hand with a reason; another of them approves, and the balance names it', async () => {
  const id = await contractWith(deposit())
  const [bucket] = await bucketsOf(id)
  const body = { kind: 'adjust', bucketId: bucket!.id, minutes: 90, reason: 'Подарок за перенос работ' }
  expect((await api.call(manager, 'POST', `/contracts/${id}/corrections`, body)).status).toBe(403)
  const proposed = await api.call(finance, 'POST', `/contracts/${id}/corrections`, body)
  expect(proposed).toMatchObject({
    status: 201,
    body: { state: 'proposed', kind: 'adjust', minutes: 90, toBucketId: bucket!.id },
  })
  expect((await bucketsOf(id))[0]!.leftMinutes).toBe(3600)
  const path = `/corrections/${proposed.body['id']}/decision`
  expect((await api.call(finance, 'POST', path, { approve: true })).body).toMatchObject({
    code: 'contracts.other_person_decides',
  })
  expect((await api.call(other, 'POST', path, { approve: true })).body).toMatchObject({ state: 'posted' })
  const balance = await api.call(manager, 'GET', `/contracts/${id}/balance`)
  expect(balance.body).toMatchObject({ leftMinutes: 3690, ofMinutes: 3690 })
  const ledger = await api.call(manager, 'GET', `/contracts/${id}/ledger?kind=adjust`)
  expect(ledger.body.items).toMatchObject([
    { minutes: 90, source: { type: 'correction' }, explanation: [{ ru: 'Подарок за перенос работ' }] },
  ])
})

test('hours taken by hand never bring a bucket below zero, and a bucket of another contract is not found', async () => {
  const [id, foreign] = [await contractWith(deposit()), await contractWith(deposit())]
  const [own] = await bucketsOf(id)
  const [theirs] = await bucketsOf(foreign)
  const take = async (bucketId: number, minutes: number) => {
    const body = { kind: 'adjust', bucketId, minutes, reason: 'Ошибка в письме' }
    const { status, body: made } = await api.call(finance, 'POST', `/contracts/${id}/corrections`, body)
    return status === 201
      ? await api.call(other, 'POST', `/corrections/${made['id']}/decision`, { approve: true })
      : { status, body: made }
  }
  expect((await take(own!.id, -3601)).body).toMatchObject({ code: 'contracts.insufficient_hours' })
  expect((await take(own!.id, -600)).body).toMatchObject({ state: 'posted' })
  expect((await bucketsOf(id))[0]!.leftMinutes).toBe(3000)
  expect((await take(theirs!.id, 10)).body).toMatchObject({ code: 'contracts.entry_not_found', field: 'bucketId' })
  expect((await take(own!.id, 0)).status).toBe(400)
})

test('the list of contracts shows hours left and says when they run out', async () => {
  const id = await contractWith(subscription(), deposit())
  const bare = await contractWith({ kind: 'postpaid', code: 'postpaid' })
  const hoursOf = async (one: number) => {
    const { items } = (await api.call(manager, 'GET', '/contracts')).body
    return items!.find((row) => row['id'] === one)!['hours']
  }
  expect(await hoursOf(bare)).toBeNull()
  expect(await hoursOf(id)).toEqual({ state: 'covered', leftMinutes: 4800, ofMinutes: 4800 })
  const take = async (minutes: number) => {
    const [first, second] = await bucketsOf(id)
    for (const bucket of [first!, second!]) {
      const share = Math.min(bucket.leftMinutes, minutes)
      minutes -= share
      if (share === 0) continue
      await db.begin({ as: 'worker' }, (tx) =>
        contracts.drawTime(tx, finance, {
          contractId: id,
          work: {
            id: `${bucket.id}:${share}`,
            revision: 0,
            ticketId: '1',
            personId: '1',
            activity: 'configuration',
            grade: null,
            service: null,
            urgent: false,
            onSite: false,
            when: { date: '2026-02-10', minutes: share, outOfHours: false },
          },
        }),
      )
    }
  }
  await take(4000)
  expect(await hoursOf(id)).toEqual({ state: 'low', leftMinutes: 800, ofMinutes: 4800 })
  expect((await api.call(manager, 'GET', `/contracts/${id}/coverage`)).body).toMatchObject({
    state: 'low',
    leftMinutes: 800,
  })
})
