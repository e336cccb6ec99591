import { RU_PRODUCTION_YEARS } from '@opora/calendar'
import { serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarRoutes, calendarsByCode, type ImaginedRules } from './index.ts'
import { contractsForTests, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>>; imagined: ImaginedRules[] }
const { contracts } = contractsForTests()
const admin = staffActor(1, ['ad'])
const finance = staffActor(2, ['fi'])
const MOVED = { ticketId: 1, number: 1001, clientName: 'Клиент', metric: 'resolution' }

beforeAll(async () => {
  state.db = await createTestDatabase()
  state.imagined = []
  await withCatalogue(state.db)
  const whatMoves = async (_sql: unknown, rules: ImaginedRules) => {
    state.imagined.push(rules)
    return { looked: 12, moved: 1, items: [{ ...MOVED, dueBefore: 0, dueAfter: 3_600_000 }] }
  }
  state.api = await serveRoutes(state.db, calendarRoutes(contracts, { whatMoves }))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

test('a month of a calendar explains each of its days', async () => {
  const answer = await state.api.call(admin, 'GET', '/calendars/mon-fri-10-18/days?month=2025-11')
  const days = answer.body['days'] as { date: string; openMinutes: number; reasons: { code: string }[] }[]
  expect(days).toHaveLength(30)
  expect(days[0]).toMatchObject({ date: '2025-11-01', openMinutes: 420 })
  expect(days[0]!.reasons.map((reason) => reason.code)).toEqual([
    'weekly_day_off',
    'moved_working_day',
    'shortened_day',
  ])
  expect(answer.body['openMinutes']).toBe(days.reduce((sum, day) => sum + day.openMinutes, 0))
  expect((await state.api.call(admin, 'GET', '/calendars/moon/days?month=2025-11')).status).toBe(404)
  expect((await state.api.call(admin, 'GET', '/calendars/24x7/days?month=2025-13')).status).toBe(400)
})

test('a calendar is changed by versions: clocks that run keep the old one', async () => {
  const { api, db } = state
  const spec = {
    zone: 'Asia/Omsk',
    week: {
      mon: [
        ['09:00', '12:00'],
        ['13:00', '18:00'],
      ],
    },
    dayRule: 'every_listed_day',
  }
  const made = await api.call(admin, 'POST', '/calendars', { code: 'omsk', nameRu: 'Омск', nameEn: 'Omsk', spec })
  expect(made).toMatchObject({ status: 201, body: { version: 1 } })
  const body = { nameRu: 'Омск', nameEn: 'Omsk', spec: { ...spec, week: { tue: [['09:00', '18:00']] } } }
  expect((await api.call(admin, 'PUT', '/calendars/omsk', body, 1)).body['version']).toBe(2)
  expect((await api.call(admin, 'PUT', '/calendars/omsk', body, 1)).body['code']).toBe('http.version_conflict')
  const at = async (version?: number) =>
    (await calendarsByCode(db.staff, [{ code: 'omsk', ...(version ? { version } : {}) }])).get('omsk')!
  expect((await at()).isWorkingDate('2026-03-10')).toBe(true)
  expect((await at(1)).isWorkingDate('2026-03-10')).toBe(false)
  const bad = { ...body, spec: { ...spec, zone: 'Mars/Olympus', week: { mon: [['12:00', '12:00']] } } }
  const refused = await api.call(admin, 'PUT', '/calendars/omsk', bad, 2)
  expect((refused.body['errors'] as { field: string }[]).map((error) => error.field)).toEqual([
    'spec.zone',
    'spec.week.mon[0]',
  ])
})

test('a year of a calendar tells each day with its hours on the wall and its reasons', async () => {
  const answer = await state.api.call(admin, 'GET', '/calendars/mon-fri-10-18/year?year=2025')
  expect(answer.body).toMatchObject({ year: 2025, zone: 'Europe/Moscow', workingDays: 247, estimated: false })
  expect(answer.body['openMinutes']).toBe((247 * 8 - 4) * 60)
  const days = answer.body['days'] as { date: string; hours: string[][] }[]
  expect(days).toHaveLength(365)
  expect(days.find((day) => day.date === '2025-11-01')).toMatchObject({ hours: [['10:00', '17:00']], openMinutes: 420 })
  expect((await state.api.call(finance, 'GET', '/calendars/mon-fri-10-18/year?year=2030')).body['estimated']).toBe(true)
  expect((await state.api.call(admin, 'GET', '/calendars/moon/year?year=2025')).status).toBe(404)
})

test('a draft of a calendar is shown with the days that it changes, and nothing is saved', async () => {
  const { api } = state
  const { items } = (await api.call(admin, 'GET', '/calendars')).body as { items: { code: string; spec: object }[] }
  const { spec } = items.find((one) => one.code === 'mon-fri-10-19') as { spec: object }
  const exceptions = [
    { date: '2026-06-12', replace: [['12:00', '15:00']], name: 'Дежурство' },
    { date: '2026-06-15', replace: [] },
  ]
  const draft = { code: 'mon-fri-10-19', year: 2026, spec: { ...spec, exceptions } }
  const answer = await api.call(admin, 'POST', '/calendars/preview', draft)
  expect(answer.body['changed']).toEqual([
    { date: '2026-06-12', before: [], after: [['12:00', '15:00']] },
    { date: '2026-06-15', before: [['10:00', '19:00']], after: [] },
  ])
  expect((await api.call(admin, 'POST', '/calendars/preview', { ...draft, code: undefined })).body['changed']).toEqual(
    [],
  )
  const bad = { ...draft, spec: { ...spec, zone: 'Mars/Olympus' } }
  expect((await api.call(admin, 'POST', '/calendars/preview', bad)).body).toMatchObject({ field: 'spec.zone' })
  expect((await api.call(finance, 'POST', '/calendars/preview', draft)).status).toBe(403)
  const kept = (await api.call(admin, 'GET', '/calendars/mon-fri-10-19/year?year=2026')).body['days'] as {
    date: string
  }[]
  expect(kept.find((day) => day.date === '2026-06-15')).toMatchObject({ hours: [['10:00', '19:00']] })
})

test('before a change is saved, it is asked which deadlines it moves', async () => {
  const { api, imagined } = state
  const spec = { zone: 'Europe/Moscow', week: { mon: [['10:00', '12:00']] }, dayRule: 'production' }
  const answer = await api.call(admin, 'POST', '/calendars/mon-fri-10-19/moves', { spec })
  expect(answer.body).toEqual({
    looked: 12,
    moved: 1,
    items: [{ ...MOVED, dueBefore: '1970-01-01T00:00:00.000Z', dueAfter: '1970-01-01T01:00:00.000Z' }],
  })
  expect(imagined.at(-1)).toEqual({ calendar: { code: 'mon-fri-10-19', spec } })
  expect((await api.call(admin, 'POST', '/calendars/moon/moves', { spec })).status).toBe(404)
})

/** A year as lists of days, after the general rules of the law with January's two days moved. */
function lists(year: number, moved: string[]) {
  const weekends = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(year, 0, 1 + i)))
    .filter((day) => day.getUTCFullYear() === year && [0, 6].includes(day.getUTCDay()))
    .map((day) => day.toISOString().slice(0, 10))
  return [...new Set([...weekends, ...moved])].sort()
}
const YEAR_2028 = {
  holidays: lists(2028, [
    ...['2028-01-03', '2028-01-04', '2028-01-05', '2028-01-06', '2028-01-07', '2028-02-23', '2028-03-08'],
    ...['2028-05-01', '2028-05-09', '2028-06-12', '2028-11-06', '2028-05-08', '2028-12-29'],
  ]),
  preholidays: ['2028-02-22', '2028-03-07', '2028-11-03'],
}

test('a file of a new year is counted and compared before it is taken', async () => {
  const { api, imagined } = state
  const preview = await api.call(admin, 'POST', '/production-years/preview', { data: YEAR_2028, source: 'ПП РФ № 1' })
  const [year] = preview.body.items as { counts: object; notes: { code: string }[]; changed: object[] }[]
  expect(year).toMatchObject({ year: 2028, status: 'approved', replaces: false, counts: { working: 247, off: 119 } })
  expect(year!.notes.map((note) => note.code)).toEqual(['moves_inferred'])
  expect(year!.changed).toContainEqual({ date: '2028-05-08', before: 'short', after: 'off' })
  expect(preview.body['moves']).toMatchObject({ looked: 12, moved: 1 })
  expect(imagined.at(-1)?.productionYears?.map((one) => one.year)).toEqual([2028])
  expect((await api.call(admin, 'GET', '/calendars/mon-fri-10-18/year?year=2028')).body['estimated']).toBe(true)
})

test('what differs from the law is to be confirmed; then the days change at once', async () => {
  const { api } = state
  const file = { data: YEAR_2028, source: 'ПП РФ № 1' }
  const refused = await api.call(admin, 'POST', '/production-years', file)
  expect(refused).toMatchObject({ status: 409, body: { code: 'contracts.production_year_notes' } })
  expect(JSON.stringify(refused.body)).toContain('Переносов в файле нет')
  const taken = await api.call(admin, 'POST', '/production-years', { ...file, acceptNotes: true })
  expect(taken.status).toBe(201)
  expect(taken.body.items!.at(-1)).toMatchObject({ year: 2028, status: 'approved', source: 'ПП РФ № 1' })
  const after = (await api.call(admin, 'GET', '/calendars/mon-fri-10-18/year?year=2028')).body
  expect(after).toMatchObject({ estimated: false, workingDays: 247 })
  const again = await api.call(admin, 'POST', '/production-years/preview', file)
  expect(again.body.items).toMatchObject([{ replaces: true, changed: [] }])
})

test('a file that denies itself is refused with the place and both figures', async () => {
  const { api } = state
  const entry = { ...YEAR_2028, preholidays: ['2028-02-23'] }
  const refused = await api.call(admin, 'POST', '/production-years', { data: entry, acceptNotes: true })
  expect(refused).toMatchObject({ status: 422, body: { code: 'contracts.production_year_invalid', field: 'data' } })
  expect((refused.body['errors'] as { message: string }[])[0]?.message).toBe(
    'Сокращённый день указан выходным: 2028-02-23',
  )
  const shipped = RU_PRODUCTION_YEARS.length
  expect((await api.call(finance, 'GET', '/production-years')).body.items).toHaveLength(shipped + 1)
})

test('an approved year may change in its days to come, not in those that deadlines were counted by', async () => {
  const { api, db } = state
  await db.setNow('2028-06-01T09:00:00Z')
  const without = (date: string) => ({
    data: { ...YEAR_2028, holidays: YEAR_2028.holidays.filter((one) => one !== date) },
    source: 'ПП РФ № 2',
  })
  const taking = (date: string) => ({ ...without(date), acceptNotes: true })
  const refused = await api.call(admin, 'POST', '/production-years', taking('2028-05-08'))
  expect(refused).toMatchObject({ status: 422, body: { code: 'contracts.production_year_past' } })
  expect(refused.body['message']).toContain('2028-05-08')
  expect((await api.call(admin, 'POST', '/production-years/preview', without('2028-05-08'))).status).toBe(422)
  expect((await api.call(admin, 'POST', '/production-years', taking('2028-12-29'))).status).toBe(201)
  expect((await api.call(admin, 'GET', '/calendars/mon-fri-10-18/year?year=2028')).body['workingDays']).toBe(248)
})
