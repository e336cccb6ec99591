import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../scenarios/month/company.ts'
import { press } from '../scenarios/month/desk.ts'
import { PASSWORD } from '../scenarios/month/installation.ts'
import { tokenIn } from '../scenarios/month/post-office.ts'
import type { Body } from '../scenarios/month/visitor.ts'
import { ANNA, IRINA, latestLink, openStage, type Seat, type Stage, soon } from './stage.ts'

/**
 * The deciding buttons of the shipped process on the pages of who presses them. The steps between go by the API: every branch of it is
 * walked so in test/scenarios.
 */
let stage: Stage
const seats = {} as Record<'im' | 'it' | 'qa' | 'rb' | 'anna' | 'guest', Seat>
const PARTNER = 'petr@partner.test'

beforeAll(async () => {
  stage = await openStage()
  for (const role of ['im', 'it', 'qa', 'rb'] as const) seats[role] = await seatOf(role)
  seats.anna = await stage.seat()
  await cabinetOf(ANNA)
  seats.guest = await stage.seat()
})
afterAll(async () => {
  await stage?.clear()
  await stage?.close()
})

/** Somebody of the provider, signed in by the API: how people sign in is the business of other tests. */
async function seatOf(role: StaffRole | 'ad'): Promise<Seat> {
  const seat = await stage.seat()
  const person = { email: `${role === 'ad' ? 'admin' : role}@opora-scenario.test`, password: PASSWORD }
  const code = stage.staff[role].recoveryCodes.at(-1)
  await signIn(seat.page, '/session', code === undefined ? person : { ...person, code })
  return seat
}

async function cabinetOf(address: string): Promise<void> {
  await stage.house.visitor(address).post('/session/magic-link', { email: address })
  await stage.house.settle()
  await signIn(seats.anna.page, '/session/magic', { token: tokenIn(stage.house.post.last(address, 'Вход')) })
}

async function signIn(page: Page, path: string, data: Body): Promise<void> {
  const answer = await page.request.post(`/api/v1${path}`, { data })
  expect(answer.status(), await answer.text()).toBeLessThan(300)
}

interface Given {
  /** Values of the button's fields by their labels. */
  fields?: Record<string, string>
  file?: string
}
type Ticket = { id: number; number: number }

const task = (page: Page) => page.getByRole('region', { name: 'Сейчас' })
const placeOf = async ({ id }: Ticket): Promise<string> => (await stage.staff.im.get(`/tickets/${id}`)).place
/** By the API, a step between. */
const step = (who: StaffRole, { id }: Ticket, outcome: string, given: Parameters<typeof press>[3] = {}) =>
  press(stage.staff[who], id, outcome, given)

/** Opens the ticket as this person, presses the button and gives what it asks for; the ticket comes to that place. */
async function decide(who: 'im' | 'it' | 'qa' | 'rb', ticket: Ticket, label: string, place: string, given: Given = {}) {
  const { page } = seats[who]
  await page.goto(`/desk/tickets/${ticket.number}`)
  await task(page).getByRole('button', { name: label }).first().click()
  const dialog = page.getByRole('dialog')
  for (const [name, value] of Object.entries(given.fields ?? {})) await fill(dialog.getByLabel(name), value)
  if (given.file) {
    const file = { name: given.file, mimeType: 'text/plain', buffer: Buffer.from('12 проверок, все прошли') }
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByText(given.file).waitFor()
  }
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await soon(() => placeOf(ticket)).toBe(place)
}

async function fill(field: ReturnType<Page['getByLabel']>, value: string): Promise<void> {
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value })
  else await field.fill(value)
}

/** The client's button, in the cabinet. */
async function answer(ticket: Ticket, label: string, place: string): Promise<void> {
  const { page } = seats.anna
  await page.goto(`/cabinet/tickets/${ticket.id}`)
  await page.getByRole('button', { name: label, exact: true }).click()
  await soon(() => placeOf(ticket)).toBe(place)
}

describe('the shipped process by the buttons of the ticket’s page', { timeout: 60_000 }, () => {
  it('an accident: parts gather, clients are told, a work-around, a test, the client’s yes, the post-mortem', async () => {
    const main = await stage.letter(ANNA, 'Портал лежит', 'На https://crm.romashka.test ничего не открывается.')
    const part = await stage.letter(IRINA, 'Не войти на портал', 'Не пускает.')
    await stage.staff.l1.post(`/tickets/${main.id}/links`, { toId: part.id, kind: 'related' })
    await step('l1', main, 'pass_on')
    await decide('im', main, 'Авария', 'acc_fix')
    await seats.im.page.getByText('Не войти на портал').first().waitFor()
    await stage.house.settle()
    expect(stage.house.post.to(ANNA, 'Авария, мы её устраняем')).toHaveLength(1)
    expect(stage.house.post.to(IRINA, 'Авария, мы её устраняем: Не войти')).toHaveLength(1)
    const fields = { 'Новый приоритет': '3 — средний', 'Что осталось устранить': 'Заменить диск' }
    await decide('it', main, 'Обходное решение', 'qa_test', { fields })
    await step('l1', part, 'answer', { reply: 'Портал снова открывается.' })
    await step('qa', main, 'passed')
    await answer(main, 'Подтвердить', 'im_postmortem')
    const summary = { 'Что случилось, почему, что сделаем': 'Кончилось место; поставили наблюдение' }
    await decide('im', main, 'Разбор готов', 'rating', { fields: summary })
  })

  it('a change: specification, estimate, board, development, test on a copy, window, roll-back, acceptance', async () => {
    const change = await stage.letter(ANNA, 'Согласование скидок', 'На https://crm.romashka.test нужно согласование.')
    await step('l1', change, 'pass_on')
    await step('im', change, 'change')
    await stage.staff.an.post(`/tickets/${change.id}/estimates`, {
      specification: 'Два шага согласования',
      lines: [{ title: 'Процесс', minutes: 240, activity: 'development' }],
      validUntil: '2026-05-29',
    })
    await stage.house.settle()
    const { page } = seats.guest
    await page.goto(latestLink(stage.house, IRINA, 'Оценка на согласование'))
    await page.getByRole('button', { name: 'Согласовать', exact: true }).click()
    await soon(() => placeOf(change)).toBe('rb_board')
    await step('rb', change, 'rework', { note: 'Опишите откат' })
    await step('an', change, 'covered', { data: { specification: 'Два шага согласования, откат — выключить' } })
    await decide('rb', change, 'Одобрить', 'dev_build')
    await step('dev', change, 'done', { note: 'Собрано на копии, проверить скидку 11 %' })
    await decide('qa', change, 'Проверка прошла', 'it_window', { file: 'отчёт.txt' })
    const window = { 'Начало окна': '2026-05-14T20:00', 'План отката': 'Выключить процесс' }
    await decide('it', change, 'Окно согласовано', 'it_planned', { fields: window })
    await step('it', change, 'start_now', { note: 'Клиент попросил раньше' })
    await step('it', change, 'rolled_back', { note: 'Скидка не сохраняется' })
    await step('dev', change, 'done', { note: 'Исправлено' })
    const report = await stage.staff.qa.upload('отчёт-2.txt', Buffer.from('12 проверок, все прошли'))
    await step('qa', change, 'passed', { data: { report } })
    await step('it', change, 'agreed', { data: { window_at: '2026-05-14T17:00:00.000Z', rollback_plan: 'Выключить' } })
    await step('it', change, 'start_now', { note: 'Окно открыто' })
    await step('it', change, 'installed')
    await answer(change, 'Принять', 'rating')
  })

  it('an incident for the vendor and a partner: the manager’s word, the vendor’s clock, an invitation and its end', async () => {
    const ticket = await stage.letter(ANNA, 'Не ставится обновление', 'На https://crm.romashka.test ошибка.')
    await step('l1', ticket, 'pass_on')
    await step('im', ticket, 'incident')
    const { page } = seats.im
    await page.goto(`/desk/tickets/${ticket.number}`)
    await page.locator('summary', { hasText: /^Вендор/ }).click()
    await page.getByRole('button', { name: 'Разрешить с причиной' }).click()
    await page.getByRole('dialog').getByLabel('Причина').fill('Вендор обещал посмотреть')
    await page.getByRole('dialog').getByRole('button', { name: 'Разрешить', exact: true }).click()
    await page.getByText('Вендор обещал посмотреть').first().waitFor()
    const fields = { 'Тема для вендора': 'Базовые настройки', 'Номер обращения у вендора': '2148377' }
    await decide('it', ticket, 'Передать вендору', 'vendor_wait', { fields })
    await seats.it.page.getByRole('button', { name: /^0 мин из|из 6 ч/ }).click()
    await seats.it.page.getByRole('dialog', { name: 'Сколько вендор думает' }).waitFor()
    await seats.im.page.goto('/desk/vendor')
    await seats.im.page.getByRole('grid').getByText('2148377').waitFor()

    await page.goto(`/desk/tickets/${ticket.number}`)
    await page.locator('summary', { hasText: /^Партнёры/ }).click()
    await page.getByRole('button', { name: 'Пригласить партнёра' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Адрес почты').fill(PARTNER)
    await dialog.getByLabel('Последний день доступа').fill('2026-05-20')
    await dialog.getByRole('button', { name: 'Отправить приглашение' }).click()
    await page.getByText(PARTNER).waitFor()
    await stage.house.settle()
    const { page: guest } = seats.guest
    await guest.goto(latestLink(stage.house, PARTNER, 'Вас просят помочь', '/sign-in/magic'))
    await guest.getByRole('button', { name: 'Войти', exact: true }).click()
    await guest.getByText('Не ставится обновление').first().waitFor()
    await guest.goto(`/desk/tickets/${ticket.number}`)
    await guest.getByRole('heading', { name: /Не ставится обновление/ }).waitFor()
    expect(await guest.getByText(ANNA).count()).toBe(0)
    expect(await guest.locator('summary', { hasText: /^Партнёры/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Отозвать', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Отозвать', exact: true }).click()
    await page.getByText(`${PARTNER} · отозвано`).waitFor()
  })

  it('the vendor’s terms, reminders and topics are set on a page of the settings', async () => {
    const { page, watch } = await seatOf('ad')
    watch.expect(/^400 PUT \/api\/v1\/vendor-settings$/)
    await page.goto('/desk/settings/vendor')
    await page.getByLabel('Активная лицензия').fill('8 ч')
    await page.getByLabel('Через сколько дней').fill('2, 5')
    await page.getByRole('button', { name: 'Добавить тему' }).click()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel('Тема', { exact: true }).last().fill('Телефония')
    await page.getByLabel('По-английски', { exact: true }).last().fill('Telephony')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Сохранено').waitFor()
    const now = await stage.staff.ad.get('/vendor-settings')
    expect(now).toMatchObject({ answerMinutes: { active_licence: 480 }, remindDays: [2, 5] })
    expect(now.topics.at(-1)).toMatchObject({ nameRu: 'Телефония', nameEn: 'Telephony', hosting: null })
  })
})
