import { rm } from 'node:fs/promises'
import { issueLink } from '@opora/access'
import { contactActor, createClient, createContact, createStaff, staffActor } from '@opora/people/testkit'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLinkBrake } from './document-links.brake.ts'
import { wordsOfPdf } from './documents/pdf-page.fixture.ts'
import { type MonthBench, monthBench } from './month.bench.ts'
import { ENTITY, workInJanuary } from './papers.fixture.ts'

const state = {} as MonthBench & { entityId: number }
const january = () => `/contracts/${state.contractId}/periods/2026-01`
interface Row {
  id: number
  kind: string
  number: string
  state: string
}

beforeAll(async () => {
  Object.assign(state, await monthBench())
  await state.db
    .owner`update client set inn = '5001007329', kpp = '500101001', legal_name = 'ООО «Ромашка»' where id = ${state.clientId}`
  const made = await state.api.call(state.finance, 'POST', '/legal-entities', ENTITY)
  state.entityId = Number(made.body['id'])
  await workInJanuary(state, 95)
  await state.db.setNow('2026-02-02T06:00:00Z')
  await state.api.call(state.works, 'DELETE', '/timer')
  const closed = await state.api.call(state.finance, 'POST', `${january()}/close`, {})
  if (closed.status >= 300) throw new Error(closed.text)
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true })
})

const papers = async () =>
  (await state.api.call(state.finance, 'GET', `${january()}/documents`)).body['items'] as unknown as Row[]
const standing = async (kind: string) => (await papers()).find((row) => row.kind === kind && row.state === 'issued')!
const admin = async () => staffActor((await createStaff(state.db.owner, { roles: ['ad'] })).id, ['ad'])
const look = (changes: object = {}) => ({
  title: '',
  header: '',
  before: '',
  after: '',
  footer: '',
  columns: ['number', 'title', 'amount'],
  hidden: [],
  logo: null,
  ...changes,
})

test('a template is taken for its kind only as declared: unknown fields, foreign columns and what an act must keep are refused', async () => {
  const { api, finance } = state
  const body = { kind: 'invoice', from: '2026-01-15', settings: look() }
  expect((await api.call(finance, 'POST', '/document-templates', body)).status).toBe(403)
  const chief = await admin()
  const say = (changes: object) => api.call(chief, 'POST', '/document-templates', { ...body, ...changes })
  for (const [changes, field] of [
    [{ settings: look({ header: 'Здравствуйте, {имя}' }) }, 'settings.header'],
    [{ settings: look({ after: '{constructor} {__proto__}' }) }, 'settings.after'],
    [{ settings: look({ columns: ['title'] }) }, 'settings.columns'],
    [{ settings: look({ columns: ['title', 'title', 'amount'] }) }, 'settings.columns'],
    [{ settings: look({ columns: ['title', 'amount', 'person'] }) }, 'settings.columns'],
    [{ settings: look({ hidden: ['stamp'] }) }, 'settings.hidden'],
    [{ kind: 'act' }, 'settings.columns'],
    [{ kind: 'factura' }, 'settings.columns'],
    [{ kind: 'upd', settings: look({ columns: [], title: 'Наш УПД' }) }, 'settings.title'],
    [{ settings: look({ logo: { sha256: 'a'.repeat(64), side: 'left', widthMm: 30 } }) }, 'settings.logo'],
  ] as const)
    expect(await say(changes)).toMatchObject({ status: 422, body: { field } })
  expect((await say({ settings: { ...look(), script: 'x' } })).status).toBe(400)
  expect((await say({ legalEntityId: 999_999 })).status).toBe(404)
})

test('a logo is redrawn before it is kept, and what is no picture is refused', async () => {
  const { api } = state
  const chief = await admin()
  const upload = (bytes: Buffer) =>
    api.call(chief, 'POST', '/document-templates/logo', { content: bytes.toString('base64') })
  for (const bad of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.4', '\u0089PNG broken'])
    expect(await upload(Buffer.from(bad, 'latin1'))).toMatchObject({ body: { code: 'billing.logo_unreadable' } })
  const drawn = await sharp({ create: { width: 1600, height: 800, channels: 3, background: '#1f6f78' } })
    .withExif({ IFD0: { Copyright: 'canary-exif' } })
    .jpeg()
    .toBuffer()
  const kept = await upload(drawn)
  expect(kept).toMatchObject({ status: 201, body: { width: 1200, height: 600 } })
  const settings = look({
    title: 'Счёт-договор',
    header: 'Опора для {клиент}',
    before: 'К оплате {сумма} ({сумма прописью})',
    footer: 'Вопросы по счёту {номер}: buh@desk.example',
    columns: ['title', 'gross', 'amount'],
    hidden: ['code', 'due'],
    logo: { sha256: kept.body['sha256'], side: 'right', widthMm: 40 },
  })
  const preview = await api.call(chief, 'POST', '/document-templates/preview', { kind: 'invoice', settings })
  const words = wordsOfPdf(Buffer.from(String(preview.body['pdf']), 'base64'))
  if (words !== null) {
    for (const said of ['Счёт-договор № ДС-000045', 'Опора для ООО «Ромашка»', 'С НДС', 'Вопросы по счёту ДС-000045'])
      expect(words).toContain(said)
    for (const not of ['Оплатить до', 'Оплата по коду', 'Кол-во']) expect(words).not.toContain(not)
  }
  const elsewhere = { kind: 'invoice', settings, legalEntityId: 999 }
  expect(await api.call(chief, 'POST', '/document-templates/preview', elsewhere)).toMatchObject({
    status: 404,
    body: { code: 'billing.legal_entity_not_found', field: 'legalEntityId' },
  })
  const saved = await api.call(chief, 'POST', '/document-templates', { kind: 'invoice', from: '2026-01-15', settings })
  expect(saved).toMatchObject({ status: 201, body: { kind: 'invoice', from: '2026-01-15' } })
})

test('a month gives its papers with a report of the hours behind the act, in the look of their day', async () => {
  const { api, finance, db } = state
  expect((await api.call(finance, 'POST', `${january()}/documents`)).status).toBe(201)
  expect((await papers()).map((row) => row.kind)).toEqual(['invoice', 'act', 'factura', 'hours'])
  const hours = await standing('hours')
  const [kept] = await db.owner<{ data: { hours: { workedMinutes: number }[]; shipment: { number: string } } }[]>`
    select data from closing_document where id = ${hours.id}`
  expect(kept!.data.hours.map((row) => row.workedMinutes)).toEqual([95])
  expect(kept!.data.shipment.number).toBe((await standing('act')).number)
  const words = wordsOfPdf((await api.bytes(finance, `/documents/${hours.id}/pdf`)) as Buffer)
  if (words !== null)
    for (const said of ['Отчёт по часам № ДС-000001', 'Настроил отчёт', '14.01.2026', '1 ч 35 мин', 'акту № ДС-000001'])
      expect(words.replaceAll('\u00a0', ' ')).toContain(said)
})

test('an old paper keeps its look to the byte, whatever the administrator changes or resets afterwards', async () => {
  const { api, finance, db } = state
  const chief = await admin()
  const invoice = await standing('invoice')
  const before = await api.bytes(finance, `/documents/${invoice.id}/pdf`)
  const words = wordsOfPdf(before)
  if (words !== null) expect(words).toContain('Опора для ООО «Ромашка»')
  const other = { kind: 'invoice', from: '2026-01-01', settings: look({ header: 'Совсем другое' }) }
  await api.call(chief, 'POST', '/document-templates', other)
  await api.call(chief, 'POST', '/document-templates', { kind: 'invoice', from: '2026-01-20', settings: null })
  await db.owner`update closing_document set pdf_sha256 = '' where id = ${invoice.id}`
  expect((await api.bytes(finance, `/documents/${invoice.id}/pdf`)).equals(before)).toBe(true)
  const { body } = await api.call(chief, 'GET', '/document-templates')
  const kinds = body['kinds'] as { kind: string; versions: { from: string; settings: unknown }[] }[]
  const versions = kinds.find((one) => one.kind === 'invoice')!.versions
  expect(versions.map((one) => `${one.from} ${one.settings !== null}`)).toEqual([
    '2026-01-20 false',
    '2026-01-15 true',
    '2026-01-01 true',
  ])
})

test('a paper that was made void is issued anew with the next number, and what stands is left alone', async () => {
  const { api, finance } = state
  const invoice = await standing('invoice')
  expect(await api.call(finance, 'POST', `${january()}/documents`)).toMatchObject({
    status: 409,
    body: { code: 'billing.documents_issued' },
  })
  await api.call(finance, 'POST', `/documents/${invoice.id}/void`, { reason: 'не тот договор' })
  expect((await api.call(finance, 'POST', `${january()}/documents`)).status).toBe(201)
  const again = await standing('invoice')
  expect([again.number, (await standing('act')).number]).toEqual(['ДС-000002', 'ДС-000001'])
  const words = wordsOfPdf(await api.bytes(finance, `/documents/${again.id}/pdf`))
  if (words !== null) expect(words).not.toContain('Опора для')
})

test('every paper has a workbook, the same each time', async () => {
  const { api, finance } = state
  for (const row of await papers()) {
    const [one, two] = [await workbook(row.id), await workbook(row.id)]
    expect(one.subarray(0, 2).toString()).toBe('PK')
    expect(one.equals(two)).toBe(true)
  }
  function workbook(id: number) {
    return api.bytes(finance, `/documents/${id}/xlsx`)
  }
})

test('a letter’s link opens its papers and nothing beside, is noted as such, and is taken back', async () => {
  const { api, finance, db, responsible } = state
  const act = await standing('act')
  const unsentToken = await link([act.id])
  expect((await api.call(null, 'GET', `/links/document.view/${unsentToken}`)).body).toMatchObject({ items: [] })
  await api.call(finance, 'POST', `${january()}/documents/send`)
  const stranger = await createContact(db.owner, (await createClient(db.owner)).id, { responsible: true, scope: 'all' })
  const token = await link([act.id])
  const path = `/links/document.view/${token}`
  expect(await api.call(null, 'GET', path)).toMatchObject({
    status: 200,
    body: { seller: 'ООО «Деск»', items: [{ id: act.id, kind: 'act' }] },
  })
  expect((await api.bytes(null, `${path}/${act.id}/pdf`)).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await api.bytes(null, `${path}/${act.id}/xlsx`)).subarray(0, 2).toString()).toBe('PK')
  const invoice = await standing('invoice')
  expect((await api.call(null, 'GET', `${path}/${invoice.id}/pdf`)).status).toBe(404)
  expect((await api.call(null, 'POST', `${path}/${invoice.id}/opened`)).status).toBe(404)
  expect((await api.call(null, 'GET', `${path}/${act.id}/xml`)).status).toBe(400)
  expect((await api.call(null, 'POST', `/documents/${act.id}/void`, { reason: 'x' })).status).toBe(401)
  const foreign = await link([act.id], stranger.id)
  expect((await api.call(null, 'GET', `/links/document.view/${foreign}`)).body).toMatchObject({ items: [] })
  expect((await api.call(null, 'GET', `/links/document.view/${foreign}/${act.id}/pdf`)).status).toBe(404)
  await api.call(null, 'POST', `${path}/${act.id}/opened`)
  await api.call(null, 'POST', `${path}/${act.id}/opened`)
  await api.call(responsible, 'POST', `/cabinet/documents/${act.id}/opened`)
  const seen = (await api.call(finance, 'GET', `/documents/${act.id}`)).body as {
    history: { what: string; by: string; side: string }[]
    links: { live: number }
  }
  expect(seen.history.map((step) => `${step.what} ${step.side}`)).toEqual([
    'issued staff',
    'sent staff',
    'opened_by_link client',
  ])
  expect(seen.history[2]!.by).toBe(responsible.name)
  expect(seen.links.live).toBe(3)
  const revoked = await api.call(finance, 'POST', `/documents/${act.id}/links/revoke`)
  expect(revoked).toMatchObject({ status: 200, body: { links: { live: 0 } } })
  expect(await api.call(null, 'GET', path)).toMatchObject({ status: 410 })
  expect((await api.call(null, 'GET', `${path}/${act.id}/pdf`)).status).toBe(410)

  async function link(documentIds: number[], contactId = responsible.contact!.id) {
    const wish = {
      purpose: 'document.view',
      subject: { documentIds },
      contactId,
      ttlDays: 60,
      singleUse: false,
    } as const
    return (await db.begin({ as: 'worker' }, (tx) => issueLink(tx, wish))).token
  }
})

test('a link ends by itself, and with the person whom it was sent to', async () => {
  const { api, db, clientId } = state
  const act = await standing('act')
  const reader = await createContact(db.owner, clientId, { responsible: true, scope: 'all' })
  const wish = {
    purpose: 'document.view',
    subject: { documentIds: [act.id] },
    contactId: reader.id,
    singleUse: false,
  } as const
  const token = async (ttlDays: number) =>
    (await db.begin({ as: 'worker' }, (tx) => issueLink(tx, { ...wish, ttlDays }))).token
  const [short, long] = [await token(1), await token(90)]
  await db.setNow('2026-02-05T06:00:00Z')
  expect((await api.call(null, 'GET', `/links/document.view/${short}`)).status).toBe(410)
  expect((await api.call(null, 'GET', `/links/document.view/${long}`)).status).toBe(200)
  await db.owner`update contact set status = 'blocked' where id = ${reader.id}`
  expect((await api.call(null, 'GET', `/links/document.view/${long}`)).status).toBe(410)
})

test('who knocks too often by links is told to wait, others are not', () => {
  let now = 0
  const brake = createLinkBrake(3, () => now)
  for (let knock = 0; knock < 3; knock++) brake.take('192.0.2.1')
  expect(() => brake.take('192.0.2.1')).toThrow(expect.objectContaining({ code: 'billing.link_too_often' }))
  brake.take('192.0.2.2')
  now = 60_001
  brake.take('192.0.2.1')
})

test('papers of another client are not there for a client, a partner or a manager who does not serve it', async () => {
  const { api, db } = state
  const act = await standing('act')
  const other = await createClient(db.owner)
  const stranger = contactActor(await createContact(db.owner, other.id, { responsible: true, scope: 'all' }))
  const manager = staffActor((await createStaff(db.owner, { roles: ['am'], serves: 'listed' })).id, ['am'], [other.id])
  const partner = staffActor((await createStaff(db.owner, { roles: ['in'] })).id, ['in'])
  for (const format of ['pdf', 'xlsx', 'xml'] as const) {
    expect((await api.call(manager, 'GET', `/documents/${act.id}/${format}`)).status).toBe(404)
    expect((await api.call(partner, 'GET', `/documents/${act.id}/${format}`)).status).toBe(403)
    expect([403, 404]).toContain((await api.call(stranger, 'GET', `/documents/${act.id}/${format}`)).status)
  }
  for (const format of ['pdf', 'xlsx'])
    expect((await api.call(stranger, 'GET', `/cabinet/documents/${act.id}/${format}`)).status).toBe(404)
  expect((await api.call(stranger, 'POST', `/cabinet/documents/${act.id}/accept`)).status).toBe(404)
  expect((await api.call(manager, 'GET', `/documents/${act.id}`)).status).toBe(404)
})

test('a reconciliation is sent by itself, once', async () => {
  const { api, finance, responsible, contractId } = state
  const made = await api.call(finance, 'POST', `/contracts/${contractId}/reconciliation`, {
    from: '2026-01-01',
    to: '2026-01-31',
  })
  const path = `/documents/${made.body['id']}`
  expect((await api.call(responsible, 'GET', `/cabinet${path}/pdf`)).status).toBe(404)
  expect((await api.call(finance, 'POST', `${path}/send`)).status).toBe(200)
  expect(await api.call(finance, 'POST', `${path}/send`)).toMatchObject({ body: { code: 'billing.document_sent' } })
  expect((await api.call(responsible, 'GET', `/cabinet${path}/pdf`)).status).toBe(200)
})

test('papers of several legal entities have numbers of their own', async () => {
  const { api, finance, contractId, db } = state
  const second = {
    ...ENTITY,
    name: 'ИП Орлов',
    inn: '500100732259',
    kpp: '',
    ogrn: '304500116000157',
    numberPrefix: '',
  }
  const made = await api.call(finance, 'POST', '/legal-entities', { ...second, isDefault: false })
  expect(made).toMatchObject({ status: 201 })
  await db.owner`
    insert into contract_billing (contract_id, client_id, legal_entity_id) values (${contractId}, ${state.clientId}, ${Number(made.body['id'])})`
  const span = { from: '2026-01-01', to: '2026-01-31' }
  const paper = await api.call(finance, 'POST', `/contracts/${contractId}/reconciliation`, span)
  expect(paper.body).toMatchObject({ number: '1', seller: 'ИП Орлов' })
})
