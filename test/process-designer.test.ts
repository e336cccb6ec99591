import { systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact, serveRoutes } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { createDesigner, createHeat, createPublishing, processRoutes, SHIPPED_PROCESS } from '@opora/process'
import { tasksOf } from '@opora/tickets'
import { type TicketBench, ticketBench } from '@opora/tickets/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: TestDatabase
let bench: TicketBench
let api: Awaited<ReturnType<typeof serveRoutes>>
let admin: TestAccount
let second: TestAccount
let shipped = ''
const tickets: { id: number; number: number; clientId: number }[] = []
const key = SHIPPED_PROCESS

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow('2026-03-02T09:00:00Z')
  bench = await ticketBench(db)
  const { process } = bench.ports
  const publishing = createPublishing(process)
  // Service time in this test is half of the clock's.
  const openMinutes = async () => (_id: number | null, from: number, until: number) =>
    Math.round((until - from) / 120_000)
  api = await serveRoutes(
    db,
    processRoutes({ publishing, designer: createDesigner(), heat: createHeat(process, { openMinutes }) }),
  )
  admin = await createAccount(db, { roles: ['ad'], name: 'Анна' })
  second = await createAccount(db, { roles: ['ad'], name: 'Борис' })
  await createAccount(db, { roles: ['l1', 'im', 'it', 'dev', 'qa', 'an', 'rb', 'in', 'am'], name: 'Мастер' })
  const [row] = await db.owner<{ xml: string }[]>`select xml from process_definition`
  shipped = row!.xml
  for (let at = 0; at < 3; at++) tickets.push(await open())
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

async function open() {
  const { id: clientId } = await createClient(db.owner)
  const { id: contactId } = await createContact(db.owner, clientId)
  const author = { contactId, accountId: null, name: 'Клиент', email: `d${clientId}@example.test` }
  const text = { subject: 'Не открывается', text: 'Ошибка 500 при открытии карточки сделки' }
  const { id, number } = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), { clientId, contactId, portalId: null, ...text, channel: 'email', author }),
  )
  return { id, number, clientId }
}
const press = (ticketId: number, taskId: string, outcome: string) =>
  db.begin({ as: 'staff' }, (tx) =>
    bench.tickets.takeOutcome(tx, systemActor(), ticketId, { outcome, taskId, data: {} }),
  )
const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, version?: number) =>
  api.call(actorOf(admin), method, path, body, version)
const path = `/processes/${key}/draft`

describe('a draft of a process', () => {
  it('begins from the version that holds, and is saved on the state that it was read in', async () => {
    expect((await call('GET', path)).status).toBe(404)
    const begun = await call('POST', path, {})
    expect(begun).toMatchObject({ status: 201, body: { key, basedOn: 1, version: 1, mine: true, updatedBy: 'Анна' } })
    const drawn = shipped.replace('>P5D<', '>P6D<')
    const saved = await call('PUT', path, { xml: drawn, basedOn: 1 }, 1)
    expect(saved.body).toMatchObject({ version: 2, xml: drawn })
  })

  it('tells the second of two who draw at once who was faster', async () => {
    expect((await api.call(actorOf(second), 'POST', path, {})).body).toMatchObject({
      code: 'process.draft_exists',
      message: 'Черновик уже есть: его рисует Анна.',
    })
    const late = await api.call(actorOf(second), 'PUT', path, { xml: shipped, basedOn: 1 }, 1)
    expect(late.status).toBe(409)
    expect(late.body).toMatchObject({
      code: 'http.version_conflict',
      details: { currentVersion: 2, updatedBy: 'Анна' },
    })
    expect((await api.call(actorOf(second), 'GET', path)).body).toMatchObject({ mine: false, version: 2 })
  })

  it('is based on a version that there is, or on none', async () => {
    const before = (await call('GET', path)).body as { version: number }
    const lost = await call('PUT', path, { xml: shipped, basedOn: 99 }, before.version)
    expect(lost).toMatchObject({ status: 404, body: { code: 'process.version_not_found', field: 'basedOn' } })
    expect((await call('GET', path)).body).toEqual(before)
  })

  it('of a new process begins with something small and sound, under its name', async () => {
    const begun = await call('POST', '/processes/night-shift/draft', { name: 'Ночь & "день"' })
    expect(begun.status).toBe(201)
    const { xml } = begun.body as { xml: string }
    expect(xml).toContain('name="Ночь &amp; &quot;день&quot;"')
    expect((await call('POST', '/process-checks', { xml })).body).toEqual({ problems: [], findings: [] })
    const { items } = (await call('GET', '/processes')).body as { items: { key: string; version: number | null }[] }
    expect(items).toMatchObject([
      { key: 'night-shift', version: null, draft: { by: 'Анна' } },
      { key, version: 1, draft: { by: 'Анна' } },
    ])
    expect((await call('DELETE', '/processes/night-shift/draft', undefined, 1)).status).toBe(204)
    expect((await call('GET', '/processes/night-shift/draft')).status).toBe(404)
  })

  it('is gone once it is published', async () => {
    const { xml } = (await call('GET', path)).body as { xml: string }
    expect((await call('POST', `/processes/${key}/versions`, { xml, note: 'Шесть дней' })).status).toBe(201)
    expect((await call('GET', path)).status).toBe(404)
  })

  it('is nobody’s business who may not publish', async () => {
    const reader = await createAccount(db, { roles: ['im'], name: 'Марина' })
    expect((await api.call(actorOf(reader), 'POST', path, {})).status).toBe(403)
    expect((await api.call(actorOf(reader), 'GET', '/process-words')).status).toBe(200)
  })
})

describe('while one draws', () => {
  it('a condition is checked as it is typed', async () => {
    expect((await call('POST', '/process-expressions', { text: 'priority <= 2 and kind = "incident"' })).body).toEqual({
      fault: null,
      facts: ['priority', 'kind'],
    })
    const bad = (await call('POST', '/process-expressions', { text: 'priority <=' })).body as { fault: { ru: string } }
    expect(bad.fault.ru).toContain('не читается')
  })

  it('one token runs by the engine, and a step that cannot be made is refused in words', async () => {
    const events = [{ type: 'outcome', taskId: 'l1_classify', outcomeId: 'pass_on' }]
    const run = await call('POST', '/process-simulations', { xml: shipped, facts: { priority: 3 }, events })
    expect(run.body).toMatchObject({ present: ['im_route'], ignored: false, endedAt: null })
    const twice = await call('POST', '/process-simulations', { xml: shipped, events: [...events, ...events] })
    expect(twice.body).toMatchObject({ code: 'process.not_active' })
  })

  it('two versions are laid side by side in words', async () => {
    const wish = { key, before: { version: 1 }, after: { version: 2 } }
    const { changes } = (await call('POST', '/process-comparisons', wish)).body as { changes: unknown[] }
    expect(changes).toMatchObject([
      {
        elementId: 'silence',
        change: 'changed',
        details: [{ before: { ru: '5 раб. дн.' }, after: { ru: '6 раб. дн.' } }],
      },
    ])
    const drawn = { ...wish, after: { xml: shipped } }
    expect((await call('POST', '/process-comparisons', drawn)).body).toMatchObject({ changes: [] })
  })
})

describe('tickets of the past', () => {
  it('are taken through a drawing: who would be stuck, where, and why', async () => {
    await db.setNow('2026-03-02T10:00:00Z')
    await press(tickets[0]!.id, 'l1_classify', 'pass_on')
    await db.setNow('2026-03-02T13:00:00Z')
    await press(tickets[0]!.id, 'im_route', 'incident')
    await db.setNow('2026-03-02T12:00:00Z')
    await press(tickets[1]!.id, 'l1_classify', 'pass_on')
    await db.setNow('2026-03-03T09:00:00Z')
    const same = await call('POST', '/process-rehearsals', { key, xml: shipped })
    expect(same.body).toMatchObject({ tickets: 3, through: 3, stuckCount: 0, more: false })
    const xml = shipped.replace('<opora:outcome id="pass_on"', '<opora:outcome id="hand_on"')
    const { body } = await call('POST', '/process-rehearsals', { key, xml })
    expect(body).toMatchObject({ tickets: 3, through: 1, stuckCount: 2, stuckAt: [{ id: 'l1_classify', tickets: 2 }] })
    expect((body as { stuck: { number: number; ru: string }[] }).stuck[0]?.ru).toContain('нет исхода «pass_on»')
    const bad = { key, xml: shipped, from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }
    expect((await call('POST', '/process-rehearsals', bad)).body).toMatchObject({ code: 'process.period' })
  })

  it('say how long they waited at each place, in clock and in service time', async () => {
    const heat = (await call('GET', `/processes/${key}/heat`)).body as {
      places: { place: string; visits: number; present: number; clock: object; service: object; heatClock: number }[]
    }
    const of = (place: string) => heat.places.find((one) => one.place === place)
    expect(of('l1_classify')).toMatchObject({
      ...{ visits: 3, present: 1, heatClock: 2 },
      clock: { median: 60, p90: 180, longest: 180 },
      service: { median: 30, p90: 90, longest: 90 },
    })
    expect(of('im_route')).toMatchObject({
      visits: 2,
      present: 1,
      clock: { median: 180, p90: 180, longest: 180 },
      heatClock: 5,
    })
    expect(of('it_diagnose')).toMatchObject({ visits: 1, present: 1, clock: { median: null } })
    const client = await call('GET', `/processes/${key}/heat?clientId=${tickets[2]!.clientId}`)
    const own = (client.body as typeof heat).places.filter((place) => place.visits > 0)
    expect(own).toMatchObject([{ place: 'l1_classify', visits: 1, present: 1 }])
    const before = await call('GET', `/processes/${key}/heat?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z`)
    expect((before.body as typeof heat).places.every((place) => place.visits === 0)).toBe(true)
  })

  it('are listed behind a figure, the longest first, as far as the reader may see them', async () => {
    const stays = `/processes/${key}/places/l1_classify/stays`
    const manager = await createAccount(db, { roles: ['di'], name: 'Виктор' })
    const seen = (await api.call(actorOf(manager), 'GET', stays)).body as {
      items: { number: number }[]
      hidden: number
    }
    expect(seen.hidden).toBe(0)
    expect(seen.items.map((item) => item.number)).toEqual(
      [tickets[2], tickets[1], tickets[0]].map((one) => one!.number),
    )
    const present = (await api.call(actorOf(manager), 'GET', `${stays}?present=true`)).body as typeof seen
    expect(present.items.map((item) => item.number)).toEqual([tickets[2]!.number])
    expect((await call('GET', stays)).body).toMatchObject({ items: [], hidden: 3 })
  })

  it('carry their own way with the time at each place', async () => {
    const picture = await db.read({ as: 'staff' }, (sql) => bench.ports.process.picture(sql, tickets[0]!.id))
    expect(picture?.stays.map(({ place, clockMinutes, until }) => [place, clockMinutes, until === null])).toEqual([
      ['l1_classify', 60, false],
      ['im_route', 180, false],
      ['it_diagnose', 1_200, true],
    ])
    expect(picture?.stays[0]?.name.en).toBe('Classify the request')
  })
})

describe('tasks of a person', () => {
  it('are the tickets before their roles that are theirs or nobody’s, by role and place', async () => {
    const master = await createAccount(db, { roles: ['im', 'it'], name: 'Тимур' })
    const other = await createAccount(db, { roles: ['im'], name: 'Инна' })
    const of = (account: TestAccount) => db.read({ as: 'staff' }, (sql) => tasksOf(sql, actorOf(account)))
    const before = await of(master)
    expect(
      before.roles.map(({ role, tickets, places }) => [role, tickets, places.map((place) => place.place)]),
    ).toEqual(
      expect.arrayContaining([
        ['it', 1, ['it_diagnose']],
        ['im', 1, ['im_route']],
      ]),
    )
    await db.owner`update ticket set assignee_id = ${other.id} where place = 'im_route'`
    expect((await of(master)).roles.map((role) => role.role)).toEqual(['it'])
    expect((await of(other)).roles[0]?.places[0]?.tickets[0]).toMatchObject({ number: tickets[1]!.number, mine: true })
  })
})
