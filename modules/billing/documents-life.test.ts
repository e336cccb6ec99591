import { rm } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MonthBench, monthBench } from './month.bench.ts'
import { ENTITY } from './papers.fixture.ts'

const state = {} as MonthBench
const months = () => `/contracts/${state.contractId}/periods`
type Row = {
  id: number
  kind: string
  number: string
  state: string
  grossKopecks: number
  paidKopecks: number
  payment: string | null
  acceptance: string
  version: number
}
let entityId = 0

beforeAll(async () => {
  Object.assign(state, await monthBench())
  await state.db
    .owner`update client set inn = '5001007329', kpp = '500101001', legal_name = 'ООО «Ромашка»', legal_address = 'Балашиха' where id = ${state.clientId}`
  await state.db.setNow('2026-02-02T06:00:00Z')
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

const papers = async () =>
  (await state.api.call(state.finance, 'GET', `${months()}/2026-01/documents`)).body['items'] as Row[]
const paper = async (kind: string) => (await papers()).find((row) => row.kind === kind && row.state === 'issued')!

test('a legal entity is checked by its control digits, and papers wait until it is complete', async () => {
  const { api, finance, works } = state
  expect(await api.call(works, 'POST', '/legal-entities', ENTITY)).toMatchObject({ status: 403 })
  expect(await api.call(finance, 'POST', '/legal-entities', { ...ENTITY, inn: '9999000014' })).toMatchObject({
    status: 422,
    body: { code: 'billing.requisite_wrong', field: 'inn' },
  })
  const twice = [ENTITY.taxPeriods[0], ENTITY.taxPeriods[0]]
  expect((await api.call(finance, 'POST', '/legal-entities', { ...ENTITY, taxPeriods: twice })).status).toBe(422)
  const { body } = await api.call(finance, 'POST', '/legal-entities', { ...ENTITY, headName: '' })
  expect(body).toMatchObject({ isDefault: true, missing: ['headName'], version: 2 })
  entityId = Number(body['id'])
  expect(await api.call(finance, 'POST', `${months()}/2026-01/documents`)).toMatchObject({
    status: 409,
    body: { code: 'billing.month_not_closed' },
  })
  await api.call(finance, 'POST', `${months()}/2026-01/close`, {})
  expect(await api.call(finance, 'POST', `${months()}/2026-01/documents`)).toMatchObject({
    status: 409,
    body: { code: 'billing.legal_entity_incomplete' },
  })
  expect((await api.call(finance, 'PUT', `/legal-entities/${entityId}`, ENTITY, 1)).status).toBe(409)
  expect(await api.call(finance, 'PUT', `/legal-entities/${entityId}`, ENTITY, 2)).toMatchObject({
    body: { missing: [] },
  })
})

test('a closed month is issued once: invoice, act and счёт-фактура with their own numbers and the tax of the day of service', async () => {
  const { api, finance } = state
  const [one, two] = await Promise.all([1, 2].map(() => api.call(finance, 'POST', `${months()}/2026-01/documents`)))
  expect([one!.status, two!.status].toSorted()).toEqual([201, 409])
  const rows = await papers()
  expect(rows.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
    'invoice ДС-000001',
    'act ДС-000001',
    'factura ДС-000001',
  ])
  const detail = (await api.call(finance, 'GET', `/documents/${rows[0]!.id}`)).body as {
    lines: { vatRate: number; grossKopecks: number }[]
    grossKopecks: number
  }
  expect(detail.lines.every((line) => line.vatRate === 22)).toBe(true)
  expect(detail.lines.reduce((sum, line) => sum + line.grossKopecks, 0)).toBe(detail.grossKopecks)
  const pdf = await api.call(finance, 'GET', `/documents/${rows[0]!.id}/pdf`)
  expect(pdf.text.slice(0, 5)).toBe('%PDF-')
  const xml = await api.call(finance, 'GET', `/documents/${rows[2]!.id}/xml`)
  expect(xml).toMatchObject({ status: 200, text: expect.stringContaining('="5.03"') })
})

test('undoing the close makes unsent papers void, their numbers stay, and the next papers take the next ones', async () => {
  const { api, finance } = state
  await api.call(finance, 'POST', `${months()}/2026-01/undo`, { reason: 'забыли час' })
  expect((await papers()).map((row) => row.state)).toEqual(['void', 'void', 'void'])
  await api.call(finance, 'POST', `${months()}/2026-01/close`, {})
  await api.call(finance, 'POST', `${months()}/2026-01/documents`)
  expect((await paper('invoice')).number).toBe('ДС-000002')
})

test('the client sees papers once they are sent, not before; opening is noted; the act waits five working days', async () => {
  const { api, finance, responsible, contact } = state
  expect((await api.call(responsible, 'GET', '/cabinet/documents')).body).toMatchObject({ items: [] })
  const act = await paper('act')
  expect((await api.call(responsible, 'POST', `/cabinet/documents/${act.id}/accept`)).status).toBe(404)
  expect((await api.call(responsible, 'GET', `/cabinet/documents/${act.id}/pdf`)).status).toBe(404)
  expect((await api.call(finance, 'POST', `${months()}/2026-01/documents/send`)).status).toBe(200)
  expect(await api.call(finance, 'POST', `${months()}/2026-01/documents/send`)).toMatchObject({
    body: { code: 'billing.documents_sent' },
  })
  expect(await api.call(finance, 'POST', `${months()}/2026-01/undo`, { reason: 'поздно' })).toMatchObject({
    status: 409,
    body: { code: 'billing.documents_sent' },
  })
  const { items } = (await api.call(responsible, 'GET', '/cabinet/documents')).body as {
    items: (Row & { acceptUntil: string | null })[]
  }
  expect(items.map((row) => row.kind).toSorted()).toEqual(['act', 'factura', 'invoice'])
  expect(items.find((row) => row.kind === 'act')).toMatchObject({
    acceptance: 'waiting',
    acceptUntil: expect.stringMatching(/^2026-02-/),
  })
  expect((await api.call(contact, 'GET', '/cabinet/documents')).status).toBe(403)
  await api.call(responsible, 'POST', `/cabinet/documents/${act.id}/opened`)
  expect((await api.call(finance, 'GET', `/documents/${act.id}`)).body).toMatchObject({ openedAt: expect.any(String) })
})

test('the client objects to a line; an upheld objection comes back as a credit on the next act; silence accepts the rest', async () => {
  const { api, finance, responsible, db, billing } = state
  const act = await paper('act')
  const path = `/cabinet/documents/${act.id}`
  expect(
    await api.call(responsible, 'POST', `${path}/object`, { lines: [{ number: 99, reason: 'что это?' }] }),
  ).toMatchObject({
    status: 422,
    body: { code: 'billing.line_not_found' },
  })
  const objected = await api.call(responsible, 'POST', `${path}/object`, {
    lines: [{ number: 1, reason: 'услуги не было' }],
  })
  expect(objected).toMatchObject({
    status: 200,
    body: { acceptance: 'objected', objections: [{ lineNumber: 1, outcome: null }] },
  })
  await db.setNow('2026-03-01T06:00:00Z')
  expect(await billing.acceptSilent()).toBe(0)
  const { body } = await api.call(finance, 'GET', `/documents/${act.id}`)
  const [line] = body['lines'] as { netKopecks: number; grossKopecks: number }[]
  const [objection] = body['objections'] as { id: number }[]
  const answer = { outcome: 'upheld', answer: 'Снимем со следующего акта' }
  expect(await api.call(finance, 'POST', `/documents/${act.id}/objections/${objection!.id}`, answer)).toMatchObject({
    status: 200,
    body: { acceptance: 'waiting' },
  })
  expect((await api.call(finance, 'POST', `/documents/${act.id}/objections/${objection!.id}`, answer)).status).toBe(409)
  // what was given back once is not given back again
  expect(
    await api.call(responsible, 'POST', `${path}/object`, { lines: [{ number: 1, reason: 'ещё раз' }] }),
  ).toMatchObject({ status: 409, body: { code: 'billing.line_given_back' } })
  const next = await api.call(finance, 'GET', `${months()}/2026-02`)
  expect(next.body).toMatchObject({ figures: { creditedKopecks: line!.grossKopecks } })
  await db.setNow('2026-03-20T06:00:00Z')
  expect(await billing.acceptSilent()).toBe(1)
  expect(await billing.acceptSilent()).toBe(0)
  expect((await paper('act')).acceptance).toBe('accepted_by_silence')
  expect(await api.call(responsible, 'POST', `${path}/accept`)).toMatchObject({
    body: { code: 'billing.document_decided' },
  })
  expect((await api.call(finance, 'POST', `/documents/${act.id}/void`, { reason: 'ошибка' })).status).toBe(409)
})

const statement = (changes: { number?: string; sum?: string; purpose?: string; inn?: string } = {}) => {
  const { number = '117', sum = '1000.00', purpose = 'Оплата по счету № ДС-2', inn = '5001007329' } = changes
  const lines = [
    '1CClientBankExchange',
    'ВерсияФормата=1.03',
    'Кодировка=Windows',
    'РасчСчет=40702810200000000001',
    'СекцияДокумент=Платежное поручение',
    `Номер=${number}`,
    'Дата=05.02.2026',
    `Сумма=${sum}`,
    `ПлательщикИНН=${inn}`,
    'Плательщик1=ООО "Ромашка"',
    'ПлательщикСчет=40702810900000000002',
    'ПолучательСчет=40702810200000000001',
    'ДатаПоступило=06.02.2026',
    `НазначениеПлатежа=${purpose}`,
    'КонецДокумента',
    'КонецФайла',
  ]
  return lines.join('\r\n')
}
const imported = (text: string, encoding = 'win1251') =>
  state.api.call(state.finance, 'POST', '/bank-statements', {
    legalEntityId: entityId,
    content: iconv.encode(text, encoding).toString('base64'),
  })

test('a bank statement pays the invoice in part; the same file again changes nothing; damaged and foreign ones are refused', async () => {
  expect(await imported(statement())).toMatchObject({ status: 201, body: { taken: 1, matched: 1, known: 0 } })
  expect(await paper('invoice')).toMatchObject({ paidKopecks: 100_000, payment: 'partly' })
  expect(await imported(statement(), 'utf8')).toMatchObject({ body: { taken: 0, known: 1 } })
  expect(await imported(statement().replace('Windows', 'DOS'), 'cp866')).toMatchObject({ body: { known: 1 } })
  expect(await paper('invoice')).toMatchObject({ paidKopecks: 100_000 })
  expect(await imported(statement({ sum: 'много' }))).toMatchObject({
    status: 422,
    body: { code: 'billing.statement_unreadable' },
  })
  expect(await imported(statement().replaceAll('40702810200000000001', '40702810200000000019'))).toMatchObject({
    body: { code: 'billing.statement_foreign' },
  })
})

test('what is not certain waits for a person, who may assign no more than is left', async () => {
  const { api, finance, works } = state
  await imported(statement({ number: '118', purpose: 'за услуги', sum: '500.00' }))
  const { items } = (await api.call(finance, 'GET', '/payments?open=true')).body as {
    items: { id: number; restKopecks: number }[]
  }
  expect(items).toMatchObject([{ number: '118', restKopecks: 50_000, reason: null, client: { id: state.clientId } }])
  const invoice = await paper('invoice')
  const path = `/payments/${items[0]!.id}/parts`
  expect((await api.call(works, 'POST', path, { documentId: invoice.id, kopecks: 1 })).status).toBe(403)
  expect(await api.call(finance, 'POST', path, { documentId: invoice.id, kopecks: 50_001 })).toMatchObject({
    status: 422,
    body: { code: 'billing.payment_too_much', message: expect.stringContaining('500\u00a0₽') },
  })
  const english = { ...finance, key: 'english', locale: 'en' as const }
  expect((await api.call(english, 'POST', path, { documentId: invoice.id, kopecks: 50_001 })).body).toMatchObject({
    message: expect.stringContaining('₽500 '),
  })
  expect(await api.call(finance, 'POST', path, { documentId: invoice.id, kopecks: 50_000 })).toMatchObject({
    status: 200,
    body: { restKopecks: 0, reason: 'person', parts: [{ kopecks: 50_000 }] },
  })
  expect((await paper('invoice')).paidKopecks).toBe(150_000)
  expect((await api.call(finance, 'POST', `/documents/${invoice.id}/void`, { reason: 'нельзя' })).status).toBe(409)
})

test('a reconciliation statement adds acts and payments up to the balance', async () => {
  const { api, finance, contractId } = state
  const act = await paper('act')
  const farther = { from: '0001-01-01', to: '9999-12-31' }
  expect((await api.call(finance, 'POST', `/contracts/${contractId}/reconciliation`, farther)).status).toBe(400)
  const made = await api.call(finance, 'POST', `/contracts/${contractId}/reconciliation`, {
    from: '2026-01-01',
    to: '2026-03-31',
  })
  expect(made).toMatchObject({ status: 201, body: { kind: 'reconciliation', number: 'ДС-000001' } })
  const [row] = await state.db.owner<{ rows: { owedKopecks: number; paidKopecks: number }[] }[]>`
    select data -> 'reconciliation' as rows from closing_document where id = ${Number(made.body['id'])}`
  expect(row!.rows.map((one) => [one.owedKopecks, one.paidKopecks])).toEqual([
    [act.grossKopecks, 0],
    [0, 100_000],
    [0, 50_000],
  ])
  expect((await api.call(finance, 'GET', `/documents/${made.body['id']}/pdf`)).text.slice(0, 5)).toBe('%PDF-')
})

test('a счёт-фактура names the payments that came before its work, and the advance papers that were issued on them; voided with its act', async () => {
  const { api, finance, works, db } = state
  const { grossKopecks, paidKopecks } = await paper('invoice')
  const rest = ((grossKopecks - paidKopecks) / 100).toFixed(2)
  expect(await imported(statement({ number: '119', sum: rest }))).toMatchObject({ body: { matched: 1 } })
  const { items } = (await api.call(finance, 'GET', '/payments')).body as { items: { id: number; number: string }[] }
  const path = `/payments/${items.find((one) => one.number === '119')!.id}/advance`
  const advance = { number: 'А-7', date: '2026-02-09' }
  expect((await api.call(works, 'PUT', path, { paper: advance })).status).toBe(403)
  expect((await api.call(finance, 'PUT', path, { paper: advance })).body).toMatchObject({ advance })
  await db.setNow('2026-05-05T06:00:00Z')
  // February's act is eaten by the credit of an upheld objection
  for (const month of ['2026-02', '2026-03', '2026-04']) {
    expect(await api.call(finance, 'POST', `${months()}/${month}/close`, {})).toMatchObject({ status: 200 })
  }
  const issued = async () => {
    await api.call(finance, 'POST', `${months()}/2026-04/documents`)
    return await db.owner<{ id: number; kind: string; number: string; data: Record<string, unknown> }[]>`
      select id, kind, number, data from closing_document where period = '2026-04' and state = 'issued' order by id`
  }
  const first = await issued()
  const factura = first.find((row) => row.kind === 'factura')!
  expect(factura.data).toMatchObject({
    advancePayments: [{ number: '119', date: '2026-02-05' }],
    advanceInvoices: [advance],
  })
  const act = first.find((row) => row.kind === 'act')!
  expect(act.data).toMatchObject({ advancePayments: [] })
  expect((await api.call(finance, 'POST', `/documents/${act.id}/void`, { reason: 'ошибка в строке' })).status).toBe(200)
  const [voided] = await db.owner`select state, void_reason from closing_document where id = ${factura.id}`
  expect(voided).toEqual({ state: 'void', voidReason: 'ошибка в строке' })
  const anew = await issued()
  const again = anew.find((row) => row.kind === 'factura')!
  expect(again.number).not.toBe(factura.number)
  expect(again.data['shipment']).toMatchObject({ number: anew.find((row) => row.kind === 'act')!.number })
  expect(again.data['advancePayments']).toEqual(factura.data['advancePayments'])
})

test('sixteen contracts’ papers at once take numbers without a gap or a double', async () => {
  const { db } = state
  const { documentsStore } = await import('./documents.store.ts')
  const given = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      db
        .begin({ as: 'staff' }, async (tx) => {
          const number = await documentsStore.nextNumber(tx, entityId, 'upd', 2026)
          if (index % 4 === 0) throw new Error('the paper could not be kept')
          return number
        })
        .catch(() => null),
    ),
  )
  const numbers = given.filter((one) => one !== null).toSorted((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
})
