import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OutsideWorld, openOutsideWorld } from './help/outside-world.ts'
import { clockOf, inMoscow, msk, noticesAbout, placeOf, press } from './month/desk.ts'
import type { Body } from './month/visitor.ts'

let world: OutsideWorld
let id = 0
beforeAll(async () => {
  world = await openOutsideWorld()
})
afterAll(() => world?.house.close())

const QUESTION = { vendor_topic: 'basic_settings', vendor_number: '2148377' }
const send = async (who: 'it' | 'im', data: Body = QUESTION) =>
  world.staff[who].ask('POST', `/tickets/${id}/outcomes`, { outcome: 'vendor', taskId: 'it_diagnose', data })
const view = () => world.staff.it.get(`/tickets/${id}/vendor`)
const portal = async (change: Body) => {
  const path = `/portals/${world.sosna.portals['crm']}`
  const { version } = await world.staff.am.get(path)
  await world.staff.am.patch(path, change, version)
}
const reach = async (subject: string, contact = world.lena) => {
  const made = await contact.post('/cabinet/tickets', {
    portalId: world.sosna.portals['crm'],
    subject,
    saw: 'Ошибка 500',
  })
  await press(world.staff.l1, made.id, 'pass_on')
  await press(world.staff.im, made.id, 'incident')
  return made.id as number
}

it('a portal that is not eligible is refused with every reason, and the button is not offered', async () => {
  const { house, staff } = world
  await house.at(msk('04 10:00'))
  await portal({ product: 'bitrix24-boxed', licenceActivatedOn: '2024-01-10', licenceUntil: null })
  id = await reach('Не ставится обновление')
  const button = (await staff.it.get(`/tickets/${id}`)).outcomes.some((one: Body) => one.id === 'vendor')
  expect(button).toBe(false)
  const refusal = await send('it')
  expect(refusal).toMatchObject({
    status: 422,
    body: { code: 'ticket.vendor_not_eligible', details: { obstacles: ['licence_old'] } },
  })
  expect(refusal.body.message).toMatch(/не активирована и не продлена за последний год/)
  expect(await view()).toMatchObject({
    eligible: false,
    obstacles: [{ code: 'licence_old' }],
    override: null,
    wait: null,
  })
})

it('an incident manager gives a word with a reason, once, on record; nobody else may', async () => {
  const { staff } = world
  const path = `/tickets/${id}/vendor/override`
  for (const who of ['l1', 'it', 'dev', 'am'] as const)
    expect([who, (await staff[who].ask('POST', path, { reason: 'Надо' })).status]).toEqual([who, 403])
  expect((await staff.im.ask('POST', path, { reason: ' ' })).status).toBe(400)
  await staff.im.post(path, { reason: 'Вендор обещал посмотреть' })
  await staff.im.refused('ticket.vendor_override_needless', 'POST', path, { reason: 'Ещё раз' })
  expect(await view()).toMatchObject({
    eligible: false,
    override: { reason: 'Вендор обещал посмотреть', by: 'Игорь Смотров' },
  })
  const { items } = await staff.im.get(`/tickets/${id}/history?limit=500`)
  expect(items.at(-1).text).toMatch(/^Передать вендору разрешено.*Вендор обещал/)
  const log = (await staff.ad.get('/audit?limit=200')).items
  expect(log.find((row: Body) => row.action === 'vendor.overridden')).toBeTruthy()
})

it('the vendor takes what the dictionary says, under a number that is one', async () => {
  const { staff } = world
  const { outcomes } = await staff.it.get(`/tickets/${id}`)
  const fields = outcomes.find((one: Body) => one.id === 'vendor').fields
  expect(fields.find((field: Body) => field.name === 'vendor_topic').options.map((one: Body) => one.value)).toEqual([
    'basic_settings',
    'installation',
    'performance',
  ])
  expect((await send('it', { ...QUESTION, vendor_topic: 'weather' })).body.code).toBe('ticket.vendor_topic_unknown')
  expect((await send('it', { ...QUESTION, vendor_number: '<1>' })).body.code).toBe('ticket.vendor_number_malformed')
  expect((await send('it', { vendor_topic: 'installation' })).body.code).toBe('ticket.vendor_number_malformed')
  expect((await send('it', { vendor_number: '5' })).status).toBe(422)
})

it('the vendor’s own clock runs by its own hours to its own term, and says why', async () => {
  const { house, staff, lena } = world
  await house.at(msk('08 17:00'))
  const pressed = { outcome: 'vendor', taskId: 'it_diagnose', data: QUESTION }
  expect((await lena.ask('POST', `/cabinet/tickets/${id}/outcomes`, pressed)).body.code).toBe(
    'process.outcome_not_yours',
  )
  expect((await send('it', { ...QUESTION, vendor_topic: 'installation' })).status).toBe(200)
  expect(await placeOf(staff.it, id)).toBe('vendor_wait')
  // Friday 8 May: until 18, the eve of the holiday is an hour shorter; 9–11 May are days off; 6 hours: 1 on Friday, 5 on Tuesday
  const asked = await view()
  expect(asked.wait).toMatchObject({
    number: '2148377',
    topic: 'Установка коробочной версии',
    expectedMinutes: 360,
    late: false,
  })
  expect(inMoscow(asked.wait.expectedAt)).toBe('05-12 15:00')
  expect(asked.reminders.map((one: Body) => [one.kind, inMoscow(one.dueAt)])).toEqual([
    ['day3', '05-11 17:00'],
    ['share75', '05-12 13:30'],
    ['share100', '05-12 15:00'],
    ['day7', '05-15 17:00'],
  ])
  await house.at(msk('12 12:10:30'))
  const later = await view()
  expect(later.wait).toMatchObject({ workingMinutes: 60 + 130, clockMinutes: 91 * 60 + 10 })
  expect(later.intervals.filter((part: Body) => part.counted).map((part: Body) => part.minutes)).toEqual([60, 130])
  expect(later.intervals[0].from).toBe(asked.wait.askedAt)
  const [row] = (await staff.im.get('/vendor-waits')).items
  expect(row).toMatchObject({ ticket: { id, client: 'Сосна' }, number: '2148377', clockMinutes: 91 * 60 + 10 })
  // the client knows that the vendor is waited for, and nothing else of it
  const told = await lena.get(`/cabinet/tickets/${id}`)
  expect(told.status).toMatch(/вендор/i)
  expect(JSON.stringify(told)).not.toContain('2148377')
})

it('the owner is reminded at shares and after days, each once; nobody after the answer', async () => {
  const { house, staff } = world
  expect(await noticesAbout(staff.it, id)).toEqual(['vendor_silent'])
  await house.at(msk('12 14:00'))
  await house.settle()
  expect(await noticesAbout(staff.it, id)).toEqual(['vendor_silent', 'vendor_silent'])
  await house.at(msk('12 15:30:30'))
  expect(await noticesAbout(staff.it, id)).toEqual(['vendor_late', 'vendor_silent', 'vendor_silent'])
  expect((await view()).wait.late).toBe(true)
  await staff.l1.refused('access.not_allowed', 'POST', `/tickets/${id}/vendor/override`, { reason: 'Нельзя' })
  const { version } = (await view()).wait
  await staff.it.patch(`/tickets/${id}/vendor`, { number: '2148377-2' }, version)
  expect((await staff.it.ask('PATCH', `/tickets/${id}/vendor`, { number: '7' }, version)).status).toBe(409)
  await staff.it.post(`/tickets/${id}/vendor/answer`, { text: 'Обновите PHP до 8.2' })
  expect(await placeOf(staff.it, id)).toBe('it_diagnose')
  const done = await view()
  expect(done).toMatchObject({
    wait: null,
    earlier: [{ number: '2148377-2', endedAs: 'answered', workingMinutes: 60 + 330 }],
  })
  expect((await staff.im.get('/vendor-waits')).items).toEqual([])
  await house.at(msk('16 12:00'))
  expect((await noticesAbout(staff.it, id)).filter((kind) => kind.startsWith('vendor'))).toHaveLength(3)
  await staff.it.refused('ticket.vendor_not_asked', 'POST', `/tickets/${id}/vendor/answer`, { text: 'Ещё' })
  const messages = (await staff.it.get(`/tickets/${id}`)).messages
  expect(messages.at(-1)).toMatchObject({ visibility: 'note', text: 'Обновите PHP до 8.2' })
})

it('a wait that ends without an answer is told as that; the same number may stand on another ticket', async () => {
  const { house, staff } = world
  await portal({ product: 'bitrix24-cloud', edition: 'professional', licenceActivatedOn: null })
  const first = id
  id = await reach('Второй вопрос')
  expect(await view()).toMatchObject({ eligible: true, obstacles: [] })
  const taken = await send('it', { vendor_topic: 'installation', vendor_number: '2148377-2' })
  expect(taken.body).toMatchObject({ code: 'ticket.vendor_topic_not_taken' })
  expect((await send('it', { vendor_topic: 'basic_settings', vendor_number: '2148377-2' })).status).toBe(200)
  const other = await reach('Третий')
  const into = await staff.im.post(`/tickets/${id}/merge`, { intoId: other })
  expect(into.id).toBe(other)
  expect(await view()).toMatchObject({ wait: null, earlier: [{ endedAs: 'left' }] })
  await house.at(msk('30 12:00'))
  expect((await noticesAbout(staff.it, id)).filter((kind) => kind.startsWith('vendor'))).toEqual([])
  expect(first).not.toBe(id)
})

it('waiting for the vendor pauses what the contract says, and no more', async () => {
  const clock = await clockOf(world.staff.im, id, 'resolution')
  expect(clock === null || clock.state !== 'running').toBe(true)
})

it('hours, terms, reminders and topics are the administrator’s, by version', async () => {
  const { staff } = world
  const { version, ...now } = await staff.ad.get('/vendor-settings')
  const change = { ...now, remindDays: [2], link: 'https://vendor.test/cases/{number}' }
  expect((await staff.im.ask('PUT', '/vendor-settings', change, version)).status).toBe(403)
  const refused = async (body: Body) => (await staff.ad.ask('PUT', '/vendor-settings', body, version)).body.code
  expect(await refused({ ...change, calendarCode: 'nobody' })).toBe('ticket.vendor_calendar_unknown')
  const twice = { ...change, topics: [...now.topics, now.topics[0]] }
  expect(await refused(twice)).toBe('ticket.vendor_topic_twice')
  const topics = [{ code: 'telephony', nameRu: 'Телефония', nameEn: 'Telephony', hosting: null }]
  await staff.ad.put('/vendor-settings', { ...change, topics }, version)
  expect((await staff.ad.ask('PUT', '/vendor-settings', change, version)).status).toBe(409)
  expect((await staff.it.get('/vendor-settings')).topics).toEqual(topics)
})
