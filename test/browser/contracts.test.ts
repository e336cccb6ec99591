import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const total = (page: Page) => page.getByText('Итого за месяц').locator('xpath=..')

describe('the catalogue', () => {
  it('shows what a client would pay beside the package that is edited, and keeps it', async () => {
    const { page, watch } = await stage.staffSeat('fi')
    watch.expect(/^403 GET .*\/presence/)
    watch.expect(/^401 POST \/api\/v1\/session$/)
    await page.getByLabel('Код из приложения').fill(stage.staff.fi.recoveryCodes[0]!)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.waitForURL('**/desk/months')
    await page.goto('/desk/settings/catalogue')
    await page.getByText('CRM Базовый').first().click()
    await page.waitForURL('**/catalogue/crm-basic')
    await soon(() => total(page).textContent()).toMatch(/₽/)
    const before = await total(page).textContent()
    await page.getByRole('textbox', { name: 'Сумма', exact: true }).fill('30 000')
    await soon(() => total(page).textContent()).not.toBe(before)
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Сохранено').waitFor()
  })
})

describe('a contract', () => {
  it('is begun, put aside, found again with what is wanting, and concluded', async () => {
    const { page, watch } = await stage.staffSeat('am', PHONE)
    watch.expect(/^422 POST \/api\/v1\/contract-drafts/)
    await page.getByRole('button', { name: 'Меню' }).waitFor()
    await page.goto(`/desk/contracts/new?client=${stage.romashka.id}`)
    await page.getByText('Реквизиты клиента').waitFor()
    await page.getByRole('button', { name: 'Дальше' }).click()
    await page.getByLabel('Название').fill('Абонемент')
    await page.getByRole('button', { name: 'Дальше' }).click()
    await page.getByRole('button', { name: /Студия: абонентская плата/ }).click()
    await soon(() => total(page).textContent()).toMatch(/₽/)
    await page.getByRole('button', { name: 'Отложить' }).click()
    await page.getByText('Черновики договоров').waitFor()
    await page.getByRole('link', { name: 'Абонемент · Ромашка' }).click()
    await page.getByRole('button', { name: /Проверка/ }).click()
    await page.getByText('Нужен номер договора.').waitFor()
    expect(await hindrances(page)).toEqual([])
    await page
      .getByRole('button', { name: /Номер и срок/ })
      .first()
      .click()
    await page.getByLabel('Номер', { exact: false }).first().fill('Б-7')
    await page.getByRole('button', { name: /Проверка/ }).click()
    await page.getByText('Всё заполнено').waitFor()
    await page.getByRole('button', { name: 'Заключить договор' }).click()
    await page.waitForURL(/contracts\/\d+$/)
    await page.getByRole('heading', { name: '№ Б-7' }).waitFor()
  })

  it('is suspended and goes on, and is ended with what is to be handed over', async () => {
    const { page } = await stage.staffSeat('am')
    await page.getByRole('link', { name: 'Договоры' }).click()
    await page.getByText('Б-7').first().click()
    await page.getByRole('heading', { name: '№ Б-7' }).waitFor()
    const turn = async (state: string, reason?: string) => {
      await page.getByRole('button', { name: 'Изменить' }).first().click()
      await page.getByLabel('Состояние').selectOption(state)
      if (reason) await page.getByLabel('Основание').fill(reason)
      await page.getByLabel('С какого дня').waitFor()
      expect(await hindrances(page)).toEqual([])
      await page.getByLabel('С какого дня').fill('')
      await page.getByRole('button', { name: 'Сохранить' }).click()
      await page.getByText('Сохранено').first().waitFor()
    }
    await turn('suspended', 'Нет оплаты')
    await page.getByText('приостановлен').first().waitFor()
    await page.getByText('Нет оплаты').waitFor()
    await turn('active')
    await page.getByText('действует').first().waitFor()
    await page.getByText('Услуги поштучно').waitFor()
    await page.getByRole('button', { name: 'Закончить договор' }).click()
    const ending = page.getByRole('dialog')
    await ending.getByLabel('Последний день').fill('2026-06-30')
    await ending.getByLabel('Почему').fill('Клиент уходит')
    await ending.getByRole('heading', { name: 'Что передать' }).waitFor()
    expect(await hindrances(page)).toEqual([])
    await ending.getByRole('button', { name: 'Закончить договор' }).click()
    await ending.waitFor({ state: 'hidden' })
    await page.getByText('Клиент уходит').waitFor()
    const first = page.getByRole('group', { name: 'Что передать' }).getByRole('checkbox').first()
    await first.click()
    await soon(() => first.isChecked()).toBe(true)
  })
})
