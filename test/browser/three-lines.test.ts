import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../scenarios/month/company.ts'
import { ANNA, IRINA, latestLink, openStage, type Seat, type Stage, soon } from './stage.ts'

/** The shipped process by the buttons of the ticket's page, each by a person of its own role. */
let stage: Stage
const seats = {} as Record<'l1' | 'im' | 'it' | 'dev' | 'qa' | 'an' | 'rb' | 'anna' | 'irina', Seat>
const PARTNER = 'petr@partner.test'

beforeAll(async () => {
  stage = await openStage()
  const sit = async (role: StaffRole & keyof typeof seats) => {
    seats[role] = await stage.staffSeat(role)
    if (role === 'it') await enterCode(seats.it)
    await seats[role].page.getByRole('navigation', { name: 'Меню' }).first().waitFor()
  }
  await Promise.all((['l1', 'im', 'qa', 'an'] as const).map(sit))
  await Promise.all((['it', 'dev', 'rb'] as const).map(sit))
  seats.anna = await stage.clientSeat(ANNA)
  seats.irina = await stage.clientSeat(IRINA)
})
afterAll(async () => {
  await stage?.clear()
  await stage?.close()
})

/** The second line's second factor: a recovery code, where an app would show another every half minute. */
async function enterCode({ page, watch }: Seat): Promise<void> {
  watch.expect(/^401 POST \/api\/v1\/session$/)
  await page.getByLabel('Код из приложения').fill(stage.staff.it.recoveryCodes[1]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
}

interface Given {
  /** Values of the button's fields by their labels. */
  fields?: Record<string, string>
  /** The note or the reply that it asks for. */
  text?: string
  file?: string
}
type Ticket = { id: number; number: number }

const task = (page: Page) => page.getByRole('region', { name: 'Сейчас' })
const placeOf = async ({ id }: Ticket): Promise<string> => (await stage.staff.im.get(`/tickets/${id}`)).place

/** Opens the ticket as this person, presses the button and gives what it asks for; the ticket comes to that place. */
async function press(who: keyof typeof seats, ticket: Ticket, label: string, place: string, given: Given = {}) {
  const { page } = seats[who]
  await page.goto(`/desk/tickets/${ticket.number}`)
  await task(page).getByRole('button', { name: label }).first().click()
  if (given.text !== undefined) {
    const box = page.getByRole('textbox', { name: /^(Ответ клиенту|Внутренняя заметка)$/ })
    await box.fill(given.text)
    await page.getByRole('button', { name: new RegExp(`(Отправить|Сохранить) и «${label}»`) }).click()
  } else {
    const dialog = page.getByRole('dialog')
    for (const [name, value] of Object.entries(given.fields ?? {})) await fill(dialog.getByLabel(name), value)
    if (given.file) {
      const file = { name: given.file, mimeType: 'text/plain', buffer: Buffer.from('12 проверок, все прошли') }
      await dialog.locator('input[type=file]').setInputFiles(file)
      await dialog.getByText(given.file).waitFor()
    }
    await dialog.getByRole('button', { name: label, exact: true }).click()
  }
  await soon(() => placeOf(ticket)).toBe(place)
}

async function fill(field: ReturnType<Page['getByLabel']>, value: string): Promise<void> {
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value })
  else await field.fill(value)
}

/** The client's button, in the cabinet. */
async function answer(who: 'anna' | 'irina', ticket: Ticket, label: string, place: string): Promise<void> {
  const { page } = seats[who]
  await page.goto(`/cabinet/tickets/${ticket.id}`)
  await page.getByRole('button', { name: label, exact: true }).click()
  await soon(() => placeOf(ticket)).toBe(place)
}

describe('the shipped process by the buttons of the ticket’s page', { timeout: 120_000 }, () => {
  it('an accident: parts gather, clients are told, a work-around, a test, the client’s yes, the post-mortem', async () => {
    const main = await stage.letter(ANNA, 'Портал лежит', 'На https://crm.romashka.test ничего не открывается.')
    const part = await stage.letter(IRINA, 'Не войти на портал', 'Не пускает.')
    await stage.staff.l1.post(`/tickets/${main.id}/links`, { toId: part.id, kind: 'related' })
    await press('l1', main, 'Передать дальше', 'im_route')
    await press('im', main, 'Авария', 'acc_fix')
    await seats.im.page.getByText('Не войти на портал').first().waitFor()
    await stage.house.settle()
    expect(stage.house.post.to(ANNA, 'Авария, мы её устраняем')).toHaveLength(1)
    expect(stage.house.post.to(IRINA, 'Авария, мы её устраняем: Не войти')).toHaveLength(1)
    const fields = { 'Новый приоритет': '3 — средний', 'Что осталось устранить': 'Заменить диск' }
    await press('it', main, 'Обходное решение', 'qa_test', { fields })
    await press('l1', part, 'Ответ дан', 'confirm', { text: 'Портал снова открывается.' })
    await press('qa', main, 'Проверка прошла', 'confirm')
    await answer('anna', main, 'Подтвердить', 'im_postmortem')
    const summary = { 'Что случилось, почему, что сделаем': 'Кончилось место; поставили наблюдение' }
    await press('im', main, 'Разбор готов', 'rating', { fields: summary })
  })

  it('a change: specification, estimate, board, development, test on a copy, window, roll-back, acceptance', async () => {
    const change = await stage.letter(ANNA, 'Согласование скидок', 'На https://crm.romashka.test нужно согласование.')
    await press('l1', change, 'Передать дальше', 'im_route')
    await press('im', change, 'Изменение', 'an_specify')
    await stage.staff.an.post(`/tickets/${change.id}/estimates`, {
      specification: 'Два шага согласования',
      lines: [{ title: 'Процесс', minutes: 240, activity: 'development' }],
      validUntil: '2026-05-29',
    })
    await stage.house.settle()
    const { page } = seats.irina
    await page.goto(latestLink(stage.house, IRINA, 'Оценка на согласование'))
    await page.getByRole('button', { name: 'Согласовать', exact: true }).click()
    await soon(() => placeOf(change)).toBe('rb_board')
    await press('rb', change, 'На доработку', 'an_specify', { fields: { 'Внутренняя заметка': 'Опишите откат' } })
    const specification = { 'Краткая спецификация': 'Два шага согласования, откат — выключить' }
    await press('an', change, 'Оценка не нужна, на коллегию', 'rb_board', { fields: specification })
    await press('rb', change, 'Одобрить', 'dev_build')
    await press('dev', change, 'Готово к проверке', 'qa_copy', { text: 'Собрано на копии, проверить скидку 11 %' })
    await press('qa', change, 'Проверка прошла', 'it_window', { file: 'отчёт.txt' })
    const window = { 'Начало окна': '2026-05-14T20:00', 'План отката': 'Выключить процесс' }
    await press('it', change, 'Окно согласовано', 'it_planned', { fields: window })
    await press('it', change, 'Начать сейчас', 'it_install', { text: 'Клиент попросил раньше' })
    await press('it', change, 'Откат', 'dev_build', { text: 'Скидка не сохраняется' })
    await press('dev', change, 'Готово к проверке', 'qa_copy', { text: 'Исправлено' })
    await press('qa', change, 'Проверка прошла', 'it_window', { file: 'отчёт-2.txt' })
    await press('it', change, 'Окно согласовано', 'it_planned', { fields: window })
    await press('it', change, 'Начать сейчас', 'it_install', { text: 'Окно открыто' })
    await press('it', change, 'Установлено', 'client_accept')
    await answer('anna', change, 'Принять', 'rating')
  })

  it('an incident for the vendor and a partner: the manager’s word, the vendor’s clock, an invitation and its end', async () => {
    const ticket = await stage.letter(ANNA, 'Не ставится обновление', 'На https://crm.romashka.test ошибка.')
    await press('l1', ticket, 'Передать дальше', 'im_route')
    await press('im', ticket, 'Инцидент', 'it_diagnose')
    const { page } = seats.im
    await page.locator('summary', { hasText: /^Вендор/ }).click()
    await page.getByRole('button', { name: 'Разрешить с причиной' }).click()
    await page.getByRole('dialog').getByLabel('Причина').fill('Вендор обещал посмотреть')
    await page.getByRole('dialog').getByRole('button', { name: 'Разрешить', exact: true }).click()
    await page.getByText('Вендор обещал посмотреть').first().waitFor()
    const fields = { 'Тема для вендора': 'Базовые настройки', 'Номер обращения у вендора': '2148377' }
    await press('it', ticket, 'Передать вендору', 'vendor_wait', { fields })
    await seats.it.page.goto(`/desk/tickets/${ticket.number}`)
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
    const partner = await stage.seat()
    await partner.page.goto(latestLink(stage.house, PARTNER, 'Вас просят помочь', '/sign-in/magic'))
    await partner.page.getByRole('button', { name: 'Войти', exact: true }).click()
    await partner.page.getByText('Не ставится обновление').first().waitFor()
    await partner.page.goto(`/desk/tickets/${ticket.number}`)
    await partner.page.getByRole('heading', { name: /Не ставится обновление/ }).waitFor()
    expect(await partner.page.getByText(ANNA).count()).toBe(0)
    expect(await partner.page.locator('summary', { hasText: /^Партнёры/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Отозвать', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Отозвать', exact: true }).click()
    await page.getByText(`${PARTNER} · отозвано`).waitFor()
  })
})
