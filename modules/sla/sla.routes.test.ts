import type { Actor } from '@opora/access'
import { contactActor, createContact, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cabinetSlaRoutes, slaRoutes } from './index.ts'
import { addPolicy, moscow, msk, type SlaHouse, silent, slaHouse } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
let api: Awaited<ReturnType<typeof serveRoutes>>
let asker: Awaited<ReturnType<SlaHouse['client']>>
let manager: Actor

interface Interval {
  from: string
  to: string
  counted: boolean
  minutes: number
  text: string
  reason: string
  ahead: boolean
}
const sum = (intervals: Interval[], ahead: boolean) =>
  intervals.filter((one) => one.counted && one.ahead === ahead).reduce((total, one) => total + one.minutes, 0)

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2025-10-01 09:00'))
  house = await slaHouse(db)
  api = await serveRoutes(db, [...slaRoutes(house.sla), ...cabinetSlaRoutes(house.sla)])
  await addPolicy(db, 'table', [
    {
      name: 'Все обращения',
      nameEn: 'All requests',
      when: {},
      targets: {
        reaction: { amount: 60, unit: 'clock_minutes' },
        nextAnswer: { amount: 120, unit: 'service_minutes' },
        resolution: { amount: 3, unit: 'working_days' },
      },
    },
  ])
  asker = await house.client({ slaPolicyCode: 'table', calendarCode: 'mon-fri-10-18' })
  manager = await house.staff(['im'])
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

const fireAll = async () => {
  while ((await house.sla.fireDueAlarms(db, silent)) > 0);
}
const explain = async (id: number, clock: string, actor: Actor = manager, side = '') =>
  (await api.call(actor, 'GET', `${side}/tickets/${id}/clocks/${clock}/explain`)).body as unknown as {
    clock: Record<string, unknown>
    intervals: Interval[]
    usedMinutes: number
    aheadMinutes: number
    targetMinutes: number
    facts: { text: string }[]
    steps: { text: string }[]
  }

describe('the clocks of a ticket', () => {
  it('say what was promised by which row, what is left of it, and what rings next', async () => {
    await db.setNow(msk('2025-10-31 16:00:10'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2025-10-31 16:30:30'))
    const { items } = (await api.call(manager, 'GET', `/tickets/${id}/clocks`)).body
    expect(items).toMatchObject([
      {
        metric: 'reaction',
        metricName: 'Реакция',
        state: 'running',
        stateName: 'идёт',
        promised: '1\u00a0ч по часам',
        row: 'Все обращения',
        policy: { code: 'table', name: 'table' },
        calendar: { code: 'mon-fri-10-18', name: 'Пн–Пт 10–18, производственный календарь' },
        dayCalendar: null,
        targetMinutes: 60,
        usedMinutes: 30,
        remainingMinutes: 30,
        open: true,
        estimated: false,
      },
      {
        metric: 'resolution',
        promised: '3 рабочих дня',
        dayCalendar: { code: 'ru-working-days', name: 'Рабочие дни России' },
        alarms: [{ kind: 'warn50', rung: false }, { kind: 'warn75' }, { kind: 'warn90' }, { kind: 'breach' }],
      },
    ])
    // Saturday 1 November is worked in place of Monday; 2 to 4 November are days off
    expect(moscow(String(items![1]!['dueAt']))).toBe('2025-11-06 18:00')
  })

  it('explain a deadline by stretches whose counted minutes add up to the target', async () => {
    await db.setNow(msk('2025-10-31 16:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2025-11-01 12:00'))
    const { intervals, usedMinutes, aheadMinutes, targetMinutes, facts } = await explain(id, 'resolution/1')
    expect([sum(intervals, false), sum(intervals, true)]).toEqual([usedMinutes, aheadMinutes])
    expect(usedMinutes + aheadMinutes).toBe(targetMinutes)
    const seen = intervals.map((one) => [moscow(one.from), one.counted, one.ahead, one.text])
    expect(seen).toEqual([
      ['2025-10-31 16:00', true, false, 'Часы обслуживания'],
      ['2025-10-31 18:00', false, false, 'Вне часов обслуживания'],
      ['2025-11-01 10:00', true, false, 'Рабочий день вместо 3 ноября 2025 г.'],
      ['2025-11-01 12:00', true, true, 'Рабочий день вместо 3 ноября 2025 г.'],
      ['2025-11-01 17:00', false, true, 'Предпраздничный день короче на час'],
      ['2025-11-01 18:00', false, true, 'Вне часов обслуживания'],
      ['2025-11-02 00:00', false, true, 'Выходной'],
      ['2025-11-03 00:00', false, true, 'Выходной, перенесённый с 1 ноября 2025 г.'],
      ['2025-11-04 00:00', false, true, 'Праздник: День народного единства'],
      ['2025-11-05 00:00', false, true, 'Вне часов обслуживания'],
      ['2025-11-05 10:00', true, true, 'Часы обслуживания'],
      ['2025-11-05 18:00', false, true, 'Вне часов обслуживания'],
      ['2025-11-06 10:00', true, true, 'Часы обслуживания'],
    ])
    expect(facts.map((fact) => fact.text)).toEqual(['Срок 3 рабочих дня: строка «Все обращения», приоритет 3'])
  })

  it('explain a pause by whom was waited for', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 11:00:30'))
    await house.press(id, 'l1_classify', 'ask_client')
    await db.setNow(msk('2026-02-03 15:00'))
    const { items } = (await api.call(manager, 'GET', `/tickets/${id}/clocks`)).body
    expect(items![1]).toMatchObject({
      state: 'paused',
      dueAt: null,
      pauseReason: 'client',
      open: false,
      usedMinutes: 60,
    })
    const { intervals, aheadMinutes } = await explain(id, 'resolution/1')
    expect(intervals.map((one) => one.text)).toEqual(['Часы обслуживания', 'Пауза: ждали клиента'])
    expect(aheadMinutes).toBe(0)
  })

  it('are not there for strangers, other clients, and clocks that do not exist', async () => {
    const { id } = await house.open(asker)
    const other = await house.client(null)
    const narrow = staffActor(1_000, ['im'], [other.clientId])
    for (const [actor, path] of [
      [narrow, `/tickets/${id}/clocks`],
      [narrow, `/tickets/${id}/clocks/reaction/1/explain`],
      [contactActor(other.contact), `/cabinet/tickets/${id}/clocks`],
      [manager, `/tickets/${id}/clocks/reaction/2/explain`],
      [manager, '/tickets/999999/clocks'],
      [manager, `/cabinet/tickets/${id}/clocks`],
    ] as const) {
      expect({ path, status: (await api.call(actor, 'GET', path)).status }).toEqual({ path, status: 404 })
    }
    expect((await api.call(null, 'GET', `/tickets/${id}/clocks`)).status).toBe(401)
    expect((await api.call(staffActor(1_001, ['rb']), 'GET', `/tickets/${id}/clocks`)).status).toBe(403)
  })
})

describe('the cabinet', () => {
  it('shows results without the provider’s alarms and rows, and the same explanation', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 10:20'))
    const me = contactActor(asker.contact)
    const { items } = (await api.call(me, 'GET', `/cabinet/tickets/${id}/clocks`)).body
    expect(Object.keys(items![0]!).sort()).toEqual(
      [
        ...[
          'asOf',
          'breachedAt',
          'dueAt',
          'endedAt',
          'estimated',
          'metAt',
          'metric',
          'metricName',
          'open',
          'pauseReason',
        ],
        ...[
          'pauseText',
          'priority',
          'promised',
          'registeredAt',
          'remainingMinutes',
          'seq',
          'state',
          'stateName',
          'turnsIn',
        ],
      ].sort(),
    )
    const own = await explain(id, 'reaction/1', me, '/cabinet')
    const theirs = await explain(id, 'reaction/1')
    expect(own.intervals.map((one) => one.text)).toEqual(theirs.intervals.map((one) => one.text))
    expect(own.usedMinutes + own.aheadMinutes).toBe(60)
  })

  it('shows a colleague’s request only to those who may see it', async () => {
    const { id } = await house.open(asker)
    const narrow = await createContact(db.owner, asker.clientId, { scope: 'own' })
    const boss = await createContact(db.owner, asker.clientId, { responsible: true, scope: 'all' })
    expect((await api.call(contactActor(narrow), 'GET', `/cabinet/tickets/${id}/clocks`)).status).toBe(404)
    expect((await api.call(contactActor(boss), 'GET', `/cabinet/tickets/${id}/clocks`)).status).toBe(200)
  })
})

describe('breaches', () => {
  const late = async (at: string, answered: string | null) => {
    await db.setNow(msk(at))
    const opened = await house.open(asker)
    if (answered !== null) {
      await db.setNow(msk(answered))
      await house.reply(opened.id)
    }
    return opened
  }
  const list = async (query = '', actor: Actor = manager) => (await api.call(actor, 'GET', `/breaches?${query}`)).body

  it('are listed newest first with how late they were, by client, metric and time, page by page', async () => {
    const first = await late('2026-03-03 10:00', '2026-03-03 11:30:30')
    const second = await late('2026-03-03 12:00', null)
    await db.setNow(msk('2026-03-03 13:20:30'))
    await fireAll()
    const found = await list(`from=${msk('2026-03-03 00:00')}&to=${msk('2026-03-04 00:00')}`)
    expect(found.items).toMatchObject([
      { ticket: { id: second.id }, metric: 'reaction', lateMinutes: 20, metAt: null, cause: null, version: 0 },
      { ticket: { id: first.id, number: first.number }, promised: '1\u00a0ч по часам', lateMinutes: 30 },
    ])
    expect((await explain(second.id, 'reaction/1')).steps.map((step) => step.text)).toEqual([
      'Срок нарушен: сообщено исполнителю',
      'Срок нарушен: сообщено диспетчеру инцидентов',
      'Срок нарушен: сообщено менеджеру клиента',
    ])
    const page = await list(`from=${msk('2026-03-03 00:00')}&limit=1`)
    const next = await list(`from=${msk('2026-03-03 00:00')}&limit=1&cursor=${page['nextCursor']}`)
    expect([page, next].map(({ items }) => items![0]!['ticket'])).toMatchObject([{ id: second.id }, { id: first.id }])
    expect((await list(`metric=resolution&from=${msk('2026-03-03 00:00')}`)).items).toEqual([])
    expect((await list('client=999999')).items).toEqual([])
    expect(await list('cursor=nonsense')).toMatchObject({ code: 'http.bad_cursor' })
    const narrow = staffActor(1_002, ['im'], [asker.clientId + 1_000])
    expect((await list('', narrow)).items).toEqual([])
    expect((await api.call(contactActor(asker.contact), 'GET', '/breaches')).status).toBe(403)
  })

  it('get a cause that two people cannot overwrite unseen, on the audit trail', async () => {
    const opened = await late('2026-03-10 10:00', '2026-03-10 12:00')
    await fireAll()
    const [breach] = (await list(`from=${msk('2026-03-10 00:00')}`)).items!
    const path = `/breaches/${breach!['id']}/cause`
    const write = (cause: string, version?: number, actor: Actor = manager) =>
      api.call(actor, 'PUT', path, { cause }, version)
    expect((await write('Без версии')).status).toBe(428)
    expect(await write('Дежурный был занят аварией', 0)).toMatchObject({
      status: 200,
      body: { cause: 'Дежурный был занят аварией', version: 1, causeBy: expect.any(String) },
    })
    expect(await write('Другое', 0)).toMatchObject({ status: 409, body: { code: 'http.version_conflict' } })
    expect(await write('Уточнено', 1)).toMatchObject({ status: 200, body: { version: 2 } })
    expect((await write('Чужое', 2, staffActor(1_003, ['im'], [asker.clientId + 1_000]))).status).toBe(404)
    expect((await write('Финансы', 2, staffActor(1_004, ['fi']))).status).toBe(403)
    expect((await list(`explained=yes&from=${msk('2026-03-10 00:00')}`)).items).toHaveLength(1)
    const audited = await db.owner`select action from audit where object_type = 'breach'`
    expect(audited).toHaveLength(2)
    expect(opened.number).toBe((breach!['ticket'] as { number: number }).number)
  })
})

describe('figures for reports', () => {
  const month = { from: Date.parse(msk('2026-05-01 00:00')), to: Date.parse(msk('2026-06-01 00:00')) }

  it('tell promised against actual with every breach, and the same whenever they are asked', async () => {
    const own = await house.client({ slaPolicyCode: 'table', calendarCode: 'mon-fri-10-18' })
    await db.setNow(msk('2026-05-12 10:00'))
    const kept = await house.open(own)
    await db.setNow(msk('2026-05-12 10:30'))
    await house.reply(kept.id)
    await db.setNow(msk('2026-05-13 10:00'))
    const missed = await house.open(own)
    await db.setNow(msk('2026-05-13 11:45:30'))
    await house.press(missed.id, 'l1_classify', 'answer')
    await db.setNow(msk('2026-05-29 17:00'))
    const open = await house.open(own)
    await db.setNow(msk('2026-06-01 00:00'))
    const ask = { contractId: own.contractId, ...month }
    const figures = await house.sla.figuresOf(db.staff, ask)
    const rows = figures.list.map((one) => [one.ticketNumber, one.metric, one.outcome, one.lateMinutes])
    expect(rows).toEqual([
      [kept.number, 'reaction', 'kept', 0],
      [kept.number, 'resolution', 'missed', expect.any(Number)],
      [missed.number, 'reaction', 'missed', 45],
      [missed.number, 'resolution', 'kept', 0],
      [open.number, 'reaction', 'missed', expect.any(Number)],
      [open.number, 'resolution', 'running', 0],
    ])
    expect(figures.byMetric.reaction).toEqual({ kept: 1, missed: 2, running: 0, keptPermille: 333 })
    expect(figures.total).toMatchObject({ kept: 2, missed: 3, running: 1, keptPermille: 400 })
    expect(figures.breaches).toHaveLength(3)
    await db.setNow(msk('2026-06-10 12:00'))
    await house.press(missed.id, 'confirm', 'return', { reason: 'Не помогло' })
    await house.reply(open.id)
    await fireAll()
    expect(await house.sla.figuresOf(db.staff, ask)).toEqual(figures)
    const june = { from: month.to, to: Date.parse(msk('2026-07-01 00:00')) }
    const later = await house.sla.figuresOf(db.staff, { clientId: own.clientId, ...june })
    expect(later.list.map((one) => [one.ticketNumber, one.metric, one.outcome])).toEqual([
      [missed.number, 'resolution', 'missed'],
      [open.number, 'resolution', 'missed'],
    ])
  })
})
