import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MonthBench, monthBench } from './month.bench.ts'
import { ENTITY } from './papers.fixture.ts'

/* Corrective papers in other hands: many callers at once, the wrong order, papers made void and issued anew, paid invoices. */

const OWN_TERMS = { unitPrices: { backups: 30_001 }, suspension: { feePercent: 33, hours: 'granted' as const } }
const state = {} as MonthBench
const january = () => `/contracts/${state.contractId}/periods/2026-01`
interface Row {
  id: number
  kind: string
  state: string
  version: number
  grossKopecks: number
  paidKopecks: number
  loweredKopecks: number
  lines: { grossKopecks: number }[]
  related: { kind: string }[]
}

beforeAll(async () => {
  Object.assign(state, await monthBench({ terms: OWN_TERMS }))
  await state.db
    .owner`update client set inn = '5001007329', kpp = '500101001', legal_name = 'ООО «Ромашка»' where id = ${state.clientId}`
  await state.api.call(state.finance, 'POST', '/legal-entities', ENTITY)
  await state.db.setNow('2026-02-02T06:00:00Z')
  await state.db.owner`
    insert into contract_suspension (client_id, contract_id, from_date, to_date, reason)
    values (${state.clientId}, ${state.contractId}, '2026-01-20', '2026-01-24', 'Пауза')`
  await state.db.owner`
    insert into unit_use (client_id, contract_id, service, units, used_on, note)
    values (${state.clientId}, ${state.contractId}, 'backups', 3, '2026-01-13', ''), (${state.clientId}, ${state.contractId}, 'backups', 4, '2026-01-15', '')`
  await state.api.call(state.finance, 'POST', `${january()}/close`, {})
  await state.api.call(state.finance, 'POST', `${january()}/undo`, { reason: 'проверка' })
  await state.api.call(state.finance, 'POST', `${january()}/close`, {})
  await state.api.call(state.finance, 'POST', `${january()}/documents`)
  await state.api.call(state.finance, 'POST', `${january()}/documents/send`)
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

const standing = async (kind: string) => {
  const { body } = await state.api.call(state.finance, 'GET', `${january()}/documents`)
  return (body['items'] as unknown as Row[]).filter((row) => row.kind === kind && row.state === 'issued')
}
const one = async (kind: string) => (await standing(kind))[0]!
const view = async (id: number) =>
  (await state.api.call(state.finance, 'GET', `/documents/${id}`)).body as unknown as Row
const makeVoid = (id: number) => state.api.call(state.finance, 'POST', `/documents/${id}/void`, { reason: 'ошиблись' })
const correct = async (amountKopecks: number, actor = state.finance) => {
  const act = await one('act')
  const lines = [{ number: 1, amountKopecks }]
  return state.api.call(actor, 'POST', `/documents/${act.id}/corrections`, { reason: 'меньше работ', lines })
}
/** Of acts alone: a corrective счёт-фактура repeats its act. */
const taken = async () => {
  const views = await Promise.all((await standing('correction')).map(({ id }) => view(id)))
  const ofActs = views.filter((row) => row.related.some(({ kind }) => kind === 'act'))
  return ofActs.reduce((sum, row) => sum + row.grossKopecks, 0)
}

test('a month with suspended days and units is to the byte the same closed, undone and closed again', async () => {
  const closes = await state.db.owner<{ state: string; sha: string; lines: { kind: string; sumKopecks: number }[] }[]>`
    select state, figures_sha256 as sha, figures -> 'lines' as lines from period_close where contract_id = ${state.contractId} order by id`
  expect(closes.map((close) => close.state)).toEqual(['undone', 'closed'])
  expect(new Set(closes.map(({ sha }) => sha)).size).toBe(1)
  const sums = closes[0]!.lines.map(({ kind, sumKopecks }) => [kind, sumKopecks])
  // (26 + 5 × 33 %) of 31 days of 34 000 ₽; seven units beyond nothing included
  expect(sums).toEqual(
    expect.arrayContaining([
      ['hours', 3_032_581],
      ['units', 210_007],
    ]),
  )
})

test('sixteen callers who lower the same line to sixteen sums take together no more than the lowest asks for', async () => {
  const act = await view((await one('act')).id)
  const gross = act.lines[0]!.grossKopecks
  const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => correct(gross - (index + 1) * 1_000)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 422]))
  expect(await taken()).toBe(16_000)
  expect((await one('invoice')).loweredKopecks).toBe(16_000)
  const numbers = (
    await state.db.owner<{ sequence: number }[]>`
    select sequence from closing_document where kind = 'correction' order by sequence`
  ).map((row) => row.sequence)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})

test('who is no person of finance corrects and amends nothing, and a stranger learns nothing', async () => {
  const act = await one('act')
  for (const actor of [state.works, state.contact, state.responsible])
    for (const path of ['corrections', 'amendments'])
      expect(
        (
          await state.api.call(actor, 'POST', `/documents/${act.id}/${path}`, {
            reason: 'x',
            lines: [{ number: 1, amountKopecks: 1 }],
          })
        ).status,
      ).toBe(403)
  for (const amountKopecks of [-1, 0.5, 1e18, '5', null])
    expect((await correct(amountKopecks as number)).status).toBe(400)
})

test('a correction that a later one begins from is not made void before it', async () => {
  const act = await view((await one('act')).id)
  const gross = act.lines[0]!.grossKopecks
  const first = (await correct(gross - 20_000)).body as unknown as Row
  const second = (await correct(gross - 30_000)).body as unknown as Row
  expect((await makeVoid(first.id)).body).toMatchObject({ code: 'billing.document_corrected' })
  expect((await makeVoid(second.id)).status).toBe(200)
  expect((await makeVoid(first.id)).status).toBe(200)
  expect(await taken()).toBe(16_000)
})

test('an invoice issued anew asks for what the corrections have left, and gets it back when they are void', async () => {
  const before = await one('invoice')
  expect((await makeVoid(before.id)).status).toBe(200)
  // with no invoice standing a correction takes off nothing, and the next invoice knows of it
  const act = await view((await one('act')).id)
  const late = (await correct(act.lines[0]!.grossKopecks - 17_000)).body as unknown as Row
  await state.api.call(state.finance, 'POST', `${january()}/documents`)
  expect(await one('invoice')).toMatchObject({ grossKopecks: before.grossKopecks, loweredKopecks: 17_000 })
  expect((await makeVoid(late.id)).status).toBe(200)
  expect((await one('invoice')).loweredKopecks).toBe(16_000)
})

test('of a paid invoice nothing is taken off: the money stays the client’s, and is asked for no second time', async () => {
  const invoice = await one('invoice')
  const open = invoice.grossKopecks - invoice.loweredKopecks
  await state.db.owner`update closing_document set paid_kopecks = ${open - 500} where id = ${invoice.id}`
  const act = await view((await one('act')).id)
  const made = await correct(act.lines[0]!.grossKopecks - 18_000)
  expect(made.status).toBe(201)
  expect(await one('invoice')).toMatchObject({ loweredKopecks: 16_500, paidKopecks: open - 500 })
  expect((await makeVoid(Number(made.body['id']))).status).toBe(200)
  expect(await one('invoice')).toMatchObject({ loweredKopecks: 16_000 })
  await state.db.owner`update closing_document set paid_kopecks = 0 where id = ${invoice.id}`
})

test('an act that is void or accepted: the first is not corrected, the second is; the close is not undone behind either', async () => {
  const act = await one('act')
  expect((await state.api.call(state.responsible, 'POST', `/cabinet/documents/${act.id}/accept`)).status).toBe(200)
  const gross = (await view(act.id)).lines[0]!.grossKopecks
  expect((await correct(gross - 40_000)).status).toBe(201)
  expect((await correct(0)).status).toBe(201)
  expect(await taken()).toBe(gross)
  expect((await correct(0)).body).toMatchObject({ code: 'billing.correction_not_less' })
  const undo = await state.api.call(state.finance, 'POST', `${january()}/undo`, { reason: 'x' })
  expect(undo.status).toBe(409)
  const [dead] = await state.db.owner<
    { id: number }[]
  >`select id from closing_document where state = 'void' and kind = 'correction' limit 1`
  const path = `/documents/${dead!.id}/corrections`
  const body = { reason: 'x', lines: [{ number: 1, amountKopecks: 0 }] }
  expect((await state.api.call(state.finance, 'POST', path, body)).status).toBe(409)
})
