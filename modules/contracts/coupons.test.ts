import { systemActor } from '@opora/access'
import { contactActor, createClient, createContact, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cabinetContractRoutes, grantAll, ledgerRoutes } from './index.ts'
import { contractsForTests, createContract, deposit, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>> }
const { contracts, bus } = contractsForTests()
const mailed: string[] = []
bus.on('coupon.issued', async (_tx, payload) => void mailed.push(payload.code))
const manager = staffActor(1, ['am'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-10T09:00:00Z')
  await withCatalogue(state.db)
  state.api = await serveRoutes(state.db, [...ledgerRoutes(contracts), ...cabinetContractRoutes()])
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

async function world(startsOn = '2026-01-01') {
  const { id: clientId } = await createClient(state.db.owner)
  const contract = await createContract(state.db, clientId, { packageCode: 'vendor-licence', startsOn })
  const boss = contactActor(await createContact(state.db.owner, clientId, { responsible: true }))
  const list = await state.api.call(boss, 'GET', '/cabinet/coupons')
  const codes = list.body.items!.map((coupon) => String(coupon['code']))
  const use = (code: string, ticketId: number) =>
    state.db.begin(boss.scope, (tx) =>
      contracts.useCoupon(tx, boss, { code, clientId, ticketId, ticketNumber: 1000 + ticketId }),
    )
  return { clientId, contract, boss, list, codes, use }
}

test('a contract year brings one coupon; the client sees its code and the staff its end', async () => {
  const { contract, list } = await world()
  expect(list.body.items).toMatchObject([
    { state: 'ready', validFrom: '2025-12-31T21:00:00.000Z', validUntil: '2026-12-31T21:00:00.000Z' },
  ])
  const code = String(list.body.items![0]!['code'])
  expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
  const seen = await state.api.call(manager, 'GET', `/contracts/${contract.id}/coupons`)
  expect(seen.body.items![0]!['code']).toBe(`…${code.slice(-4)}`)
})

test('of many uses at the same instant exactly one wins, and the same ticket again gives the same answer', async () => {
  const { codes, use } = await world()
  const code = codes[0]!
  const answers = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => use(code, 100 + n)))
  const won = answers.filter((answer) => answer.status === 'fulfilled')
  expect(won).toHaveLength(1)
  expect(won[0]!.value).toMatchObject({
    replayed: false,
    effect: { calendarCode: '24x7', reaction: { amount: 60 }, pageOnCall: true },
  })
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'contracts.coupon_spent' })
  }
  const winner = 100 + answers.findIndex((answer) => answer.status === 'fulfilled')
  expect(await use(code.toLowerCase().replaceAll('-', ' '), winner)).toMatchObject({ replayed: true })
})

test('two coupons among sixteen callers at once are two tickets’, each once, whoever calls; whoever loses has spent nothing', async () => {
  const { clientId, boss } = await world()
  await createContract(state.db, clientId, { packageCode: 'vendor-licence', startsOn: '2026-02-01' })
  const list = await state.api.call(boss, 'GET', '/cabinet/coupons')
  const codes = list.body.items!.map((coupon) => String(coupon['code']))
  expect(codes).toHaveLength(2)
  // eight tickets, each called for twice: by the contact in the cabinet and by the first line for the contact
  const callers = Array.from({ length: 16 }, (_, n) => ({
    actor: n % 2 ? boss : systemActor(),
    ticketId: 500 + (n >> 1),
  }))
  const answers = await Promise.allSettled(
    callers.map(({ actor, ticketId }, n) =>
      state.db.begin(actor.scope, (tx) =>
        contracts.useCoupon(tx, actor, {
          code: codes[(n >> 1) % 2]!.toLowerCase().replaceAll('-', ' '),
          clientId,
          ticketId,
          ticketNumber: ticketId,
        }),
      ),
    ),
  )
  const spent = await state.db.owner`select used_ticket_id from coupon where client_id = ${clientId}`
  const tickets = spent.map((row) => Number(row['usedTicketId']))
  expect(new Set(tickets).size).toBe(2)
  answers.forEach((answer, n) => {
    expect(answer.status === 'fulfilled').toBe(tickets.includes(callers[n]!.ticketId))
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'contracts.coupon_spent' })
  })
  const trail = await state.db.owner`select 1 from audit where action = 'coupon.used' and client_id = ${clientId}`
  expect(trail).toHaveLength(2)
})

test('an unknown, a lapsed and a foreign code are refused', async () => {
  const { use } = await world()
  await expect(use('AAAA-BBBB-CCCC-DDDD', 1)).rejects.toMatchObject({ code: 'contracts.coupon_not_found' })
  const other = await world()
  await expect(use(other.codes[0]!, 1)).rejects.toMatchObject({ code: 'contracts.coupon_not_found' })
  await state.db.owner`update coupon set valid_until = '2026-03-01T00:00:00Z' where code = ${other.codes[0]!}`
  await expect(other.use(other.codes[0]!, 1)).rejects.toMatchObject({ code: 'contracts.coupon_expired' })
})

test('an early renewal brings the coupon of the next year and leaves the old one to the end of its own', async () => {
  const { contract, use } = await world()
  const renew = () => state.api.call(manager, 'POST', `/contracts/${contract.id}/coupons`)
  const renewed = await renew()
  expect(renewed.body.items).toMatchObject([
    { state: 'not_yet', validFrom: '2026-12-31T21:00:00.000Z', validUntil: '2027-12-31T21:00:00.000Z' },
    { state: 'ready', validUntil: '2026-12-31T21:00:00.000Z' },
  ])
  expect(mailed).toHaveLength(1)
  await expect(use(mailed[0]!, 5)).rejects.toMatchObject({ code: 'contracts.coupon_not_yet' })
  // the same button pressed twice is one renewal
  expect(await renew()).toMatchObject({ status: 409, body: { code: 'contracts.coupon_renewed' } })
})

test('the hourly job issues the coupon of a year that has begun, once', async () => {
  const { contract } = await world('2025-02-01')
  const count = async () => {
    const [row] = await state.db.staff<
      { count: number }[]
    >`select count(*) as count from coupon where contract_id = ${contract.id}`
    return row!.count
  }
  expect(await count()).toBe(1)
  await state.db.setNow('2027-02-02T09:00:00Z')
  await grantAll(state.db, contracts)
  await grantAll(state.db, contracts)
  expect(await count()).toBe(2)
  await state.db.setNow('2026-03-10T09:00:00Z')
})

test('the cabinet says hours left first and how they went, and nothing of another client', async () => {
  const { id: clientId } = await createClient(state.db.owner)
  const contract = await createContract(state.db, clientId, {
    terms: terms({ calendarCode: '24x7', forms: [subscription(), deposit()] }),
  })
  const boss = contactActor(await createContact(state.db.owner, clientId, { responsible: true }))
  const from = Date.parse('2026-03-05T07:00:00Z')
  await state.db.begin({ as: 'worker' }, (tx) =>
    contracts.drawTime(tx, systemActor(), {
      contractId: contract.id,
      work: {
        id: '1',
        revision: 0,
        ticketId: '1',
        personId: '1',
        activity: 'development',
        grade: null,
        service: null,
        urgent: false,
        onSite: false,
        when: { from, to: from + 90 * 60_000 },
      },
    }),
  )
  const hours = await state.api.call(boss, 'GET', '/cabinet/hours')
  expect(hours.body['contracts']).toMatchObject([
    {
      id: contract.id,
      leftMinutes: 1110 + 3600,
      words: { ru: expect.stringMatching(/^осталось 78.ч.30.мин из 80.ч$/) },
      movements: [
        { kind: 'draw', minutes: -90 },
        { kind: 'grant', minutes: 1200 },
      ],
    },
  ])
  const january = await state.api.call(boss, 'GET', '/cabinet/hours?month=2026-01')
  expect(january.body['contracts']).toMatchObject([{ leftMinutes: 1200 + 3600 }])
  const worker = contactActor(await createContact(state.db.owner, clientId))
  expect((await state.api.call(worker, 'GET', '/cabinet/hours')).status).toBe(403)
  const stranger = await world()
  const foreign = await state.api.call(stranger.boss, 'GET', '/cabinet/hours')
  expect((foreign.body['contracts'] as { id: number }[]).map((one) => one.id)).toEqual([stranger.contract.id])
  for (const path of ['balance', 'ledger', 'coupons']) {
    expect((await state.api.call(stranger.boss, 'GET', `/contracts/${contract.id}/${path}`)).status).toBe(404)
  }
})

test('a balance names its entries, and the ledger pages through them', async () => {
  const { id: clientId } = await createClient(state.db.owner)
  const contract = await createContract(state.db, clientId, { terms: terms({ forms: [subscription(), deposit()] }) })
  const balance = await state.api.call(
    manager,
    'GET',
    `/contracts/${contract.id}/balance?at=2026-03-10T12:00:00%2B03:00`,
  )
  const buckets = balance.body['buckets'] as {
    leftMinutes: number
    earlierMinutes: number
    entries: { minutes: number }[]
  }[]
  for (const bucket of buckets) {
    expect(bucket.earlierMinutes + bucket.entries.reduce((sum, entry) => sum + entry.minutes, 0)).toBe(
      bucket.leftMinutes,
    )
  }
  const first = await state.api.call(manager, 'GET', `/contracts/${contract.id}/ledger?limit=3`)
  const second = await state.api.call(
    manager,
    'GET',
    `/contracts/${contract.id}/ledger?limit=3&cursor=${first.body['nextCursor']}`,
  )
  expect([...first.body.items!, ...second.body.items!].map((entry) => entry['minutes'])).toEqual([
    1200, 1200, 3600, 1200,
  ])
  const l1 = staffActor(9, ['l1'])
  expect((await state.api.call(l1, 'GET', `/contracts/${contract.id}/balance`)).status).toBe(403)
  expect((await state.api.call(l1, 'GET', `/contracts/${contract.id}/coverage`)).body).toMatchObject({
    state: 'covered',
    leftMinutes: 4800,
  })
})
