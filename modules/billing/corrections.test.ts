import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderPaper } from './documents/papers.ts'
import { wordsOfPdf } from './documents/pdf-page.fixture.ts'
import type { ClosingDocument } from './domain/documents/closing-document.ts'
import { type MonthBench, monthBench } from './month.bench.ts'
import { ENTITY } from './papers.fixture.ts'

const state = {} as MonthBench
const january = () => `/contracts/${state.contractId}/periods/2026-01`
interface Row {
  id: number
  kind: string
  number: string
  state: string
  grossKopecks: number
  paidKopecks: number
  loweredKopecks: number
  payment: string | null
  acceptance: string
  lines: { number: number; netKopecks: number; vatKopecks: number; grossKopecks: number }[]
  related: { id: number; kind: string; state: string }[]
}

beforeAll(async () => {
  Object.assign(state, await monthBench())
  await state.db
    .owner`update client set inn = '5001007329', kpp = '500101001', legal_name = 'ООО «Ромашка»' where id = ${state.clientId}`
  await state.api.call(state.finance, 'POST', '/legal-entities', ENTITY)
  await state.db.setNow('2026-02-02T06:00:00Z')
  await state.api.call(state.finance, 'POST', `${january()}/close`, {})
  await state.api.call(state.finance, 'POST', `${january()}/documents`)
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

const papers = async () =>
  (await state.api.call(state.finance, 'GET', `${january()}/documents`)).body['items'] as unknown as Row[]
const standing = async (kind: string) => (await papers()).filter((row) => row.kind === kind && row.state === 'issued')
const one = async (kind: string) => (await standing(kind))[0]!
const view = async (id: number) =>
  (await state.api.call(state.finance, 'GET', `/documents/${id}`)).body as unknown as Row
const correct = (id: number, lines: object[], actor = state.finance) =>
  state.api.call(actor, 'POST', `/documents/${id}/corrections`, { reason: 'Работы не в полном объёме', lines })
async function wordsOf(id: number): Promise<string> {
  const [row] = await state.db.owner<{ data: ClosingDocument }[]>`select data from closing_document where id = ${id}`
  return wordsOfPdf(await renderPaper(row!.data)) ?? ''
}

test('a paper that nobody has seen is not corrected but issued anew', async () => {
  const act = await one('act')
  const line = { number: 1, amountKopecks: 1 }
  expect((await correct(act.id, [line])).body).toMatchObject({ code: 'billing.document_unsent' })
  await state.api.call(state.finance, 'POST', `${january()}/documents/send`)
})

test('a line of an act is lowered by a corrective document, its счёт-фактура with it; the unpaid invoice asks for less', async () => {
  const { api, finance, works, responsible, contractId } = state
  const act = await view((await one('act')).id)
  const [line] = act.lines
  const present = line!.grossKopecks
  expect((await correct(act.id, [{ number: 1, amountKopecks: present - 12_200 }], works)).status).toBe(403)
  for (const [lines, code] of [
    [[{ number: 99, amountKopecks: 1 }], 'billing.line_not_found'],
    [[{ number: 1, amountKopecks: 999_999_999 }], 'billing.correction_not_less'],
    [
      [
        { number: 1, amountKopecks: 1 },
        { number: 1, amountKopecks: 2 },
      ],
      'billing.correction_not_less',
    ],
  ] as const)
    expect((await correct(act.id, [...lines])).body).toMatchObject({ code })
  expect((await correct((await one('factura')).id, [{ number: 1, amountKopecks: 1 }])).body).toMatchObject({
    code: 'billing.correction_of_act',
  })
  const amountKopecks = present - 12_200
  const made = await correct(act.id, [{ number: 1, amountKopecks }])
  expect(made).toMatchObject({ status: 201, body: { kind: 'correction', number: 'ДС-000001' } })
  const correction = made.body as unknown as Row
  const before = (await one('invoice')).grossKopecks
  expect(await one('invoice')).toMatchObject({
    grossKopecks: before,
    loweredKopecks: correction.grossKopecks,
    payment: 'unpaid',
  })
  // the act and the month stay as they were
  expect(await view(act.id)).toMatchObject({ grossKopecks: act.grossKopecks, related: [{ id: correction.id }] })
  const both = await standing('correction')
  expect(both.map((row) => row.grossKopecks)).toEqual([correction.grossKopecks, correction.grossKopecks])
  const words = await wordsOf(correction.id)
  for (const said of [
    'Корректировочный акт',
    'до изменения',
    'после изменения',
    'уменьшение',
    'Работы не в полном объёме',
  ])
    expect(words).toContain(said)
  expect(await wordsOf(both[1]!.id)).toContain('Корректировочный счёт-фактура')
  const balance = await api.call(finance, 'POST', `/contracts/${contractId}/reconciliation`, {
    from: '2026-01-01',
    to: '2026-03-31',
  })
  const [row] = await state.db.owner<{ rows: { owedKopecks: number }[] }[]>`
    select data -> 'reconciliation' as rows from closing_document where id = ${Number(balance.body['id'])}`
  expect(row!.rows.map((movement) => movement.owedKopecks)).toEqual([act.grossKopecks, -correction.grossKopecks])
  // the client sees it once it is sent, and money of the line does not go back twice
  expect((await api.call(finance, 'POST', `/documents/${correction.id}/send`)).body).toMatchObject({
    acceptance: 'waiting',
  })
  const again = { lines: [{ number: 1, reason: 'ещё раз' }] }
  expect((await api.call(responsible, 'POST', `/cabinet/documents/${act.id}/object`, again)).body).toMatchObject({
    code: 'billing.line_given_back',
  })
})

test('a second correction begins from what the first left; two at once take no kopeck twice', async () => {
  const act = await view((await one('act')).id)
  const gross = act.lines[0]!.grossKopecks
  expect((await correct(act.id, [{ number: 1, amountKopecks: gross - 12_200 }])).body).toMatchObject({
    code: 'billing.correction_not_less',
  })
  const answers = await Promise.all([1, 2].map(() => correct(act.id, [{ number: 1, amountKopecks: gross - 24_400 }])))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 422])
  const made = answers.find((answer) => answer.status === 201)!.body as unknown as Row
  expect(made.lines).toMatchObject([{ netKopecks: 10_000, grossKopecks: 12_200 }])
})

test('a corrective document that is made void gives the invoice its sum back, and goes with its счёт-фактура', async () => {
  const { api, finance } = state
  const act = await one('act')
  expect((await api.call(finance, 'POST', `/documents/${act.id}/void`, { reason: 'нельзя' })).body).toMatchObject({
    code: 'billing.document_corrected',
  })
  for (let left = (await standing('correction')).length; left > 0; left -= 2) {
    const rows = await standing('correction')
    const of = await Promise.all(rows.map(({ id }) => view(id)))
    const newest = of.filter((row) => row.related.some(({ kind }) => kind === 'act')).at(-1)!
    expect((await api.call(finance, 'POST', `/documents/${newest.id}/void`, { reason: 'ошиблись' })).status).toBe(200)
    expect((await standing('correction')).length).toBe(left - 2)
  }
  expect(await one('invoice')).toMatchObject({ loweredKopecks: 0 })
})

test('a счёт-фактура with wrong details is issued again under its number, with line 1а filled; the earlier one stays, void', async () => {
  const { api, finance, db, clientId } = state
  const factura = await one('factura')
  await db.owner`update client set kpp = '500101999' where id = ${clientId}`
  const amend = (id: number) => api.call(finance, 'POST', `/documents/${id}/amendments`, { reason: 'неверный КПП' })
  expect((await amend((await one('act')).id)).body).toMatchObject({ code: 'billing.amendment_of_factura' })
  const made = await amend(factura.id)
  expect(made).toMatchObject({
    status: 201,
    body: { kind: 'factura', number: factura.number, related: [{ id: factura.id }] },
  })
  expect(await view(factura.id)).toMatchObject({ state: 'void' })
  const words = await wordsOf(Number(made.body['id']))
  expect(words).toContain('500101999')
  expect(words).toMatch(/Исправление № 1 от 2 февраля 2026/)
  expect((await amend(factura.id)).body).toMatchObject({ code: 'billing.document_void' })
  await api.call(finance, 'POST', `/documents/${made.body['id']}/send`)
  expect(await wordsOf(Number((await amend(Number(made.body['id']))).body['id']))).toMatch(/Исправление № 2/)
})
