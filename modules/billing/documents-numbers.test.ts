import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MonthBench, monthBench } from './month.bench.ts'
import { ENTITY } from './papers.fixture.ts'

const state = {} as MonthBench & { entityId: number }
beforeAll(async () => {
  Object.assign(state, await monthBench())
  await state.db.owner`update client set inn = '5001007329', kpp = '500101001' where id = ${state.clientId}`
  state.entityId = Number((await state.api.call(state.finance, 'POST', '/legal-entities', ENTITY)).body['id'])
  await state.db.setNow('2026-02-02T06:00:00Z')
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

const given = (to: string) => ({ contractId: state.contractId, from: '2025-12-01', to })
const kept = () => state.db.owner<{ number: string; year: number; state: string }[]>`
  select number, year, state from closing_document where kind = 'reconciliation' order by year, sequence`

test('two dozen papers at once, a third of which fail after their number was taken, leave no gap and no double', async () => {
  const made = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      state.db
        .begin({ as: 'staff' }, async (tx) => {
          await state.billing.reconcile(tx, state.finance, given('2026-01-31'))
          if (index % 3 === 0) throw new Error('the disk is full')
          return true
        })
        .catch(() => false),
    ),
  )
  expect(made.filter(Boolean)).toHaveLength(16)
  expect((await kept()).map((row) => row.number)).toEqual(
    Array.from({ length: 16 }, (_, index) => `ДС-${String(index + 1).padStart(6, '0')}`),
  )
})

test('the last day of a year and the first of the next have sequences of their own', async () => {
  for (const day of ['2025-12-31', '2026-01-01', '2025-12-31'])
    await state.db.begin({ as: 'staff' }, (tx) => state.billing.reconcile(tx, state.finance, given(day)))
  const rows = await kept()
  expect(rows.filter((row) => row.year === 2025).map((row) => row.number)).toEqual(['ДС-000001', 'ДС-000002'])
  expect(rows.filter((row) => row.year === 2026).at(-1)?.number).toBe('ДС-000017')
})

test('what is made void keeps its number and its reason; the next paper takes the next one', async () => {
  const { api, finance, db } = state
  const [last] = await db.owner<{ id: number; number: string }[]>`
    select id, number from closing_document where year = 2026 and kind = 'reconciliation' order by sequence desc limit 1`
  const path = `/documents/${last!.id}/void`
  expect((await api.call(finance, 'POST', path, { reason: 'не тот период' })).body).toMatchObject({
    state: 'void',
    number: last!.number,
    voidReason: 'не тот период',
    history: [{ what: 'issued' }, { what: 'voided', note: 'не тот период' }],
  })
  expect(await api.call(finance, 'POST', path, { reason: 'ещё раз' })).toMatchObject({
    body: { code: 'billing.document_void' },
  })
  await db.begin({ as: 'staff' }, (tx) => state.billing.reconcile(tx, finance, given('2026-01-31')))
  expect((await kept()).filter((row) => row.year === 2026).map((row) => row.state)).toEqual([
    ...Array.from({ length: 16 }, () => 'issued'),
    'void',
    'issued',
  ])
})
