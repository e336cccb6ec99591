import { rm } from 'node:fs/promises'
import type { SlaFigures } from '@opora/sla'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MonthBench, monthBench } from './month.bench.ts'

type Breach = SlaFigures['breaches'][number]
const breach = (ticketNumber: number, changes: Partial<Breach> = {}): Breach => ({
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
  cause: 'Дежурный не увидел вызов',
  ...changes,
})
let missed: Breach[] = []
const state = {} as MonthBench
const month = () => `/contracts/${state.contractId}/periods/2026-01`
type Credit = { id: number; state: string; kopecks: number; taken: boolean; breaches: unknown[] }
const credits = async () => (await state.api.call(state.finance, 'GET', `${month()}/credits`)).body['items'] as Credit[]

beforeAll(async () => {
  const penalties = {
    rules: [
      {
        kind: 'per_breach' as const,
        code: 'p1',
        priorities: [1],
        metrics: ['reaction' as const],
        graceMinutes: 0,
        amount: { kind: 'fee_share' as const, basisPoints: 200 },
      },
    ],
    capFeeBasisPoints: 1_500,
  }
  Object.assign(state, await monthBench({ missed: () => missed, penalties }))
  await state.db.setNow('2026-02-02T06:00:00Z')
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

test('a month that came to a penalty is not closed before somebody looked at it', async () => {
  missed = [breach(1), breach(2), breach(3, { whollyWaitingForClient: true })]
  expect(await state.api.call(state.finance, 'POST', `${month()}/close`, {})).toMatchObject({
    status: 409,
    body: { code: 'billing.penalties_unreviewed' },
  })
  expect(await state.billing.proposeEnded()).toBe(1)
  // the fee with the subscription's price; two misses of 2 %, the third lay wholly in waiting for the client
  const [credit] = await credits()
  expect(credit).toMatchObject({
    state: 'proposed',
    taken: false,
    breaches: [{ ticketNumber: 1 }, { ticketNumber: 2 }, { ticketNumber: 3 }],
  })
  expect(await state.billing.proposeEnded()).toBe(0)
  const view = await state.api.call(state.finance, 'GET', month())
  expect(view.body).toMatchObject({ unfinished: [{ kind: 'penalty_unreviewed' }], figures: { creditedKopecks: 0 } })
  expect(await state.api.call(state.finance, 'POST', `${month()}/close`, {})).toMatchObject({
    body: { code: 'billing.month_unfinished' },
  })
})

test('counting again follows the facts while nobody has decided: a third miss, then none', async () => {
  const { api, finance, manager } = state
  const [before] = await credits()
  missed = [breach(1), breach(2), breach(4)]
  expect((await api.call(manager, 'POST', `${month()}/penalties`)).status).toBe(403)
  await api.call(finance, 'POST', `${month()}/penalties`)
  const [after] = await credits()
  expect(after!.kopecks * 2).toBe(before!.kopecks * 3)
  missed = Array.from({ length: 9 }, (_, index) => breach(index + 1))
  await api.call(finance, 'POST', `${month()}/penalties`)
  const [most] = await credits()
  expect(most!.kopecks * 4).toBe(before!.kopecks * 15)
})

test('finance decides once, with a reason; what is approved stands on the close and lowers what is due', async () => {
  const { api, finance, works } = state
  missed = [breach(1), breach(2)]
  await api.call(finance, 'POST', `${month()}/penalties`)
  const [credit] = await credits()
  const path = `/credits/${credit!.id}/decision`
  expect((await api.call(works, 'POST', path, { approve: true, reason: 'да' })).status).toBe(403)
  const [one, two] = await Promise.all(
    [true, false].map((approve) => api.call(finance, 'POST', path, { approve, reason: 'по договору' })),
  )
  expect([one!.status, two!.status].toSorted()).toEqual([200, 409])
  const approved = one!.status === 200
  const closed = await api.call(finance, 'POST', `${month()}/close`, {})
  expect(closed).toMatchObject({ status: 200, body: { figures: { creditedKopecks: approved ? credit!.kopecks : 0 } } })
  expect((await credits())[0]).toMatchObject({ taken: approved })
  await api.call(finance, 'POST', `${month()}/undo`, { reason: 'проверим' })
  expect((await credits())[0]).toMatchObject({ taken: false })
})

test('what a month cannot set against its charges waits for the next one, comes back with an undo, and is never lost', async () => {
  const { api, finance, contractId, clientId, db } = state
  await db.owner`
    insert into period_credit (client_id, contract_id, period, source, source_id, title_ru, title_en, kopecks, state)
    values (${clientId}, ${contractId}, '2026-01', 'objection', 'big', 'Возврат', 'Return', 900000000, 'approved')`
  const carried = async () => {
    const { body } = await api.call(finance, 'GET', `/contracts/${contractId}/periods/2026-02/credits`)
    return (body['items'] as (Credit & { source: string })[]).filter((one) => one.source === 'carry')
  }
  const closed = await api.call(finance, 'POST', `${month()}/close`, {})
  const { dueKopecks } = closed.body['figures'] as { dueKopecks: number }
  expect(dueKopecks).toBeLessThan(0)
  expect(await carried()).toMatchObject([{ kopecks: -dueKopecks, state: 'approved', taken: false }])
  const next = await api.call(finance, 'GET', `/contracts/${contractId}/periods/2026-02`)
  expect(next.body).toMatchObject({ figures: { creditedKopecks: -dueKopecks } })
  await api.call(finance, 'POST', `${month()}/undo`, { reason: 'проверим' })
  expect(await carried()).toMatchObject([{ state: 'rejected' }])
  await api.call(finance, 'POST', `${month()}/close`, {})
  expect(await carried()).toMatchObject([{ kopecks: -dueKopecks, state: 'approved' }])
})
