import { createStaff, staffActor } from '@opora/people/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WeekView } from './week.contract.ts'
import { type WorkBench, workBench } from './work.bench.ts'

const state = {} as WorkBench
const MONDAY = '2026-01-19'
beforeAll(async () => {
  Object.assign(state, await workBench())
  await state.db.setNow('2026-01-22T15:00:00Z')
})
afterAll(() => state.close())

const call = (method: 'GET' | 'PUT' | 'POST' | 'PATCH', path: string, body?: object, version?: number) =>
  state.api.call(state.works, method, path, body, version)
const cell = (ticketId: number, date: string, minutes: number, fields: object = {}) =>
  call('PUT', '/time/week/cell', { ticketId, activity: 'configuration', date, minutes, monday: MONDAY, ...fields })
const week = async (monday = MONDAY) => (await call('GET', `/time/week?monday=${monday}`)).body as unknown as WeekView
const manager = async () => staffActor((await createStaff(state.db.owner, { roles: ['am'] })).id, ['am'])

test('a cell is written in place: made, changed, taken away; totals come with it', async () => {
  const ticketId = await state.openTicket({ subject: 'Настроить роли' })
  const made = await cell(ticketId, '2026-01-20', 90)
  expect(made.body).toMatchObject({
    totalMinutes: 90,
    today: '2026-01-22',
    rows: [{ totalMinutes: 90, ticket: { id: ticketId }, activity: { code: 'configuration' } }],
  })
  const [row] = (made.body as unknown as WeekView).rows
  expect(row!.cells[1]).toMatchObject({ minutes: 90, entries: 1, note: 'Настроить роли', editable: true })
  expect(row!.cells.map((one) => one.editable)).toEqual([true, true, true, true, false, false, false])
  expect((await cell(ticketId, '2026-01-20', 120, { note: 'Роли отдела' })).body).toMatchObject({ totalMinutes: 120 })
  expect((await cell(ticketId, '2026-01-21', 30)).body).toMatchObject({ totalMinutes: 150 })
  // the words of the work go on by themselves
  expect((await week()).rows[0]!.cells[2]!.note).toBe('Роли отдела')
  expect((await cell(ticketId, '2026-01-20', 0)).body).toMatchObject({ totalMinutes: 30 })
  expect(await cell(ticketId, '2026-01-23', 30)).toMatchObject({ status: 422, body: { code: 'work.date_in_future' } })
  await cell(ticketId, '2026-01-21', 0)
  expect(await week()).toMatchObject({ totalMinutes: 0, rows: [] })
})

test('a cell that is written twice at the same moment is one entry; a week outside our time is refused', async () => {
  const ticketId = await state.openTicket({ subject: 'Двойное нажатие' })
  const answers = await Promise.all([45, 45, 45].map((minutes) => cell(ticketId, '2026-01-20', minutes)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await week()).toMatchObject({ totalMinutes: 45 })
  expect((await cell(ticketId, '2026-01-20', 0)).body).toMatchObject({ totalMinutes: 0 })
  for (const monday of ['0001-01-01', '9999-12-31'])
    expect((await call('GET', `/time/week?monday=${monday}`)).status).toBe(400)
  expect((await cell(ticketId, '0001-01-01', 30)).status).toBe(400)
})

test('work upon other work and holes in a day are marked to the minute; a cell of several entries is not guessed at', async () => {
  const ticketId = await state.openTicket()
  const log = (from: string, to: string, source = 'manual') =>
    call('POST', `/tickets/${ticketId}/time`, {
      activity: 'configuration',
      note: 'Работа',
      startedAt: `2026-01-19T${from}:00Z`,
      endedAt: `2026-01-19T${to}:00Z`,
      source,
    })
  await log('07:00', '08:00')
  await log('07:40', '08:20', 'timer')
  await log('09:00', '10:00')
  const sheet = await week()
  expect(sheet.days[0]).toMatchObject({
    minutes: 160,
    overlaps: [{ from: '2026-01-19T07:40:00.000Z', to: '2026-01-19T08:00:00.000Z', minutes: 20 }],
    gaps: [{ from: '2026-01-19T08:20:00.000Z', to: '2026-01-19T09:00:00.000Z', minutes: 40 }],
  })
  expect(sheet.rows[0]!.cells[0]).toMatchObject({ entries: 3, editable: false })
  expect((await cell(ticketId, '2026-01-19', 60)).body).toMatchObject({ code: 'work.cell_of_many' })
})

test('the week before is copied into what is empty, up to today, and its rows are offered', async () => {
  const [first, second] = [await state.openTicket(), await state.openTicket()]
  await state.db.setNow('2026-01-14T15:00:00Z')
  for (const [ticketId, date] of [
    [first, '2026-01-12'],
    [first, '2026-01-13'],
    [second, '2026-01-13'],
  ] as const)
    await call('PUT', '/time/week/cell', { ticketId, activity: 'analysis', date, minutes: 60, monday: '2026-01-12' })
  await state.db.setNow('2026-01-20T15:00:00Z')
  const offered = await week()
  expect(offered.before.map((row) => [row.ticket.id, row.minutes])).toEqual(
    expect.arrayContaining([
      [first, 120],
      [second, 60],
    ]),
  )
  await cell(first, '2026-01-20', 15, { activity: 'analysis' })
  const copied = await call('POST', '/time/week/copy', { monday: MONDAY })
  expect(copied.body).toMatchObject({ copied: 2, skipped: [] })
  const rows = (await week()).rows.filter((row) => row.activity.code === 'analysis')
  expect(rows.map((row) => [row.ticket.id, row.cells[0]!.minutes, row.cells[1]!.minutes])).toEqual([
    [first, 60, 15],
    [second, 0, 60],
  ])
  expect((await call('POST', '/time/week/copy', { monday: MONDAY })).body).toMatchObject({ copied: 0 })
  await state.db.setNow('2026-01-22T15:00:00Z')
})

test('time is approved many at once by another person; what is approved is locked until the approval is taken back', async () => {
  const { api, works } = state
  const plain = staffActor((await createStaff(state.db.owner, { roles: ['it'] })).id, ['it'])
  const ticketId = await state.openTicket()
  const body = { ticketId, activity: 'testing', date: '2026-01-21', minutes: 45, monday: MONDAY }
  await api.call(plain, 'PUT', '/time/week/cell', body)
  const [entry] = (await api.call(plain, 'GET', `/tickets/${ticketId}/time`)).body.items as {
    id: number
    version: number
  }[]
  expect((await api.call(plain, 'POST', '/time/approve', { ids: [entry!.id] })).status).toBe(403)
  const boss = await manager()
  expect((await api.call(boss, 'POST', '/time/approve', { ids: [entry!.id, 999_999] })).body).toEqual({
    approved: 1,
    left: 1,
  })
  expect((await api.call(boss, 'POST', '/time/approve', { ids: [entry!.id] })).body).toMatchObject({ approved: 0 })
  const change = () => api.call(plain, 'PUT', '/time/week/cell', { ...body, minutes: 50 })
  expect(await change()).toMatchObject({ status: 409, body: { code: 'work.entry_approved' } })
  expect((await api.call(plain, 'PATCH', `/time/${entry!.id}`, { minutes: 50 }, entry!.version + 1)).status).toBe(409)
  const seen = (await api.call(plain, 'GET', `/time/week?monday=${MONDAY}`)).body as unknown as WeekView
  expect(seen.rows[0]!.cells[2]).toMatchObject({ approved: true, editable: false })
  await api.call(boss, 'POST', `/time/${entry!.id}/unapprove`, { reason: 'поправьте минуты' })
  expect((await change()).status).toBe(200)
  expect(works.accountId).not.toBe(plain.accountId)
})

test('whose time is to be approved is said of a contract or of a person', async () => {
  const { api, works, contractId } = state
  const boss = await manager()
  const said = await api.call(boss, 'PUT', '/time/approval-rules', { contractId, needed: true })
  expect(said.body).toMatchObject({ contracts: [{ id: contractId }], people: [] })
  const person = await api.call(boss, 'PUT', '/time/approval-rules', { accountId: works.accountId, needed: true })
  expect(person.body).toMatchObject({ people: [{ id: works.accountId }] })
  const both = { contractId, accountId: works.accountId, needed: true }
  expect((await api.call(boss, 'PUT', '/time/approval-rules', both)).status).toBe(400)
  for (const rule of [{ contractId }, { accountId: works.accountId }])
    await api.call(boss, 'PUT', '/time/approval-rules', { ...rule, needed: false })
  expect((await api.call(boss, 'GET', '/time/approval-rules')).body).toEqual({ contracts: [], people: [] })
})
