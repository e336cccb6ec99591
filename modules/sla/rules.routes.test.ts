import type { Actor } from '@opora/access'
import { READY_CALENDARS } from '@opora/calendar'
import { serveRoutes } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slaRulesRoutes } from './index.ts'
import type { MovedReply, PolicyVersionsReply, WhatIfReply } from './rules.contract.ts'
import { addPolicy, addVersion, dueOf, moscow, msk, type SlaHouse, silent, slaHouse } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
let api: Awaited<ReturnType<typeof serveRoutes>>
let asker: Awaited<ReturnType<SlaHouse['client']>>
let people: { manager: Actor; admin: Actor; incident: Actor; director: Actor }

const spec = (reaction: number, rest: object = {}) => ({
  rows: [
    {
      name: 'Все обращения',
      nameEn: 'All requests',
      when: {},
      targets: { reaction: { amount: reaction, unit: 'service_minutes' } },
    },
  ],
  pausesCounted: ['client', 'approval', 'payment', 'agreed_date'],
  ...rest,
})
const hours = (to: string) => ({
  ...READY_CALENDARS['mon-fri-10-18'],
  week: Object.fromEntries(Object.keys(READY_CALENDARS['mon-fri-10-18'].week).map((day) => [day, [['10:00', to]]])),
})
const follow = async (named: object) => {
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after
    const batch = { limit: 2, after: from }
    after = await db.begin({ as: 'worker' }, (tx) => house.sla.followRules(tx, { ...named, by: 'Марина' }, batch))
  }
}
/** Words of time hold no-break spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const recheck = async () => (await house.sla.recheckClocks(db.worker, { limit: 1_000 })).differences

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2026-01-12 09:00'))
  house = await slaHouse(db)
  api = await serveRoutes(db, slaRulesRoutes(house.sla))
  await addPolicy(db, 'one', spec(240).rows)
  await addPolicy(db, 'two', spec(60).rows)
  const penalties = {
    capFeeBasisPoints: 1_500,
    rules: [
      {
        kind: 'per_breach' as const,
        code: 'late',
        priorities: [1, 2, 3, 4],
        metrics: ['reaction' as const],
        graceMinutes: 0,
        amount: { kind: 'fee_share' as const, basisPoints: 200 },
      },
    ],
  }
  const base = { calendarCode: 'mon-fri-10-18', monthlyFeeKopecks: 1_000_000, penalties }
  asker = await house.client({ slaPolicyCode: 'one', ...base })
  const [manager, admin, incident, director] = await Promise.all(
    (['am', 'ad', 'im', 'di'] as const).map((role) => house.staff([role])),
  )
  people = { manager: manager!, admin: admin!, incident: incident!, director: director! }
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

describe('a changed policy', () => {
  it('shows beforehand which open tickets it moves and by how much, and moves nothing', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    const answered = await house.open(asker)
    await house.reply(answered.id)
    await db.setNow(msk('2026-02-03 10:30'))
    const { status, body } = await api.call(people.manager, 'POST', '/sla-policies/one/preview', { spec: spec(120) })
    const moved = body as unknown as MovedReply
    expect(status).toBe(200)
    expect(moved).toMatchObject({ tickets: 2, movedTickets: 1, sooner: 1, later: 0, gained: 0, lost: 0, broken: 0 })
    expect(moved.items).toMatchObject([{ ticketId: id, metric: 'reaction', movedMinutes: -120 }])
    expect(moved.changes.map(plain)).toEqual(['«Все обращения», реакция: 4 ч рабочего времени → 2 ч рабочего времени'])
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-03 14:00')
  })

  it('counts the promises that it would break, and shows tickets only to who may read them', async () => {
    const ask = (actor: Actor, path: string, sent: object) => api.call(actor, 'POST', path, sent)
    const broken = await ask(people.manager, '/sla-policies/one/preview', { spec: spec(15) })
    expect(broken.body).toMatchObject({ movedTickets: 1, broken: 1 })
    const blind = await ask(people.admin, '/sla-policies/one/preview', { spec: spec(15) })
    expect(blind.body).toMatchObject({ movedTickets: 1, broken: 1, items: [] })
    expect((await ask(people.incident, '/sla-policies/one/preview', { spec: spec(15) })).status).toBe(403)
    expect((await ask(people.manager, '/sla-policies/none/preview', { spec: spec(15) })).status).toBe(404)
    expect((await ask(people.manager, '/sla-policies/two/preview', { spec: spec(15) })).body).toMatchObject({
      movedTickets: 0,
    })
  })

  it('binds open tickets only when they are let follow it; then replay agrees, and a second time changes nothing', async () => {
    await db.setNow(msk('2026-02-04 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-04 10:10'))
    await addVersion(db, 'sla_policy', 'one', spec(120))
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-04 14:00')
    await db.setNow(msk('2026-02-04 10:20'))
    await follow({ policy: 'two' })
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-04 14:00')
    await follow({ policy: 'one' })
    await follow({ policy: 'one' })
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-04 12:00')
    const facts = await db.owner`select data from ticket_event where ticket_id = ${id} and type = 'policy_changed'`
    expect(facts).toEqual([{ data: { by: 'Марина', policy: 'one' } }])
    expect(await recheck()).toEqual([])
  })

  it('that warns at other shares says so beforehand, and sets the alarms of open clocks anew without moving a deadline', async () => {
    await addPolicy(db, 'shares', spec(240).rows)
    const client = await house.client({ slaPolicyCode: 'shares', calendarCode: 'mon-fri-10-18' })
    await db.setNow(msk('2026-02-04 12:00'))
    const { id } = await house.open(client)
    const preview = await api.call(people.manager, 'POST', '/sla-policies/shares/preview', {
      spec: spec(240, { warnings: [60] }),
    })
    expect(preview.body).toMatchObject({ movedTickets: 0, rewarned: 1 })
    const same = await api.call(people.manager, 'POST', '/sla-policies/shares/preview', { spec: spec(240) })
    expect(same.body).toMatchObject({ rewarned: 0 })
    const queued = () => db.owner`select 1 from graphile_worker.jobs where task_identifier = 'sla:rewarn'`
    const saved = async (warnings: number[]) => {
      await addVersion(db, 'sla_policy', 'shares', spec(240, { warnings }))
      await db.begin({ as: 'staff' }, (tx) =>
        house.sla.onPolicySaved(tx, { code: 'shares', from: Date.parse(msk('2026-02-04 12:10')) }),
      )
    }
    await db.setNow(msk('2026-02-04 12:10'))
    await saved([50, 75, 90])
    expect(await queued()).toHaveLength(0)
    await saved([60])
    expect(await queued()).toHaveLength(1)
    await db.begin({ as: 'worker' }, (tx) => house.sla.rewarn(tx, { policy: 'shares' }, { limit: 10, after: 0 }))
    const [clock] =
      await db.owner`select next_alarm, next_alarm_at from clock where ticket_id = ${id} and metric = 'reaction'`
    expect([clock!['nextAlarm'], moscow(clock!['nextAlarmAt'])]).toEqual(['warn60', '2026-02-04 14:24'])
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-04 16:00')
    expect(await recheck()).toEqual([])
  })

  it('is asked for by those who may change it, and leaves a trace', async () => {
    expect((await api.call(people.incident, 'POST', '/sla-policies/one/follow')).status).toBe(403)
    expect((await api.call(people.manager, 'POST', '/sla-policies/one/follow')).status).toBe(202)
    const [trace] = await db.owner`select action, object_id from audit where action = 'sla_policy.followed'`
    expect(trace).toEqual({ action: 'sla_policy.followed', objectId: 'one' })
  })

  it('may begin on a date: what is opened before it keeps the version before', async () => {
    await addPolicy(db, 'later', spec(60).rows)
    const client = await house.client({ slaPolicyCode: 'later', calendarCode: '24x7' })
    await db.setNow(msk('2026-02-05 09:00'))
    await db.owner`insert into sla_policy_version (code, version, spec, valid_from)
      values ('later', 2, ${db.owner.json(spec(120) as never)}, ${msk('2026-02-05 12:00')})`
    await db.owner`update sla_policy set version = 2, updated_at = app_now() where code = 'later'`
    await db.setNow(msk('2026-02-05 11:00'))
    const before = await house.open(client)
    const versions = await api.call(people.director, 'GET', '/sla-policies/later/versions')
    const { items } = versions.body as unknown as PolicyVersionsReply
    expect(items.map((item) => ({ ...item, changes: item.changes.map(plain) }))).toMatchObject([
      {
        version: 2,
        standing: 'to_come',
        changes: ['«Все обращения», реакция: 1 ч рабочего времени → 2 ч рабочего времени'],
      },
      { version: 1, standing: 'in_force', changes: [] },
    ])
    await db.setNow(msk('2026-02-05 13:00'))
    const after = await house.open(client)
    expect(await dueOf(db, before.id, 'reaction 1')).toBe('2026-02-05 12:00')
    expect(await dueOf(db, after.id, 'reaction 1')).toBe('2026-02-05 15:00')
  })
})

describe('a changed calendar', () => {
  it('shows beforehand what it moves; once followed, that is what has moved', async () => {
    await db.setNow(msk('2026-02-06 17:00'))
    const { id } = await house.open(asker)
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-09 11:00')
    const ask = { spec: hours('20:00') }
    const moves = await house.sla.whatMoves(db.worker, { calendar: { code: 'mon-fri-10-18', spec: ask.spec } })
    const own = moves.items.filter((item) => item.ticketId === id)
    expect(own.map((item) => [item.metric, moscow(item.dueBefore), moscow(item.dueAfter)])).toEqual([
      ['reaction', '2026-02-09 11:00', '2026-02-06 19:00'],
    ])
    await addVersion(db, 'calendar', 'mon-fri-10-18', ask.spec)
    await db.setNow(msk('2026-02-06 17:05'))
    await follow({ calendar: 'mon-fri-10-18' })
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-06 19:00')
    expect(await recheck()).toEqual([])
  })

  it('and production years are looked at in the same way', async () => {
    const [row] = await db.owner<{ data: never }[]>`select data from production_year where year = 2026`
    expect(await house.sla.whatMoves(db.worker, { productionYears: [row!.data] })).toMatchObject({ moved: 0 })
  })
})

describe('what if', () => {
  it('tells share, breaches and penalties of a month’s real tickets under another policy', async () => {
    await db.setNow(msk('2026-03-02 09:00'))
    while ((await house.sla.fireDueAlarms(db, silent)) > 0);
    const march = { from: msk('2026-03-01 00:00'), to: msk('2026-04-01 00:00') }
    const client = await house.client({
      slaPolicyCode: 'one',
      calendarCode: '24x7',
      monthlyFeeKopecks: 1_000_000,
      penalties: {
        capFeeBasisPoints: null,
        rules: [
          {
            kind: 'per_breach',
            code: 'late',
            priorities: [3],
            metrics: ['reaction'],
            graceMinutes: 0,
            amount: { kind: 'fee_share', basisPoints: 200 },
          },
        ],
      },
    })
    for (const [asked, answered] of [
      ['10:00', '10:20'],
      ['11:00', '12:30'],
    ]) {
      await db.setNow(msk(`2026-03-10 ${asked}`))
      const { id } = await house.open(client)
      await db.setNow(msk(`2026-03-10 ${answered}`))
      await house.reply(id)
    }
    await db.setNow(msk('2026-04-02 09:00'))
    const ask = { ...march, client: client.clientId }
    const tell = async (actor: Actor, other: object) =>
      (await api.call(actor, 'POST', '/sla/what-if', { ...ask, ...other })).body as unknown as WhatIfReply
    const stricter = await tell(people.director, { policyCode: 'two' })
    expect(stricter.before).toMatchObject({ total: { kept: 2, missed: 0, keptPermille: 1000 }, penaltiesKopecks: 0 })
    expect(stricter.after).toMatchObject({
      total: { kept: 1, missed: 1, keptPermille: 500 },
      byPriority: { 3: { missed: 1 }, 1: { missed: 0 } },
      penaltiesKopecks: 20_000,
    })
    expect(stricter).toMatchObject({
      tickets: 2,
      turnedCount: 1,
      turned: [{ before: { outcome: 'kept' }, after: { outcome: 'missed' } }],
    })
    // the clock of a test runs on while it works
    expect(Math.abs(stricter.turned[0]!.after!.lateMinutes - 30)).toBeLessThanOrEqual(1)
    expect((await tell(people.director, { spec: spec(10) })).after.total).toMatchObject({ kept: 0, missed: 2 })
    expect((await tell(people.director, {})).turnedCount).toBe(0)
    expect((await tell(people.director, { spec: spec(10), ofPolicy: 'two' })).tickets).toBe(0)
    expect((await tell(people.director, { spec: spec(10), ofPolicy: 'one' })).tickets).toBe(2)
    expect((await tell(people.incident, { policyCode: 'two' })).after.penaltiesKopecks).toBe(null)
    expect(await recheck()).toEqual([])
  })

  it('is refused for rules that are not there, that contradict themselves, and for a period without an end', async () => {
    const month = { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }
    const code = async (ask: object) =>
      (await api.call(people.director, 'POST', '/sla/what-if', { ...month, ...ask })).body['code']
    expect(await code({ policyCode: 'nobody' })).toBe('sla.policy_unknown')
    expect(await code({ calendarCode: 'nobody' })).toBe('sla.calendar_unknown')
    expect(await code({ from: month.to, to: month.from })).toBe('sla.period_unfit')
    expect(await code({ from: '1950-01-01T00:00:00Z' })).toBe('sla.period_unfit')
    const [row] = spec(60).rows
    expect(await code({ spec: spec(60, { rows: [row, row] }) })).toBe('contracts.policy_invalid')
    expect(await code({ spec: spec(60, { rows: [{ ...row, calendarCode: 'nobody' }] }) })).toBe(
      'contracts.policy_invalid',
    )
    const long = { ...row, targets: { resolution: { amount: 10_000_000, unit: 'working_days' } } }
    expect(await code({ spec: spec(60, { rows: [long] }) })).toBe('http.invalid_request')
    const preview = await api.call(people.admin, 'POST', '/sla-policies/one/preview', {
      spec: spec(60, { rows: [row, row] }),
    })
    expect(preview.body['code']).toBe('contracts.policy_invalid')
  })
})
