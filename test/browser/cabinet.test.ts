import { randomBytes } from 'node:crypto'
import { crc32 as crc, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { placeOf, press } from '../scenarios/month/desk.ts'
import { ANNA, IRINA, latestLink, openStage, PHONE, type Stage, soon, WIDE } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const SUBJECT = 'Не открывается карточка сделки'

describe.each([
  { where: 'on a wide window', size: WIDE },
  { where: 'on a phone', size: PHONE },
])('the cabinet $where', ({ where, size }) => {
  it('takes a new request with a pasted screenshot and says when it will be solved', async () => {
    const { page } = await stage.clientSeat(ANNA, size)
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('link', { name: 'Новое обращение' }).first().click()
    await page.getByLabel('Портал или сайт').selectOption({ index: 1 })
    await page.getByLabel('Коротко, одной строкой').fill(`${SUBJECT} ${where}`)
    await page.getByLabel('Что вы делали').fill('Нажала на сделку в списке')
    await page.getByLabel('Чего ждали').fill('Карточку сделки')
    await page.getByLabel('Что увидели').fill('Белый экран')
    await pastePicture(page, 'Что увидели')
    await page
      .getByRole('listitem')
      .filter({ hasText: /screenshot-.*\.png/ })
      .waitFor()
    await page.getByLabel('Отделу или нескольким людям').check()
    await page.getByLabel('Скоро, пока обходимся').check()
    await page.getByText('Черновик сохранён').waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Отправить обращение' }).click()
    await page.getByRole('heading', { name: 'Обращение принято' }).waitFor()
    await page.getByText(/Решим до/).waitFor()
    expect(await page.getByText(/Решим до/).textContent()).toMatch(/27\sмая/)
    await page.getByRole('link', { name: 'Открыть обращение' }).click()
    await page.getByRole('heading', { name: `${SUBJECT} ${where}` }).waitFor()
    await page
      .getByRole('img', { name: /Снимок: screenshot/ })
      .or(page.getByText(/screenshot-.*\.png/))
      .first()
      .waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('shows the hours left and how they went', async () => {
    const { page } = await stage.clientSeat(IRINA, size)
    await page.getByText('осталось').first().waitFor()
    await page.goto('/cabinet/hours')
    await page.getByRole('heading', { name: 'Часы' }).first().waitFor()
    await page
      .getByText(/^80\sч$/)
      .first()
      .waitFor()
    await page.getByText('Движение за месяц').waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('an estimate is approved by the link of its letter, once', async () => {
    const { staff, house } = stage
    const { id } = await stage.letter(IRINA, `Новое поле ${where}`, 'Нужно поле «Пожелания».')
    await press(staff.l1, id, 'pass_on')
    await press(staff.im, id, 'service_request')
    await staff.it.post(`/tickets/${id}/estimates`, {
      specification: 'Поле в карточке и проверка.',
      lines: [{ title: 'Поле и автоматизация', minutes: 180, activity: 'development' }],
      validUntil: '2026-05-30',
    })
    await house.settle()
    expect(await placeOf(staff.it, id)).toBe('estimate_approval')
    const { page } = await stage.seat(size)
    const link = latestLink(house, IRINA, `Новое поле ${where}`, '/l/estimate.decide/')
    await page.goto(link)
    await page.getByText('Поле и автоматизация').waitFor()
    await page.getByText('3 ч').first().waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Согласовать' }).click()
    await page.getByText('Спасибо, согласовано').waitFor()
    expect(await placeOf(staff.it, id)).toBe('it_service')
    await page.goto(link)
    await page
      .getByText(/Ссылка больше не действует|уже принято/)
      .first()
      .waitFor()
  })

  it('a solution is confirmed and rated by links, each at one press', async () => {
    const { staff, house } = stage
    const { id } = await stage.letter(ANNA, `Как добавить сотрудника ${where}`, 'Подскажите, пожалуйста.')
    await solve(id)
    const { page } = await stage.seat(size)
    await page.goto(latestLink(house, ANNA, 'Проверьте решение', '/l/ticket.confirm/'))
    await page.getByRole('button', { name: 'Да, всё работает' }).waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Да, всё работает' }).click()
    await page.getByText('Спасибо, обращение закрыто').waitFor()
    await house.settle()
    await page.goto(latestLink(house, ANNA, 'Оцените', 'score=5'))
    await page.getByText('Спасибо, оценка сохранена').waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByLabel('Хотите что-то добавить?').fill('Быстро и понятно')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.getByText('Спасибо, передали команде').waitFor()
    const { items } = await staff.im.get('/ratings')
    expect(items[0]).toMatchObject({ ticket: { id }, score: 5, comment: 'Быстро и понятно' })
  })

  it('a solution in the cabinet is returned with a reason, and the conversation goes on', async () => {
    const { staff } = stage
    const { id } = await stage.letter(ANNA, `Пропали задачи ${where}`, 'Не вижу своих задач.')
    await solve(id)
    const { page } = await stage.clientSeat(ANNA, size)
    const waiting = page.getByRole('region', { name: 'Ждёт вас' })
    await waiting
      .getByRole('link')
      .filter({ hasText: `Пропали задачи ${where}` })
      .click()
    await page.getByText('Готово, проверьте у себя').first().waitFor()
    await page.getByRole('button', { name: /Вернуть/ }).click()
    await page.getByRole('textbox', { name: /Что не так/ }).fill('Старых задач всё ещё нет')
    await page.getByRole('button', { name: /Вернуть/ }).click()
    await soon(() => placeOf(staff.l1, id)).not.toBe('confirm')
    await page.getByLabel('Ваш ответ').fill('Пример: задача 4815')
    await page.getByRole('button', { name: 'Отправить', exact: true }).click()
    await page.getByRole('list', { name: 'Переписка' }).getByText('Пример: задача 4815').waitFor()
    expect((await staff.l1.get(`/tickets/${id}`)).messages.at(-1).text).toContain('4815')
  })
})

/** The first line answers and says that it is done. */
async function solve(id: number): Promise<void> {
  const { outcomes } = await stage.staff.l1.get(`/tickets/${id}`)
  const done = outcomes.find(
    (one: { needs: string | null; style: string }) => one.needs === 'reply' && one.style === 'primary',
  )
  await press(stage.staff.l1, id, done?.id ?? 'solved', { reply: 'Готово, проверьте у себя.' })
  await stage.house.settle()
  expect(await placeOf(stage.staff.l1, id)).toBe('confirm')
}

/** What Ctrl+V does with a screenshot in the clipboard. */
async function pastePicture(page: Page, label: string): Promise<void> {
  const bytes = [...picture()]
  await page.getByLabel(label).evaluate((field, given) => {
    const clipboard = new DataTransfer()
    clipboard.items.add(new File([new Uint8Array(given)], 'image.png', { type: 'image/png' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }))
  }, bytes)
}

/** A small PNG, each time another one. */
function picture(): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const words = Buffer.concat([Buffer.from(type), body])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(body.length, 0)
    ends.writeUInt32BE(crc(words), 4)
    return Buffer.concat([ends.subarray(0, 4), words, ends.subarray(4)])
  }
  const head = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0])
  const rows = Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([Buffer.of(0), randomBytes(24)])))
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
