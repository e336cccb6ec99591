import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, PASSWORD } from '../scenarios/month/installation.ts'
import { ANNA, latestLink, openStage, PHONE, type Stage, signIn, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
const SUBJECT = 'Не приходят уведомления'
let first: { id: number; number: number }

beforeAll(async () => {
  stage = await openStage()
  first = await stage.letter(ANNA, SUBJECT, 'С утра на https://crm.romashka.test не приходят уведомления о задачах.')
  await stage.letter(ANNA, 'Не сохраняется сделка', 'На https://crm.romashka.test сделка не сохраняется.')
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const task = (page: Page) => page.getByRole('region', { name: 'Сейчас' })
const conversation = (page: Page) => page.getByRole('list', { name: 'Переписка' })
const reply = (page: Page) => page.getByRole('region', { name: 'Ответ клиенту' })
const note = (page: Page) => page.getByRole('region', { name: 'Внутренняя заметка' })
const replyText = (page: Page) => reply(page).getByRole('textbox', { name: 'Ответ клиенту' })
const noteText = (page: Page) => note(page).getByRole('textbox', { name: 'Внутренняя заметка' })

async function openTicket(page: Page, { number }: { number: number }): Promise<void> {
  await page.goto(`/desk/tickets/${number}`)
  await task(page).waitFor()
}

describe('the desk in a browser', () => {
  it.each(['/desk', '/desk/clients', '/desk/contracts', '/desk/months', '/desk/tickets/1000', '/cabinet'])(
    'leads a stranger from %s to signing in',
    async (address) => {
      const { page, watch } = await stage.seat()
      watch.expect(/^401 GET /)
      await page.goto(address)
      await page.getByLabel('Электронная почта').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/${address.split('/')[1]}/sign-in`)
      expect(await hindrances(page)).toEqual([])
    },
  )

  it('begins at the month for finance, who sees of a ticket its facts and hours and not its words', async () => {
    const { page, watch } = await stage.staffSeat('fi')
    watch.expect(/^403 GET .*\/presence/)
    watch.expect(/^401 POST \/api\/v1\/session$/)
    await page.getByLabel('Код из приложения').fill(stage.staff.fi.recoveryCodes[0]!)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.waitForURL('**/desk/months')
    await page.goto(`/desk/tickets/${first.number}`)
    await page.getByRole('heading', { name: new RegExp(SUBJECT) }).waitFor()
    await page.getByText('Переписку читают те, кто работает с обращением').waitFor()
    await page.getByText('Времени пока не записано').waitFor()
    expect(await conversation(page).count()).toBe(0)
    expect(await hindrances(page)).toEqual([])
  })

  it('signs an operator in, shows the views with counters and opens a ticket by the keyboard', async () => {
    const { page } = await stage.staffSeat('l1')
    const rows = page.getByRole('grid').getByRole('row').filter({ hasText: 'Ромашка' })
    await soon(() => rows.count()).toBe(2)
    const views = page.getByRole('navigation', { name: 'Меню' }).getByRole('link').filter({ hasText: /\d$/ })
    await soon(() => views.count()).toBeGreaterThan(0)
    expect(await hindrances(page)).toEqual([])
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const focused = page.locator('tr:focus')
    const number = Number(await focused.getByRole('link').textContent())
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk/tickets/${number}`)
    await task(page).waitFor()
    await page.goBack()
    await soon(() => rows.count()).toBe(2)
  })

  it('explains a deadline by its intervals', async () => {
    const { page } = await stage.staffSeat('l1')
    await page.getByRole('grid').getByText(SUBJECT).waitFor()
    await openTicket(page, first)
    const clock = page.getByRole('button', { name: /осталось/ }).first()
    await clock.click()
    const why = page.getByRole('dialog', { name: /почему такой срок/ })
    // of Wednesday 13 May from 11:00, by the contract's four hours
    await why.getByText('Обещано').waitFor()
    await why
      .getByText(/13 мая.*11:00/)
      .first()
      .waitFor()
    await why.getByRole('row', { name: /^Цель\s*4\sч$/ }).waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'hidden' })
  })

  it('keeps reply and note apart: colour, icon, words, button, and a note has no recipients', async () => {
    const { page } = await stage.staffSeat('l1')
    await page.getByRole('grid').waitFor()
    await openTicket(page, first)
    await page.keyboard.press('r')
    await reply(page).getByText('Увидит клиент: Анна Рядова').waitFor()
    const asReply = await looksOf(page, 'Отправить клиенту')
    expect(await reply(page).getByText('Копия').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await note(page).getByText('Клиент этого не увидит').waitFor()
    const asNote = await looksOf(page, 'Сохранить заметку')
    expect(await note(page).getByText('Копия').count()).toBe(0)
    expect(await note(page).getByText('Анна Рядова').count()).toBe(0)
    expect(asNote.sheet).not.toBe(asReply.sheet)
    expect(asNote.button).not.toBe(asReply.button)
    expect(asNote.icon).not.toBe(asReply.icon)

    await noteText(page).fill('Похоже на очередь сообщений')
    await page.keyboard.press('Control+Enter')
    const saved = conversation(page).getByRole('listitem').filter({ hasText: 'Похоже на очередь' })
    await saved.getByText('Внутренняя заметка').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('r')
    await replyText(page).fill('Смотрим очередь, ответим сегодня.')
    await page.keyboard.press('Control+Enter')
    const sent = conversation(page).getByRole('listitem').filter({ hasText: 'Смотрим очередь' })
    await sent.getByText('Ответ клиенту').waitFor()
    expect(await backgroundOf(saved.getByRole('article'))).not.toBe(await backgroundOf(sent.getByRole('article')))
    await stage.house.settle()
    const letters = stage.house.post.to(ANNA).map((letter) => letter.text)
    expect(letters.filter((text) => text.includes('Смотрим очередь'))).toHaveLength(1)
    expect(letters.filter((text) => text.includes('Похоже на очередь'))).toEqual([])
  })

  it('keeps a draft over a reload', async () => {
    const { page } = await stage.staffSeat('l1')
    await page.getByRole('grid').waitFor()
    await openTicket(page, first)
    await page.keyboard.press('n')
    await noteText(page).fill('Начал писать и ушёл')
    await note(page).getByText('Черновик сохранён').waitFor()
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await soon(() => noteText(page).inputValue()).toBe('Начал писать и ушёл')
    await noteText(page).fill('')
  })

  it('goes along the process by its buttons', async () => {
    const { page } = await stage.staffSeat('l1')
    await page.getByRole('grid').waitFor()
    const other = await stage.letter(ANNA, 'Не открывается отчёт', 'Отчёт пустой.')
    await openTicket(page, other)
    const before = await task(page).textContent()
    const buttons = task(page).getByRole('button')
    await buttons
      .filter({ hasText: /Передать/ })
      .first()
      .click()
    const yes = page.getByRole('dialog').getByRole('button', { name: /Передать/ })
    await yes.click()
    await soon(() => task(page).textContent()).not.toBe(before)
    await soon(async () => (await stage.staff.im.get(`/tickets/${other.id}`)).place).toBe('im_route')
  })

  it('tells the second of two people who change one field', async () => {
    const one = await stage.staffSeat('im')
    await one.page.getByRole('grid').waitFor()
    await openTicket(one.page, first)
    one.watch.expect(/^409 PATCH \/api\/v1\/tickets\/\d+$/)
    await one.page.route('**/api/v1/live*', (route) => route.abort())
    const ticket = await stage.staff.am.get(`/tickets/${first.id}`)
    const priority = one.page.getByRole('button', { name: /Средний|Нормальный|Обычный|Приоритет/ }).first()
    await priority.click()
    // while the menu stands open, a colleague sets another priority: the window has not heard of it yet
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await one.page.route(`**/api/v1/tickets/${first.id}`, async (route) => {
      if (route.request().method() === 'GET') await held
      await route.continue()
    })
    await stage.staff.am.patch(`/tickets/${first.id}`, { priority: 2 }, ticket.version)
    await one.page
      .getByRole('dialog', { name: 'Приоритет' })
      .getByRole('button', { name: /Низкий/ })
      .click()
    release()
    const told = one.page.getByRole('dialog', { name: 'Пока вы правили, обращение изменили' })
    await told.getByText('Сейчас в обращении').waitFor()
    await told.getByRole('button', { name: 'Записать моё' }).click()
    await soon(async () => (await stage.staff.am.get(`/tickets/${first.id}`)).priority).toBe(4)
  })

  it('finds and does by Ctrl+K on the Russian layout, and ? shows the keys', async () => {
    const { page } = await stage.staffSeat('l1')
    await page.getByRole('grid').getByText(SUBJECT).waitFor()
    const keys = await page.context().newCDPSession(page)
    const press = async (key: string, code: string, keyCode: number, modifiers: number, text?: string) => {
      const given = { key, code, modifiers, windowsVirtualKeyCode: keyCode }
      await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', ...given, ...(text ? { text } : {}) })
      await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...given })
    }
    await press('л', 'KeyK', 75, 2)
    const palette = page.getByRole('dialog', { name: /Найти или сделать/ })
    await palette.getByRole('combobox').fill('edtljvktybz')
    await palette.getByRole('option').filter({ hasText: SUBJECT }).first().waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'hidden' })
    await press(',', 'Slash', 191, 8, ',')
    const sheet = page.getByRole('dialog', { name: 'Клавиши' })
    await sheet.getByText('Следующая строка').waitFor()
    await page.keyboard.press('Escape')
  })

  // an invitation, two sign-ins with their hashing, two whole loads of the desk: on a busy machine longer than the other steps
  it('turns the second factor on, and asks for it from then on', { timeout: 120_000 }, async () => {
    await stage.staff.ad.post('/staff', { email: 'new@opora-scenario.test', name: 'Нина Новая', roles: ['ad', 'im'] })
    await stage.house.settle()
    const { page, watch } = await stage.seat()
    // until the factor is on, everything else of the desk is refused
    watch.expect(/^403 GET \/api\/v1\/(views|tickets|presence|notices|live)$/)
    await page.goto(latestLink(stage.house, 'new@opora-scenario.test', 'Приглашение'))
    await page
      .getByLabel(/пароль/i)
      .first()
      .fill(PASSWORD)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.getByRole('img', { name: 'QR-код для приложения' }).waitFor()
    await page.getByText('Ввести ключ вручную').click()
    const secret = ((await page.locator('details code').textContent()) ?? '').replaceAll(/\s/g, '')
    await page.getByLabel('Код из приложения').fill(codeOf(secret))
    await page.getByRole('button', { name: 'Включить' }).click()
    await page.getByRole('heading', { name: 'Запасные коды' }).waitFor()
    await page.getByRole('button', { name: 'Сохранил, дальше' }).click()
    await page.getByRole('grid').waitFor()

    await page.context().clearCookies()
    watch.expect(/^(401|403|422) POST \/api\/v1\/session$/)
    await page.goto('/desk/sign-in')
    await signIn(page, 'new@opora-scenario.test')
    const code = page.getByLabel('Код из приложения')
    await code.fill('000000')
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await soon(() => code.getAttribute('aria-invalid')).toBe('true')
    await code.fill(codeOf(secret, 1))
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.getByRole('grid').waitFor()
  })

  it('works on a phone: cards, the ticket, the reply', async () => {
    const { page } = await stage.staffSeat('l1', PHONE)
    await page.getByRole('list').getByText(SUBJECT).click()
    await task(page).waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Ответить', exact: true }).click()
    await replyText(page).or(noteText(page)).waitFor()
  })
})

async function looksOf(page: Page, buttonName: string) {
  const button = page.getByRole('button', { name: buttonName })
  await button.waitFor()
  const section = page.getByRole('region', { name: /Ответ клиенту|Внутренняя заметка/ })
  await section.getByRole('textbox', { name: /Ответ клиенту|Внутренняя заметка/ }).fill('Пробую')
  return {
    sheet: await backgroundOf(section),
    button: await backgroundOf(button),
    icon: await button.locator('svg').first().innerHTML(),
  }
}

const backgroundOf = (what: ReturnType<Page['locator']>) =>
  what.evaluate((one) => `${getComputedStyle(one).backgroundColor} ${getComputedStyle(one).borderTopColor}`)
