import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
let code = 0

beforeAll(async () => {
  stage = await openStage()
  await stage.house.started.house.insight.refreshRevenue()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

async function finance(size?: { width: number; height: number }): Promise<Page> {
  const { page, watch } = await stage.staffSeat('fi', size)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  watch.expect(/^403 GET .*\/presence/)
  await page.getByLabel('Код из приложения').fill(stage.staff.fi.recoveryCodes[code++]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.waitForURL('**/desk/months')
  return page
}

const SUM = '136\u00a0000\u00a0₽'

describe('screens for money people', () => {
  it('show finance revenue and margin, and every figure the lines that it is the sum of', async () => {
    const page = await finance()
    await page.goto('/desk/money/margin')
    await page.getByRole('heading', { name: 'Выручка и маржа' }).waitFor()
    const row = page.getByRole('row', { name: /Ромашка/ })
    // the subscription of 34 000 ₽ and the deposit of 102 000 ₽
    await row.getByRole('button', { name: SUM }).click()
    const rows = page.getByRole('dialog', { name: /Из чего сложилось/ })
    await rows.getByText('Депозит, 60 ч').waitFor()
    await soon(() => rows.getByRole('row', { name: /Итого/ }).textContent()).toContain('136\u00a0000,00')
    expect(await hindrances(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByLabel('Разрез').selectOption('month')
    await page.getByRole('row', { name: /май 2026/ }).waitFor()
    await page.getByRole('link', { name: 'Себестоимость часа' }).click()
    await page.getByRole('grid', { name: 'Себестоимость часа' }).waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('take a plan of a year that the client then sees beside what was billed', async () => {
    const page = await finance()
    await page.goto('/desk/money/budgets?year=2026')
    await page.getByText('Ромашка').click()
    await page.getByRole('button', { name: 'Составить план' }).click()
    await page.getByLabel(/^Поддержка: абонентская плата и часы/).fill('480 000')
    await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Сохранено').waitFor()
    await page.getByText('Версия 1').waitFor()
    expect(await hindrances(page)).toEqual([])
    const { page: cabinet } = await stage.clientSeat('irina@romashka.test', PHONE)
    await cabinet.goto('/cabinet/budget')
    await cabinet.getByText('480\u00a0000\u00a0₽').first().waitFor()
    await cabinet.getByRole('button', { name: /^май 2026/ }).click()
    await cabinet.getByRole('dialog').getByText('Депозит, 60 ч').waitFor()
    expect(await hindrances(cabinet)).toEqual([])
  })

  it('show an account manager risks and revenue without a word of cost', async () => {
    const { page } = await stage.staffSeat('am')
    await page.getByRole('link', { name: 'Показатели' }).click()
    await page.getByRole('heading', { name: 'Договоры под угрозой' }).waitFor()
    expect(await page.getByRole('link', { name: 'Себестоимость часа' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Выручка', exact: true }).click()
    await page.getByRole('row', { name: /Ромашка/ }).waitFor()
    expect(await page.getByText(/Затраты|Маржа/).count()).toBe(0)
    await page.getByRole('link', { name: 'Загрузка' }).click()
    await page
      .getByRole('button', { name: /Ещё не распределено/ })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByText(/Закреплено · Ромашка/)
      .waitFor()
    expect(await hindrances(page)).toEqual([])
  })
})
