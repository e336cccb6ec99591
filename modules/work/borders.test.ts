import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WeekView } from './week.contract.ts'
import { type WorkBench, workBench } from './work.bench.ts'

const state = {} as WorkBench
beforeAll(async () => {
  // service hours 10–18 Monday to Friday, by fact at 2 000 ₽, urgent and out-of-hours work counts double
  const forms = [{ kind: 'postpaid' as const, code: 'postpaid' }]
  const estimates = {
    rule: { kind: 'nothing' as const },
    diagnosisExemptMinutes: 0,
    tolerancePercent: 0,
    warnAtPercent: 80,
  }
  Object.assign(state, await workBench({ calendarCode: 'mon-fri-10-18', forms, estimates }))
  await state.db.setNow('2026-02-12T09:00:00Z')
})
afterAll(() => state.close())

/** What the ledger took of one entry, piece by piece: month, billable minutes, kopecks, in the order of the work. */
async function piecesOf(from: string, to: string): Promise<(string | number)[][]> {
  const ticketId = await state.openTicket()
  const logged = await state.api.call(state.works, 'POST', `/tickets/${ticketId}/time`, {
    activity: 'configuration',
    note: 'Работа',
    startedAt: `${from}:00+03:00`,
    endedAt: `${to}:00+03:00`,
  })
  expect(logged.status, logged.text).toBe(201)
  const rows = await state.db.owner<{ period: string; minutes: number; amountKopecks: number }[]>`
    select l.period, l.minutes, l.amount_kopecks from ledger_entry l join time_entry e on l.source_id = e.id::text
    where e.ticket_id = ${ticketId} and l.source_type = 'time_entry' order by l.effective_at, l.id`
  return rows.map((row) => [row.period, row.minutes, row.amountKopecks])
}

test('at the border of service hours: half an hour inside, half an hour outside that counts double', async () => {
  expect(await piecesOf('2026-02-10T17:30', '2026-02-10T18:30')).toEqual([['2026-02', 90, 300_000]])
})

test('at midnight inside a month and a version: both days are charged, each outside service hours', async () => {
  expect(await piecesOf('2026-02-10T23:30', '2026-02-11T00:30')).toEqual([['2026-02', 120, 400_000]])
})

test('at the end of a month: each month is charged its own half', async () => {
  expect(await piecesOf('2026-01-31T23:00', '2026-02-01T01:00')).toEqual([
    ['2026-01', 120, 400_000],
    ['2026-02', 120, 400_000],
  ])
})

test('at the beginning of a version of the contract: each side costs what its own version says', async () => {
  const { db, clientId, contractId } = state
  await db.owner`
    insert into contract_version (client_id, contract_id, valid_from, terms)
    select ${clientId}, ${contractId}, '2026-02-05', jsonb_set(terms, '{rates,postpaidPerHourKopecks}', '220000')
    from contract_version where contract_id = ${contractId} order by valid_from limit 1`
  expect(await piecesOf('2026-02-04T23:30', '2026-02-05T00:30')).toEqual([
    ['2026-02', 60, 200_000],
    ['2026-02', 60, 220_000],
  ])
})

test('work past the end of a month is an entry of each month; past midnight it stands in the sheet on both days', async () => {
  const { api, works, db } = state
  await db.setNow('2026-03-12T09:00:00Z')
  const ticketId = await state.openTicket()
  const log = (startedAt: string, endedAt: string) =>
    api.call(works, 'POST', `/tickets/${ticketId}/time`, {
      activity: 'configuration',
      note: 'Ночью',
      startedAt,
      endedAt,
    })
  const across = await log('2026-02-28T22:10:00+03:00', '2026-03-01T01:05:00+03:00')
  expect(across).toMatchObject({ status: 201, body: { minutes: 110, period: '2026-02', date: '2026-02-28' } })
  const rows = () => db.owner`select id, period, minutes, version from time_entry where ticket_id = ${ticketId}
    and reverses_id is null and reversed_by_id is null order by started_at`
  expect((await rows()).map((row) => [row['period'], row['minutes']])).toEqual([
    ['2026-02', 110],
    ['2026-03', 65],
  ])
  const longer = { endedAt: '2026-03-01T00:10:00+03:00' }
  const { id, version } = (await rows())[0]!
  expect(await api.call(works, 'PATCH', `/time/${id}`, longer, Number(version))).toMatchObject({
    status: 422,
    body: { code: 'work.span_two_months' },
  })
  expect((await log('2026-03-08T23:20:00+03:00', '2026-03-09T00:50:00+03:00')).status).toBe(201)
  const week = async (monday: string) => {
    const { body } = await api.call(works, 'GET', `/time/week?monday=${monday}`)
    const sheet = body as unknown as WeekView
    const row = sheet.rows.find((one) => one.ticket.id === ticketId)
    return { minutes: row!.cells.map((cell) => cell.minutes), last: row!.cells.at(-1)!, first: row!.cells[0]! }
  }
  expect((await week('2026-02-23')).minutes.slice(5)).toEqual([110, 65])
  const before = await week('2026-03-02')
  expect([before.last.minutes, before.last.editable]).toEqual([40, false])
  const after = await week('2026-03-09')
  expect([after.first.minutes, after.first.editable]).toEqual([50, false])
})
