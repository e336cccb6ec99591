import { rm } from 'node:fs/promises'
import { createContract, deposit, subscription, terms } from '@opora/contracts/testkit'
import { createClient, createStaff, staffActor } from '@opora/people/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClientReport } from './domain/client-report.ts'
import { type MonthBench, monthBench } from './month.bench.ts'
import type { RunView } from './month-runs.contract.ts'

const OTHERS = 30
const state = {} as MonthBench & { others: number[] }
beforeAll(async () => {
  Object.assign(state, await monthBench(), { others: [] })
  for (let turn = 0; turn < OTHERS; turn++) {
    const clientId = (await createClient(state.db.owner)).id
    const made = await createContract(state.db, clientId, {
      terms: terms({ calendarCode: '24x7', forms: [subscription({ minutesPerMonth: 60 * (turn + 20) }), deposit()] }),
    })
    state.others.push(made.id)
  }
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

async function runTo(body: Record<string, unknown>): Promise<RunView> {
  const asked = await state.api.call(state.finance, 'POST', '/month-runs', body)
  expect(asked).toMatchObject({ status: 202, body: { done: 0, finishedAt: null } })
  await state.billing.workRun(Number(asked.body['id']))
  const ended = await state.api.call(state.finance, 'GET', `/month-runs/${asked.body['id']}`)
  return ended.body as unknown as RunView
}
const hashes = () => state.db.owner<{ contractId: number; figuresSha256: string }[]>`
  select contract_id, figures_sha256 from period_close where period = '2026-01' and state <> 'undone' order by contract_id`
const reports = () => state.db.owner<{ data: ClientReport }[]>`
  select data from client_report where period = '2026-01' and withdrawn_at is null order by contract_id`
const page = async (query = '') => {
  const { body } = await state.api.call(state.finance, 'GET', `/periods?month=2026-01${query}`)
  return body as unknown as { items: { contract: { id: number } }[]; nextCursor: string | null; summary: object }
}

/** A ticket of the bench's client before whoever works. */
async function ticket(): Promise<number> {
  const { contact, clientId, tickets, works, db } = state
  const author = { contactId: contact.contact!.id, accountId: null, name: contact.name, email: contact.email }
  const given = { clientId, contactId: author.contactId, portalId: null, subject: 'Отчёт', text: 'Отчёт' }
  const { id } = await db.begin({ as: 'worker' }, (tx) =>
    tickets.open(tx, works, { ...given, channel: 'email', author }),
  )
  return id
}

test('what keeps a month open says where it is mended, and holds back that contract alone', async () => {
  const { api, works, db, contractId } = state
  const id = await ticket()
  await db.setNow('2026-01-30T09:00:00Z')
  await api.call(works, 'PUT', '/timer', { ticketId: id, activity: 'consultation' })
  await db.setNow('2026-02-02T09:00:00Z')
  const blocked = await page('&state=blocked')
  const [row] = await db.owner<{ number: number }[]>`select number from ticket where id = ${id}`
  expect(blocked.items).toMatchObject([
    { contract: { id: contractId }, unfinished: [{ kind: 'timer_running', ticketNumber: row!.number }] },
  ])
  expect(blocked.summary).toMatchObject({ contracts: OTHERS + 1, blocked: 1, ready: OTHERS, closed: 0, dueKopecks: 0 })
  const named = { month: '2026-01', act: 'close', contractIds: [contractId, state.others[0]] }
  const run = await runTo(named)
  expect(run).toMatchObject({ total: 2, done: 1, refused: 1, finishedAt: expect.any(String) })
  expect(run.refusals).toMatchObject([{ contract: { id: contractId }, code: 'billing.month_unfinished' }])
  expect(await page('&state=closed')).toMatchObject({ items: [{ contract: { id: state.others[0] } }] })
})

test('the list is paged, and a page never repeats nor skips a contract', async () => {
  const seen: number[] = []
  let cursor = ''
  do {
    const { items, nextCursor } = await page(`&limit=7${cursor}`)
    seen.push(...items.map((one) => one.contract.id))
    cursor = nextCursor === null ? '' : `&cursor=${encodeURIComponent(nextCursor)}`
  } while (cursor !== '')
  expect(seen.toSorted((a, b) => a - b)).toEqual([state.contractId, ...state.others].toSorted((a, b) => a - b))
})

test('a month of all contracts is closed, undone and closed again to the same bytes, together or one by one', async () => {
  const { api, works, finance } = state
  await api.call(works, 'DELETE', '/timer')
  expect(await runTo({ month: '2026-01', act: 'close' })).toMatchObject({ total: OTHERS, done: OTHERS, refused: 0 })
  const [first, said] = [await hashes(), await reports()]
  expect(first).toHaveLength(OTHERS + 1)
  const missing = await api.call(finance, 'POST', '/month-runs', { month: '2026-01', act: 'undo' })
  expect(missing).toMatchObject({ status: 422, body: { code: 'billing.reason_missing' } })
  const undone = await runTo({ month: '2026-01', act: 'undo', reason: 'проверка' })
  expect(undone).toMatchObject({ total: OTHERS + 1, done: OTHERS + 1 })
  expect(await hashes()).toEqual([])
  for (const id of [state.contractId, ...state.others.slice(0, 3)])
    await api.call(finance, 'POST', `/contracts/${id}/periods/2026-01/close`, {})
  await runTo({ month: '2026-01', act: 'close' })
  expect(await hashes()).toEqual(first)
  expect(await reports()).toEqual(said)
})

test('January rebuilt in June says what it said, whatever has happened since', async () => {
  const { api, works, finance, contractId, db } = state
  const [before] = (await hashes()).filter((row) => row.contractId === contractId)
  const [told] = await reports()
  const rendered = await state.billing.bytesOf({ ...NO_FILES, data: told!.data }, 'pdf', 'ru')
  await db.setNow('2026-06-10T09:00:00Z')
  const [first] = await db.owner<{ id: number; version: number }[]>`select id, version from ticket order by id limit 1`
  await api.call(works, 'POST', `/tickets/${first!.id}/time`, {
    activity: 'consultation',
    note: 'Позже',
    date: '2026-06-09',
    minutes: 90,
  })
  await db.begin({ as: 'staff' }, (tx) => state.tickets.change(tx, works, first!.id, null, { priority: 1 }))
  const path = `/contracts/${contractId}/periods/2026-01`
  await api.call(finance, 'POST', `${path}/undo`, { reason: 'перепроверка' })
  const again = await api.call(finance, 'POST', `${path}/close`, {})
  expect(again.body['figuresSha256']).toBe(before!.figuresSha256)
  const [rebuilt] = await reports()
  expect(rebuilt).toEqual(told)
  expect((await state.billing.bytesOf({ ...NO_FILES, data: rebuilt!.data }, 'pdf', 'ru')).equals(rendered)).toBe(true)
})

const NO_FILES = { pdfSha256: '', xlsxSha256: '', pdfEnSha256: '', xlsxEnSha256: '' }

test('who may not close may not ask for it; there must be something to do; a run goes on where it stopped', async () => {
  const { api, finance, manager, db, billing } = state
  const wish = { month: '2026-02', act: 'close' }
  expect((await api.call(manager, 'POST', '/month-runs', wish)).status).toBe(403)
  expect((await api.call(finance, 'POST', '/month-runs', { ...wish, month: '2020-01' })).body).toMatchObject({
    code: 'billing.nothing_to_do',
  })
  const asked = await api.call(finance, 'POST', '/month-runs', wish)
  const runId = Number(asked.body['id'])
  // as if the process had been killed after the first transaction
  const [half] = await db.owner<{ count: number }[]>`
    with taken as (select contract_id from month_run_item where run_id = ${runId} order by contract_id limit 10)
    update month_run_item i set state = 'refused', code = 'x', sentence_ru = '', sentence_en = '' from taken
    where i.run_id = ${runId} and i.contract_id = taken.contract_id returning 10 as count`
  await Promise.all([billing.workRun(runId), billing.workRun(runId)])
  expect(await api.call(finance, 'GET', `/month-runs/${runId}`)).toMatchObject({
    body: { done: OTHERS + 1 - half!.count, refused: half!.count, finishedAt: expect.any(String) },
  })
  const nobody = staffActor((await createStaff(db.owner, { roles: ['it'] })).id, ['it'])
  expect((await api.call(nobody, 'GET', `/month-runs/${runId}`)).status).toBe(403)
  expect((await api.call(finance, 'GET', '/month-runs?month=2026-02')).body.items).toMatchObject([{ id: runId }])
})
