import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, serveRoutes, staffActor } from '@opora/people/testkit'
import { createFileStore } from '@opora/platform/files'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_AGREEMENT } from './domain/agreement.ts'
import type { SampleWork } from './domain/sample-month.ts'
import { agreementRoutes, balanceOf, contractRoutes } from './index.ts'
import { contractsForTests, createContract, deposit, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>>; folder: string }
const { contracts, bus, closed } = contractsForTests()
const manager = staffActor(1, ['am'])
const stranger = staffActor(2, ['am'], [999])
const told: string[] = []
const works: SampleWork[] = []
bus.on('contract.reminder', async (_tx, event) => void told.push(event.words.ru.replaceAll('\u00a0', ' ')))

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-10T09:00:00Z')
  await withCatalogue(state.db)
  await state.db
    .owner`insert into account (side, email, name) values ('staff', 'am@provider.test', 'Анна'), ('staff', 'no@provider.test', 'Нина')`
  state.folder = await mkdtemp(join(tmpdir(), 'opora-contract-files-'))
  const ports = {
    workOfMonth: async () => works,
    isMonthClosed: async (_sql: unknown, id: number, month: string) => closed.has(`${id}/${month}`),
    files: createFileStore(state.folder),
  }
  state.api = await serveRoutes(state.db, [...agreementRoutes(contracts, ports), ...contractRoutes(contracts)])
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true, force: true })
})

const blank = {
  clientId: null,
  number: '',
  title: '',
  startsOn: '',
  endsOn: null,
  signedOn: null,
  letterUntil: null,
  letterAmountKopecks: null,
  packageCode: '',
  options: [],
  terms: null,
}
type Checked = { faults: { step: string; field: string }[]; warnings: { step: string }[] }

test('a draft is kept as it was left, says what it wants step by step, and becomes a contract once', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const begun = await api.call(manager, 'POST', '/contract-drafts', { step: 'parties', form: blank })
  const path = `/contract-drafts/${begun.body['id']}`
  const checked = async () => (await api.call(manager, 'GET', `${path}/check`)).body as unknown as Checked
  expect((await checked()).faults.map((fault) => `${fault.step} ${fault.field}`)).toEqual([
    'parties clientId',
    'term number',
    'term title',
    'term startsOn',
    'package packageCode',
  ])
  expect((await api.call(manager, 'POST', `${path}/sign`)).body.code).toBe('contracts.draft_unfinished')
  const form = {
    ...blank,
    clientId,
    number: 'Ч-1',
    title: 'Поддержка',
    startsOn: '2026-03-01',
    letterUntil: '2026-04-01',
    terms: { ...terms({ forms: [subscription({ minutesPerMonth: 60 })] }), calendarCode: 'moon' },
  }
  const saved = await api.call(manager, 'PUT', path, { step: 'package', form }, 1)
  expect(saved.body).toMatchObject({ version: 2, step: 'package', form: { number: 'Ч-1' } })
  expect((await api.call(manager, 'PUT', path, { step: 'package', form }, 1)).status).toBe(409)
  const { faults, warnings } = await checked()
  expect(faults.map((fault) => `${fault.step} ${fault.field}`)).toEqual([
    'term letterAmountKopecks',
    'service terms.calendarCode',
    'package terms.forms.0.minutesPerMonth',
  ])
  expect(warnings.map((one) => one.step)).toEqual(['parties'])
  expect((await api.call(stranger, 'GET', path)).status).toBe(404)
  const ready = { ...form, letterAmountKopecks: 10_000_000, terms: terms({ forms: [subscription()] }) }
  await api.call(manager, 'PUT', path, { step: 'check', form: ready }, 2)
  const signed = await api.call(manager, 'POST', `${path}/sign`)
  expect(signed).toMatchObject({ status: 201, body: { number: 'Ч-1', standing: 'active', letterUntil: '2026-04-01' } })
  expect(signed.body['parties']).toMatchObject({ client: { name: expect.any(String) } })
  expect(await api.call(manager, 'POST', `${path}/sign`)).toMatchObject({
    status: 409,
    body: { code: 'contracts.draft_signed' },
  })
  expect((await api.call(manager, 'DELETE', path)).body.code).toBe('contracts.draft_signed')
  expect((await api.call(stranger, 'POST', `${path}/sign`)).status).toBe(404)
  expect((await api.call(manager, 'GET', '/contract-drafts')).body.items).toEqual([])
})

test('of two who sign one draft at once, one concludes the contract and the other is told that it is signed', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const names = { number: 'Ч-2', title: 'Поддержка', startsOn: '2026-03-01', signedOn: '2026-02-20' }
  const form = { ...blank, ...names, clientId, terms: terms({ forms: [subscription()] }) }
  const { body } = await api.call(manager, 'POST', '/contract-drafts', { step: 'check', form })
  const sign = () => api.call(manager, 'POST', `/contract-drafts/${body['id']}/sign`)
  const answers = await Promise.all([sign(), sign()])
  expect(answers.map((one) => `${one.status} ${one.body.code ?? ''}`).toSorted()).toEqual([
    '201 ',
    '409 contracts.draft_signed',
  ])
})

test('a detail whose check digit fails keeps a contract from being concluded', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  await db.owner`update client set inn = '7707083894' where id = ${clientId}`
  const begun = await api.call(manager, 'POST', '/contract-drafts', { step: 'parties', form: { ...blank, clientId } })
  const checked = await api.call(manager, 'GET', `/contract-drafts/${begun.body['id']}/check`)
  expect((checked.body as unknown as Checked).faults[0]).toMatchObject({ step: 'parties', field: 'inn' })
  await api.call(manager, 'DELETE', `/contract-drafts/${begun.body['id']}`)
  expect((await api.call(manager, 'GET', `/contract-drafts/${begun.body['id']}`)).status).toBe(404)
})

type Preview = Record<'before' | 'after', { rates: { postpaidPerHourKopecks: number } }> &
  Record<'paidBefore' | 'paidAfter', { totals: { totalKopecks: number } }> & {
    faults: { field: string }[]
    warnings: { ru: string }[]
  }

test('a new version is looked at with what a real month would cost by it; raised prices keep to the contract’s limit', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const indexation = { everyMonths: 12, noticeDays: 30, limitBasisPoints: 1_000 }
  const agreement = { ...NO_AGREEMENT, indexation }
  const given = terms({ forms: [subscription(), deposit({ boughtOn: '2026-01-01' })], agreement })
  const { id } = await createContract(db, clientId, { startsOn: '2026-01-01', terms: given })
  const work = { ticketId: '1', personId: '1', activity: 'development', grade: null, service: null }
  const when = { date: '2026-02-12', minutes: 25 * 60, outOfHours: false }
  works.splice(0, works.length, { ...work, urgent: false, onSite: false, when })
  const ask = async (path: string, body: object) =>
    (await api.call(manager, 'POST', `/contracts/${id}/${path}`, body)).body as unknown as Preview
  const cheaper = { ...given, forms: [subscription({ minutesPerMonth: 25 * 60 })] }
  const preview = await ask('versions/preview', { validFrom: '2026-04-01', terms: cheaper })
  expect(preview.faults).toEqual([])
  expect([preview.paidBefore.totals.totalKopecks, preview.paidAfter.totals.totalKopecks]).toEqual([
    4_400_000, 4_250_000,
  ])
  const late = await ask('versions/preview', { validFrom: '2026-01-01', terms: cheaper })
  expect(late.faults.map((fault) => fault.field)).toEqual(['validFrom'])
  const raised = await ask('indexation', { validFrom: '2027-01-01', basisPoints: 1_000 })
  expect(raised.after.rates.postpaidPerHourKopecks).toBe(220_000)
  expect(raised.after).toMatchObject({ forms: [{ ratePerHourKopecks: 187_000 }, { ratePerHourKopecks: 170_000 }] })
  expect(raised.warnings).toEqual([])
  const greedy = await ask('indexation', { validFrom: '2026-06-01', basisPoints: 2_500 })
  expect(greedy.warnings.map((one) => one.ru)).toEqual([
    'Договор разрешает поднять цены не больше чем на 10 %.',
    'Пересматривать цены можно раз в 12 мес. и с предупреждением за 30 дн.',
  ])
  const { version } = (await api.call(manager, 'GET', `/contracts/${id}`)).body as { version: number }
  const added = { validFrom: '2027-01-01', reason: 'Индексация на 10 %', terms: raised.after }
  expect((await api.call(manager, 'POST', `/contracts/${id}/versions`, added, version)).status).toBe(201)
})

test('a contract that ends says what stops, hands over, and gives back or burns what is left by its own rule', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const agreement = { ...NO_AGREEMENT, leftoverAtEnd: 'refunded' as const, reservedMinutesPerMonth: 600 }
  const given = terms({ forms: [subscription(), deposit({ boughtOn: '2026-01-01' })], agreement })
  const { id } = await createContract(db, clientId, { startsOn: '2026-01-01', terms: given })
  const preview = (await api.call(manager, 'GET', `/contracts/${id}/ending/preview?on=2026-03-20`)).body
  expect(preview).toMatchObject({ openTickets: 0, warnings: [] })
  expect(preview['leftovers']).toMatchObject([
    { minutes: 60 * 60, refundKopecks: 10_200_000 },
    { minutes: 20 * 60, refundKopecks: 0 },
  ])
  closed.add(`${id}/2026-01`)
  const ending = { endsOn: '2026-03-20', reason: 'Клиент уходит' }
  const end = (body: object, version: number) => api.call(manager, 'POST', `/contracts/${id}/ending`, body, version)
  expect((await end({ ...ending, endsOn: '2026-01-15' }, 1)).body.code).toBe('contracts.ending_past')
  for (const patch of [{ endsOn: '2026-01-15' }, { status: 'ended', endsOn: '2026-01-15' }])
    expect((await api.call(manager, 'PATCH', `/contracts/${id}`, patch, 1)).body.code).toBe('contracts.ending_past')
  const planned = (await end(ending, 1)).body['ending'] as { handover: { code: string }[]; version: number }
  expect(planned.handover.map((item) => item.code)).toContain('access')
  expect((await api.call(manager, 'GET', `/contracts/${id}`)).body).toMatchObject({
    endsOn: '2026-03-20',
    standing: 'active',
  })
  const done = await api.call(manager, 'PUT', `/contracts/${id}/ending/access`, { done: true }, planned.version)
  expect(done.body['ending']).toMatchObject({
    handover: expect.arrayContaining([expect.objectContaining({ code: 'access', done: true, by: 'Анна' })]),
  })
  expect((await api.call(manager, 'PUT', `/contracts/${id}/ending/none`, { done: true }, 2)).status).toBe(404)

  await db.setNow('2026-03-21T09:00:00Z')
  expect(await contracts.endingsDue(db.worker)).toEqual([id])
  const settle = () => db.begin({ as: 'worker' }, (tx) => contracts.settleEnding(tx, id))
  await settle()
  await settle()
  expect((await balanceOf(db.staff, id, Date.parse('2026-03-21T09:00:00Z')))!.leftMinutes).toBe(0)
  const [kept] =
    await db.staff`select status, (select count(*) from ledger_entry where contract_id = ${id} and kind = 'expire') as expired
    from contract where id = ${id}`
  expect(kept).toEqual({ status: 'ended', expired: 2 })
  expect(told.at(-1)).toMatch(/закончился; передать осталось: \d, вернуть клиенту 102 000 ₽/)
  expect(await contracts.endingsDue(db.worker)).toEqual([])
  expect(
    (await db.begin({ as: 'worker' }, (tx) => contracts.checkLedger(tx))).filter((one) => one.contractId === id),
  ).toEqual([])
  await db.setNow('2026-03-10T09:00:00Z')
})

test('a contract tells of its dates once each, goes on by itself on its last day, and is suspended with a reason', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const renewal = { kind: 'automatic' as const, months: 12, noticeDays: 5 }
  const given = terms({ forms: [subscription()], agreement: { ...NO_AGREEMENT, renewal } })
  const { id } = await createContract(db, clientId, { startsOn: '2025-04-01', endsOn: '2026-03-31', terms: given })
  const remind = () => db.begin({ as: 'worker' }, (tx) => contracts.remindOf(tx, id))
  expect(await contracts.contractsToRemind(db.worker)).toContain(id)
  expect([await remind(), await remind()]).toEqual([1, 0])
  expect(told.at(-1)).toContain('заканчивается 31.03.2026, осталось дней: 21; продлится сам на 12 мес.')
  await db.setNow('2026-03-31T09:00:00Z')
  await remind()
  const renewed = (await api.call(manager, 'GET', `/contracts/${id}`)).body
  expect(renewed).toMatchObject({ endsOn: '2027-03-31', standing: 'active' })
  expect(told.at(-1)).toContain('продлён по 31.03.2027')
  const patch = { status: 'suspended', reason: 'Нет оплаты за март' }
  const suspended = await api.call(manager, 'PATCH', `/contracts/${id}`, patch, renewed['version'] as number)
  expect(suspended.body).toMatchObject({ standing: 'suspended', suspendedReason: 'Нет оплаты за март' })
  const back = await api.call(
    manager,
    'PATCH',
    `/contracts/${id}`,
    { status: 'active' },
    suspended.body['version'] as number,
  )
  expect(back.body).toMatchObject({ standing: 'active', suspendedReason: null })
  await db.setNow('2026-03-10T09:00:00Z')
})

test('the legal entity of ours that a draft names stands in the contract, and its papers are to come from it', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const periods = db.owner.json([{ from: '2020-01-01', mode: 'general' }])
  const [other] = await db.owner<{ id: number }[]>`
    insert into legal_entity (name, inn, tax_periods) values ('ООО «Второе»', '9999000013', ${periods}) returning id`
  const heard: unknown[] = []
  bus.on('contract.concluded', async (_tx, event) => void heard.push(event))
  const given = (legalEntityId: number) => {
    const form = {
      ...blank,
      clientId,
      number: `Ю-${legalEntityId}`,
      title: 'Второе',
      startsOn: '2026-03-10',
      legalEntityId,
    }
    return { step: 'check', form: { ...form, terms: terms() } }
  }
  const sign = async (body: object) => {
    const begun = await api.call(manager, 'POST', '/contract-drafts', body)
    return api.call(manager, 'POST', `/contract-drafts/${begun.body['id']}/sign`)
  }
  expect(await sign(given(999_999))).toMatchObject({ status: 422, body: { code: 'contracts.legal_entity_unknown' } })
  const signed = await sign(given(other!.id))
  expect(signed).toMatchObject({ status: 201, body: { parties: { provider: { name: 'ООО «Второе»' } } } })
  expect(heard.at(-1)).toEqual({ clientId, contractId: signed.body['id'], legalEntityId: other!.id })
})
