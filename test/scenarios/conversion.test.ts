import { afterAll, beforeAll, expect, it } from 'vitest'
import { clockOf, inMoscow, msk, placeOf, press } from './month/desk.ts'
import type { Body } from './month/visitor.ts'
import { LENA, openWalkWorld, type WalkWorld } from './walk/walk-world.ts'

let world: WalkWorld
let id = 0
let number = 0
beforeAll(async () => {
  world = await openWalkWorld()
})
afterAll(() => world?.house.close())

const SUBJECT = 'Кнопка «Сохранить» пропала'
const ticket = (): Promise<Body> => world.staff.im.get(`/tickets/${id}`)
const kindsInHistory = async (): Promise<Body[]> =>
  (await world.staff.im.get(`/tickets/${id}/history?limit=500`)).items
    .filter((fact: Body) => fact.type === 'kind_changed')
    .map((fact: Body) => [fact.data.from, fact.data.to])
const used = async (): Promise<number> =>
  (await world.staff.im.get(`/tickets/${id}/clocks/resolution/1/explain`)).usedMinutes
const texts = async (): Promise<string[]> => (await ticket()).messages.map((message: Body) => message.text)
/** At every turn: the same number, the same thread, one clock of the solution that began when the request came. */
async function isStillItself(words: readonly string[]): Promise<void> {
  const now = await ticket()
  expect([now.id, now.number, now.subject]).toEqual([id, number, SUBJECT])
  expect(await texts()).toEqual(expect.arrayContaining([...words]))
  const { items } = await world.staff.im.get(`/tickets/${id}/clocks`)
  const clocks = items.filter((clock: Body) => clock.metric === 'resolution')
  expect(clocks).toHaveLength(1)
  expect(inMoscow(clocks[0].registeredAt ?? clocks[0].startedAt)).toBe('05-04 10:00')
}

it('begins as an incident: the first line asks, the client answers, the second line diagnoses', async () => {
  const { house, staff, lena } = world
  await house.at(msk('04 10:00:30'))
  const made = await lena.post('/cabinet/tickets', { portalId: world.portalId, subject: SUBJECT, saw: 'Кнопки нет' })
  id = made.id
  number = made.number
  await press(staff.l1, id, 'ask_client', { reply: 'В каком браузере?' })
  await house.at(msk('04 12:00:30'))
  await lena.post(`/cabinet/tickets/${id}/replies`, { text: 'В любом' })
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'incident')
  await staff.it.post(`/tickets/${id}/notes`, { text: 'Кнопку убрали настройкой' })
  expect(await clockOf(staff.im, id, 'resolution')).toMatchObject({ state: 'running' })
  expect((await ticket()).kind).toBe('incident')
})

it('turns out to be a change; its used and its paused time go with it', async () => {
  const { house, staff } = world
  await house.at(msk('04 15:00:30'))
  const before = await used()
  await press(staff.it, id, 'reroute', { note: 'Это не сбой: просят другое поведение' })
  await press(staff.im, id, 'change')
  expect(await placeOf(staff.an, id)).toBe('an_specify')
  expect((await ticket()).kind).toBe('change')
  expect(await used()).toBe(before)
  // 10 to 15 less the two hours in which the client was asked
  expect(before).toBe(3 * 60)
  await isStillItself(['В каком браузере?', 'В любом', 'Кнопку убрали настройкой'])
})

it('an estimate that waits for the client pauses it as a change; converted back from the development it goes on', async () => {
  const { house, staff, lena } = world
  await staff.an.post(`/tickets/${id}/estimates`, {
    specification: 'Вернуть кнопку особым правилом',
    lines: [{ title: 'Правило', minutes: 120, activity: 'development' }],
    validUntil: '2026-05-20',
  })
  await house.settle()
  await house.at(msk('05 11:00:30'))
  expect(await clockOf(staff.im, id, 'resolution')).toMatchObject({ state: 'paused', dueAt: null })
  const [estimate] = (await staff.an.get(`/tickets/${id}/estimates`)).items
  await lena.post(`/cabinet/estimates/${estimate.id}/decision`, { decision: 'approve', comment: 'Да' })
  await house.settle()
  await press(staff.rb, id, 'rework', { note: 'Это настройка прав, разработки не нужно' })
  await press(staff.an, id, 'reroute', { note: 'Нужны только права' })
  await press(staff.im, id, 'service_request')
  expect((await ticket()).kind).toBe('service_request')
  expect(await placeOf(staff.it, id)).toBe('it_service')
  await isStillItself(['Это настройка прав, разработки не нужно'])
  // Monday 3 h; the estimate waited from 15:00 to Tuesday 11:00
  expect(await used()).toBe(3 * 60)
})

it('ends as a consultation: answered, returned, answered; nothing was lost and the clock explains every stretch', async () => {
  const { house, staff, lena } = world
  await house.at(msk('05 13:00:30'))
  await press(staff.it, id, 'reroute', { note: 'Права на месте: показать, где включить' })
  await press(staff.im, id, 'consultation')
  await press(staff.it, id, 'answer', { reply: 'Включите «Показывать кнопку» в настройках карточки.' })
  await house.settle()
  expect((await clockOf(staff.im, id, 'resolution')).state).toBe('met')
  await house.at(msk('05 16:00:30'))
  await press(lena, id, 'return', { data: { reason: 'Не нашла' } })
  // a solution that was rejected never stopped the clock
  expect((await clockOf(staff.im, id, 'resolution')).state).toBe('running')
  await press(staff.it, id, 'answer', { reply: 'Карточка → шестерёнка → «Кнопки».' })
  await house.settle()
  await press(lena, id, 'confirm')
  const why = await staff.im.get(`/tickets/${id}/clocks/resolution/1/explain`)
  const counted = why.intervals.filter((part: Body) => part.counted)
  expect(counted.reduce((sum: number, part: Body) => sum + part.minutes, 0)).toBe(why.usedMinutes)
  // Monday 10–15 less 2 hours of asking; Tuesday 11–16
  expect(why.usedMinutes).toBe((3 + 5) * 60)
  expect(why.intervals.map((part: Body) => part.text).join(' ')).toMatch(/ждали клиента.*соглас/is)
  expect(await kindsInHistory()).toEqual([
    [null, 'incident'],
    ['incident', 'change'],
    ['change', 'service_request'],
    ['service_request', 'consultation'],
  ])
  await isStillItself(['В каком браузере?', 'Карточка → шестерёнка → «Кнопки».'])
  expect(await clockOf(staff.im, id, 'reaction')).toMatchObject({ state: 'met' })
})

it('letters to the old conversation come to the same ticket, whatever it has become', async () => {
  const { house, staff } = world
  const letter = house.post.to(LENA, `[#${number}]`)[0]!
  await house.write({ from: LENA, subject: `Re: ${letter.subject}`, text: 'Спасибо, нашла', answers: letter })
  expect(await texts()).toContain('Спасибо, нашла')
  expect(
    (await staff.im.get('/tickets?limit=200')).items.filter((row: Body) => row.subject.includes('Сохранить')),
  ).toHaveLength(1)
})
