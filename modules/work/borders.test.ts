import { afterAll, beforeAll, expect, test } from 'vitest'
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
    select period, minutes, amount_kopecks from ledger_entry
    where source_id = ${String(logged.body['id'])} order by effective_at, id`
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
