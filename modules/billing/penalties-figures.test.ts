import { rm } from 'node:fs/promises'
import type { SlaFigures } from '@opora/sla'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MonthBench, monthBench } from './month.bench.ts'
import { ENTITY } from './papers.fixture.ts'

type Breach = SlaFigures['breaches'][number]
const miss = (ticketNumber: number, changes: Partial<Breach> = {}): Breach => ({
  ticketId: ticketNumber,
  ticketNumber,
  subject: 'Портал не открывается',
  metric: 'reaction',
  seq: 1,
  priority: 1,
  promised: { ru: '60 мин', en: '60 min' },
  row: { ru: 'приоритет 1', en: 'priority 1' },
  dueAt: null,
  metAt: null,
  actualMinutes: 90,
  outcome: 'missed',
  lateMinutes: 30,
  whollyWaitingForClient: false,
  cause: null,
  ...changes,
})
let missed: Breach[] = []
const state = {} as MonthBench
const month = () => `/contracts/${state.contractId}/periods/2026-01`
type Credit = { id: number; state: string; kopecks: number; title: string; figures: object[]; breaches: object[] }
const put = (milliPercent: number, changes: object = {}) =>
  state.api.call(state.finance, 'PUT', `${month()}/figures`, {
    figure: 'uptime_milli_percent',
    milliPercent,
    source: 'Монитор, январь',
    ...changes,
  })
const creditOf = (body: object) => (body as { items: Credit[] }).items[0]!

beforeAll(async () => {
  const share = (basisPoints: number) => ({ kind: 'fee_share' as const, basisPoints })
  const penalties = {
    rules: [
      {
        kind: 'per_breach' as const,
        code: 'p1',
        priorities: [1],
        metrics: ['reaction' as const],
        graceMinutes: 0,
        amount: share(200),
      },
      {
        kind: 'figure_below' as const,
        code: 'uptime',
        figure: 'uptime_milli_percent' as const,
        threshold: 99_000,
        amount: share(1_000),
      },
    ],
    capFeeBasisPoints: 1_500,
  }
  Object.assign(state, await monthBench({ missed: () => missed, penalties }))
  // the example's fee is 180 000 roubles and nothing beside
  await state.db.owner`alter table contract_version disable trigger user`
  await state.db.owner`
    update contract_version set terms = jsonb_set(terms, '{forms}', (select jsonb_agg(f) from jsonb_array_elements(terms -> 'forms') f where f ->> 'kind' = 'deposit'))
    where contract_id = ${state.contractId}`
  await state.db.owner`alter table contract_version enable trigger user`
  await state.db.owner`update client set inn = '5001007329', kpp = '500101001' where id = ${state.clientId}`
  await state.db.setNow('2026-02-02T06:00:00Z')
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

test('two misses and uptime of 98.6 % propose 25 200 roubles of a fee of 180 000, with both as evidence', async () => {
  missed = [miss(1), miss(2), miss(3, { whollyWaitingForClient: true })]
  const { api, finance } = state
  const before = await api.call(finance, 'POST', `${month()}/penalties`)
  expect(creditOf(before.body)).toMatchObject({ kopecks: 720_000, figures: [] })
  expect(before.body).toMatchObject({ figures: [{ figure: 'uptime_milli_percent', milliPercent: null }] })
  const after = await put(98_600)
  expect(after.status).toBe(200)
  expect(creditOf(after.body)).toMatchObject({
    state: 'proposed',
    kopecks: 2_520_000,
    figures: [{ figure: 'uptime_milli_percent', milliPercent: 98_600 }],
  })
  expect(creditOf(after.body).breaches).toHaveLength(3)
  expect(after.body).toMatchObject({ figures: [{ milliPercent: 98_600, source: 'Монитор, январь' }] })
})

test('a third miss is capped at 27 000 roubles; exactly 99 % is not below 99 %', async () => {
  missed = [miss(1), miss(2), miss(4)]
  expect(creditOf((await put(98_600)).body)).toMatchObject({
    kopecks: 2_700_000,
    title: expect.stringMatching(/не больше 27.000.₽/),
  })
  expect(creditOf((await put(99_000)).body)).toMatchObject({ kopecks: 1_080_000, figures: [] })
  await put(98_600)
})

test('a figure that no rule asks for, a wrong one and one without a source are refused, and so are those who may not close', async () => {
  const { api, works, manager } = state
  expect(await put(98_600, { figure: 'satisfaction_milli_percent' })).toMatchObject({
    body: { code: 'billing.figure_not_asked' },
  })
  expect((await put(100_001)).status).toBe(400)
  expect((await put(98_600, { source: ' ' })).status).toBe(400)
  for (const other of [works, manager])
    expect((await api.call(other, 'PUT', `${month()}/figures`, {})).status).toBeGreaterThanOrEqual(400)
})

test('an approved penalty lowers the act and the invoice to the kopeck, and the figure of a closed month stands', async () => {
  const { api, finance } = state
  missed = [miss(1), miss(2)]
  const proposed = creditOf((await put(98_600)).body)
  expect(proposed.kopecks).toBe(2_520_000)
  await api.call(finance, 'POST', `/credits/${proposed.id}/decision`, { approve: true, reason: 'по договору' })
  const plain = await api.call(finance, 'GET', month())
  const { chargedKopecks } = plain.body['figures'] as { chargedKopecks: number }
  const closed = await api.call(finance, 'POST', `${month()}/close`, {})
  expect(closed).toMatchObject({ status: 200, body: { figures: { dueKopecks: chargedKopecks - 2_520_000 } } })
  expect(await put(99_900)).toMatchObject({ body: { code: 'billing.month_already_closed' } })
  await api.call(finance, 'POST', '/legal-entities', ENTITY)
  const issued = await api.call(finance, 'POST', `${month()}/documents`)
  const rows = issued.body['items'] as unknown as { id: number; kind: string; grossKopecks: number }[]
  const act = rows.find((row) => row.kind === 'act')!
  expect(rows.find((row) => row.kind === 'invoice')!.grossKopecks).toBe(chargedKopecks - 2_520_000)
  expect(act.grossKopecks).toBe(18_000_000 - 2_520_000)
  const { body } = await api.call(finance, 'GET', `/documents/${act.id}`)
  expect(String((body['notes'] as unknown as string[])[0]).replaceAll('\u00a0', ' ')).toMatch(
    /^Снижение на 25 200 ₽: Неустойка/,
  )
  const lines = body['lines'] as unknown as { grossKopecks: number }[]
  expect(lines.every((line) => line.grossKopecks > 0)).toBe(true)
})
