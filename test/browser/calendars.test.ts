import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
let code = 0

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

async function admin(size?: { width: number; height: number }): Promise<Page> {
  const { page, watch } = await stage.staffSeat('admin', size)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  watch.expect(/^4(09|22) POST \/api\/v1\/production-years/)
  await page.getByLabel('Код из приложения').fill(stage.staff.ad.recoveryCodes[code++]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page
    .getByRole('link', { name: 'Настройки' })
    .or(page.getByRole('button', { name: 'Меню' }))
    .first()
    .waitFor()
  return page
}

const day = (page: Page, date: string) => page.locator(`[data-date="${date}"]`)

describe('the calendars of the desk', () => {
  it('show a year with what is open and why, and what a change would move before it is saved', async () => {
    const page = await admin()
    await page.goto('/desk/settings/calendars')
    await page.getByText('Пн–Пт 10–18, производственный календарь').click()
    await page.waitForURL('**/calendars/mon-fri-10-18')
    await page.goto('/desk/settings/calendars/mon-fri-10-18?year=2025')
    await day(page, '2025-11-01').click()
    await page.getByText('Рабочий день по переносу').waitFor()
    await page.getByText('вместо 3 ноября 2025').waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.keyboard.press('ArrowLeft')
    await soon(() => day(page, '2025-10-31').getAttribute('aria-pressed')).toBe('true')
    await page.getByLabel('Исключение для этого дня').selectOption('replace')
    await page.getByRole('textbox', { name: 'Часы', exact: true }).fill('12-15')
    await page.getByRole('button', { name: 'Применить' }).click()
    await page.getByText('Было: 10:00–18:00').waitFor()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('В 2025 году изменится 1 день').waitFor()
    await page.getByText(/Сроки открытых обращений не сдвинутся/).waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Календарь сохранён').waitFor()
    await page.reload()
    await soon(() => day(page, '2025-10-31').getAttribute('title')).toContain('12:00–15:00')
  })

  it('take a new year after it has been counted and looked at', async () => {
    const page = await admin()
    await page.goto('/desk/settings/calendars')
    await page.getByRole('button', { name: 'Загрузить год' }).click()
    await page
      .getByLabel('Или вставьте текст файла')
      .fill(JSON.stringify({ holidays: ['2028-01-01'], preholidays: [] }))
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText(/В списке нет обычных суббот и воскресений/).waitFor()
    await page.getByLabel('Или вставьте текст файла').fill(JSON.stringify(year2028()))
    await page.getByLabel('Постановление').fill('ПП РФ от 01.09.2027 № 1')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('247 рабочих дней, 119 выходных').waitFor()
    expect(await page.getByRole('button', { name: 'Загрузить', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('Я посмотрел замечания, всё верно').check()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Загрузить', exact: true }).click()
    await page.getByText('Год загружен').waitFor()
    await page.getByText('ПП РФ от 01.09.2027 № 1').waitFor()
  })

  it('open a day over the year on a phone, and mark a year without a decree', async () => {
    const page = await admin(PHONE)
    await page.goto('/desk/settings/calendars/mon-fri-10-18?year=2031')
    await page.getByText(/Год посчитан по общим правилам закона/).waitFor()
    await day(page, '2031-01-07').click()
    await page.getByRole('dialog').getByText('Рождество Христово').waitFor()
    expect(await hindrances(page)).toEqual([])
  })
})

/** 2028 as lists of days: weekends, holidays, and January's two days moved. */
function year2028() {
  const weekends = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(2028, 0, 1 + i)))
    .filter((date) => [0, 6].includes(date.getUTCDay()))
    .map((date) => date.toISOString().slice(0, 10))
  const weekdays = '01-03 01-04 01-05 01-06 01-07 02-23 03-08 05-01 05-08 05-09 06-12 11-06 12-29'.split(' ')
  const holidays = [...new Set([...weekends, ...weekdays.map((monthDay) => `2028-${monthDay}`)])].sort()
  return { holidays, preholidays: ['2028-02-22', '2028-03-07', '2028-11-03'] }
}
