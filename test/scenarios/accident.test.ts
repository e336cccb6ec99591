import { afterAll, beforeAll, expect, it } from 'vitest'
import { packageTerms, takeOn } from './month/company.ts'
import { clockOf, msk, placeOf, press } from './month/desk.ts'
import type { Body, Visitor } from './month/visitor.ts'
import { LENA, openWalkWorld, PARTNER, type WalkWorld } from './walk/walk-world.ts'

let world: WalkWorld
let other: Visitor
let outsourced: Visitor
const tickets: Record<string, number> = {}
const OTHER = 'boss@vasilek.test'
const OUTSOURCED = 'smena@callcentre.test'
beforeAll(async () => {
  world = await openWalkWorld()
  const { house, staff } = world
  const vasilek = await takeOn(staff, {
    name: 'Василёк',
    domain: 'vasilek.test',
    contacts: { boss: { name: 'Василий Боссов', responsible: true, scope: 'all' } },
    portals: ['shop'],
    contract: packageTerms,
  })
  await staff.am.post(`/contacts/${vasilek.contacts['boss']}/invitation`)
  other = await house.join(OTHER, OTHER)
  const hired = {
    email: OUTSOURCED,
    name: 'Смена колл-центра',
    roles: ['l1'],
    serves: 'listed',
    clientIds: [world.clientId],
  }
  await staff.ad.post('/staff', hired)
  outsourced = await house.join(OUTSOURCED, 'Смена')
})
afterAll(() => world?.house.close())

const ask = async (who: Visitor, subject: string, portalId?: number): Promise<number> =>
  (await who.post('/cabinet/tickets', { subject, saw: 'Ничего не открывается', ...(portalId ? { portalId } : {}) })).id
const sentences = async (id: number): Promise<string[]> =>
  (await world.staff.im.get(`/tickets/${id}/history?limit=500`)).items.map((row: Body) => row.text)

it('the first of several requests becomes the accident: the others gather under it, every client touched is told', async () => {
  const { house, staff, lena } = world
  await house.at(msk('05 10:00:30'))
  tickets['main'] = await ask(lena, 'Портал не открывается', world.portalId)
  tickets['second'] = await ask(lena, 'Не могу войти', world.portalId)
  tickets['foreign'] = await ask(other, 'Сайт лежит')
  for (const name of ['second', 'foreign'])
    await staff.l1.post(`/tickets/${tickets['main']}/links`, { toId: tickets[name], kind: 'related' })
  await press(staff.l1, tickets['main']!, 'pass_on')
  await press(staff.im, tickets['main']!, 'accident')
  await house.settle()
  const main = await staff.im.get(`/tickets/${tickets['main']}`)
  expect(main).toMatchObject({ place: 'acc_fix', kind: 'accident', priority: 1, children: [{ id: tickets['second'] }] })
  // another client's ticket stays that client's own
  expect((await staff.im.get(`/tickets/${tickets['foreign']}`)).parent).toBeNull()
  expect(house.post.to(LENA, 'Авария, мы её устраняем').map((letter) => letter.subject.replace(/^.*: /, ''))).toEqual(
    expect.arrayContaining(['Портал не открывается', 'Не могу войти']),
  )
  expect(house.post.to(OTHER, 'Авария, мы её устраняем: Сайт лежит')).toHaveLength(1)
  expect(house.post.to(OTHER, 'Портал не открывается')).toEqual([])
})

it('a work-around lowers the priority, closes the clock as met, and leaves an open follow-up', async () => {
  const { house, staff } = world
  const id = tickets['main']!
  await house.at(msk('05 11:00:30'))
  await press(staff.it, id, 'workaround', { data: { priority: '3', remainder: 'Заменить диск в хранилище' } })
  await house.settle()
  const main = await staff.im.get(`/tickets/${id}`)
  expect(main).toMatchObject({ place: 'qa_test', priority: 3 })
  const followUp = main.links.find((link: Body) => link.kind === 'follow_up')
  expect(followUp).toMatchObject({ subject: 'Устранить: Портал не открывается', state: 'open' })
  const opened = await staff.im.get(`/tickets/${followUp.id}`)
  expect(opened).toMatchObject({ place: 'l1_classify', kind: 'incident', priority: 3 })
  expect(opened.messages[0].text).toBe('Заменить диск в хранилище')
  // nobody wrote it: no receipt goes out
  expect(house.post.to(LENA, 'Устранить:')).toEqual([])
  const { items } = await staff.im.get(`/tickets/${id}/clocks`)
  const clocks = items.filter((clock: Body) => clock.metric === 'resolution')
  expect(clocks.map((clock: Body) => clock.state)).toEqual(['met', 'running'])
  expect(await sentences(id)).toContainEqual(expect.stringMatching(/обходным путём/))
})

it('the parent waits for its parts, then the client confirms and a short post-mortem closes it', async () => {
  const { house, staff, lena } = world
  const [id, part] = [tickets['main']!, tickets['second']!]
  const button = (await staff.qa.get(`/tickets/${id}`)).outcomes.find((one: Body) => one.id === 'passed')
  const pass = () =>
    staff.qa.ask('POST', `/tickets/${id}/outcomes`, { outcome: 'passed', taskId: button.taskId, data: {} })
  expect((await pass()).body.code).toBe('ticket.parent_open_children')
  await press(staff.l1, part, 'answer', { reply: 'Портал снова открывается.' })
  expect((await pass()).status).toBe(200)
  await press(lena, id, 'confirm')
  expect(await placeOf(staff.im, id)).toBe('im_postmortem')
  await press(staff.im, id, 'done', { data: { summary: 'Кончилось место; поставили наблюдение' } })
  await lena.post(`/cabinet/tickets/${id}/rating`, { score: 4 })
  await house.settle()
  expect(await placeOf(staff.im, id)).toBe('closed')
  expect((await clockOf(staff.im, id, 'resolution')).state).toBe('met')
})

it('an estimate that the provider took back is nobody’s to approve any more', async () => {
  const { house, staff, lena } = world
  const id = await ask(lena, 'Новый отчёт', world.portalId)
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'service_request')
  const lines = [{ title: 'Отчёт', minutes: 60, activity: 'development' }]
  const { id: estimate } = await staff.it.post(`/tickets/${id}/estimates`, {
    specification: 'Отчёт',
    lines,
    validUntil: '2026-05-20',
  })
  await house.settle()
  await press(staff.it, id, 'withdraw', { note: 'Ошиблись в часах' })
  expect(
    (await lena.ask('POST', `/cabinet/estimates/${estimate}/decision`, { decision: 'approve', comment: '' })).status,
  ).toBe(409)
  expect((await staff.it.get(`/tickets/${id}/estimates`)).items[0].state).toBe('superseded')
})

it('an outsourced first line sees the tickets of the clients it serves, and neither money nor secrets nor others', async () => {
  const { staff } = world
  const mine = (await outsourced.get('/tickets?limit=200')).items
  expect(mine.map((row: Body) => row.id)).toEqual(expect.arrayContaining([tickets['second']]))
  expect(new Set(mine.map((row: Body) => row.client.id))).toEqual(new Set([world.clientId]))
  for (const part of ['', '/history', '/process', '/messages', '/vendor', '/partners', '/clocks'])
    expect([part, (await outsourced.ask('GET', `/tickets/${tickets['foreign']}${part}`)).status]).toEqual([part, 404])
  const contract = (await staff.am.get(`/clients/${world.clientId}`)).contracts?.[0]?.id ?? 1
  for (const path of [
    `/contracts/${contract}`,
    `/contracts/${contract}/balance`,
    `/contracts/${contract}/ledger`,
    '/months',
    '/insight/margin',
    '/audit',
    '/mailboxes',
    '/reports',
    '/catalogue/price-lists',
  ])
    expect([path, (await outsourced.ask('GET', path)).status >= 403]).toEqual([path, true])
  const seen = JSON.stringify(await outsourced.get(`/tickets/${tickets['second']}`))
  expect(seen).not.toMatch(/kopecks|rate|balance/i)
  // it classifies and answers; it neither decides the kind nor invites partners nor reaches the vendor's override
  const id = await ask(world.lena, 'Вопрос смене', world.portalId)
  expect((await outsourced.get(`/tickets/${id}`)).outcomes.map((one: Body) => one.id).sort()).toEqual(
    ['answer', 'ask_client', 'pass_on', 'reject'].sort(),
  )
  await press(outsourced, id, 'pass_on')
  expect((await outsourced.get(`/tickets/${id}`)).outcomes).toEqual([])
  const invitation = { email: 'x@partner.test', endsOn: '2026-06-01' }
  expect((await outsourced.ask('POST', `/tickets/${id}/partners`, invitation)).status).toBe(403)
})

it('a partner sees exactly the ticket that was passed on, without the client’s people, money and inner notes', async () => {
  const { staff } = world
  const id = await ask(world.lena, 'Не работает интеграция', world.portalId)
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'incident')
  await staff.it.post(`/tickets/${id}/notes`, { text: 'Между нами: клиент должен' })
  await press(staff.it, id, 'integrator', { data: { partner: PARTNER } })
  const partner = await world.partner()
  expect((await partner.get('/tickets')).items.map((row: Body) => row.id)).toEqual([id])
  const view = await partner.get(`/tickets/${id}`)
  expect(view).toMatchObject({
    people: [],
    links: [],
    children: [],
    contract: null,
    contactEmail: null,
    contactPhone: null,
  })
  expect(JSON.stringify(view)).not.toMatch(/клиент должен|lena@/)
  expect(view.outcomes.map((one: Body) => one.id).sort()).toEqual(['ask_client', 'back', 'done'])
  for (const part of ['/history', '/partners', '/vendor', '/time/preview'])
    expect([part, (await partner.ask('GET', `/tickets/${id}${part}`)).status >= 400]).toEqual([part, true])
  for (const name of ['main', 'second', 'foreign'])
    expect([name, (await partner.ask('GET', `/tickets/${tickets[name]}`)).status]).toEqual([name, 404])
  await press(partner, id, 'done', { note: 'Обновили вебхук' })
  expect(await placeOf(staff.qa, id)).toBe('qa_test')
})
