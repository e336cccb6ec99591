import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
let codes = 0

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

/** Somebody signs in, with a code where their role asks for one, and the desk stands. */
async function person(role: 'ad' | 'im' | 'it', size?: { width: number; height: number }): Promise<Page> {
  const { page, watch } = await stage.staffSeat(role === 'ad' ? 'admin' : role, size)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  watch.expect(/^40[34] GET .*\/presence/)
  const code = page.getByLabel('Код из приложения')
  // the shell has one of these, the page for signing in has neither
  const inside = page
    .getByRole('navigation')
    .or(page.getByRole('button', { name: 'Меню' }))
    .first()
  await code.or(inside).first().waitFor()
  if (await code.isVisible()) {
    await code.fill(stage.staff[role].recoveryCodes[codes++]!)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await inside.waitFor()
  }
  return page
}

describe('promised times on the desk', () => {
  it('are a matrix whose cell is changed, looked at before it is saved, and saved', async () => {
    await stage.letter(ANNA, 'Не открывается сделка', 'Ошибка 500')
    const page = await person('ad')
    await page.goto('/desk/settings/sla/care-2026')
    await page.getByRole('button', { name: /^Изменить: .*приоритет 3/i }).click()
    const cell = page.getByRole('dialog', { name: /^Реакция/ })
    await cell.getByLabel('Срок').fill('2 ч')
    await cell.getByRole('button', { name: 'Применить' }).click()
    await page.getByText('Есть несохранённые изменения').waitFor()
    const warnings = page.getByLabel('Предупреждать на, %')
    await warnings.fill('60, 80')
    await page.getByRole('button', { name: 'Проверить и сохранить' }).click()
    const saving = page.getByRole('dialog', { name: 'Что изменится' })
    await saving.getByText(/реакция: 4.ч рабочего времени → 2.ч рабочего времени/).waitFor()
    await saving.getByText(/предупредим в другой момент/).waitFor()
    expect(await hindrances(page)).toEqual([])
    await saving.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Редакция 2').first().waitFor()
    await page.reload()
    await soon(() => page.getByRole('button', { name: /^Изменить: .*приоритет 3/i }).textContent()).toContain('2')
  })

  it('say what last month would have come to under other rules', async () => {
    const page = await person('im')
    await page.goto('/desk/what-if?month=2026-05')
    await page.getByLabel('Правила SLA').selectOption({ index: 1 })
    await page
      .getByRole('columnheader', { name: /Выдержано/i })
      .first()
      .waitFor()
    await page.getByRole('rowheader', { name: 'Реакция' }).waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('take a topic’s service from the catalogue, and keep it', async () => {
    const page = await person('ad')
    await page.goto('/desk/settings/topics')
    const choice = page.getByRole('combobox').first()
    const [chosen] = await choice.selectOption({ index: 1 })
    await page.getByText('Услуга темы записана').first().waitFor()
    await page.reload()
    await soon(() => page.getByRole('combobox').first().inputValue()).toBe(chosen)
  })

  it('keep the hours that a person sets in the profile', async () => {
    const page = await person('it')
    await page.goto('/desk/profile')
    await page.getByLabel('Рабочие часы').selectOption('24x7')
    await page.getByRole('button', { name: 'Сохранить' }).first().click()
    await page.getByText('Сохранено').first().waitFor()
    await page.reload()
    await soon(() => page.getByLabel('Рабочие часы').inputValue()).toBe('24x7')
  })

  it('page who is on shift, who answers on a phone; then nobody else is called', async () => {
    const { id, number } = await stage.letter(ANNA, 'Портал не открывается', 'Белая страница')
    const { house, runtime } = { house: stage.house.started.house, runtime: stage.house.started.house.runtime }
    await runtime.database.begin({ as: 'worker' }, async (tx) => {
      const [row] = await tx<
        { clientId: number; now: number }[]
      >`select client_id, app_now() as now from ticket where id = ${id}`
      const ticket = { id, clientId: row!.clientId, number, subject: 'Портал не открывается' }
      await house.duty.raise(tx, { ticket, role: 'it', occasion: 'test', kind: 'page', now: row!.now })
    })
    const page = await person('it', PHONE)
    await page.goto(`/desk/tickets/${number}`)
    await page.getByRole('button', { name: 'Принять вызов' }).click()
    await page.getByText(/Принял\(а\)/).waitFor()
    expect(await hindrances(page)).toEqual([])
    const [kept] = await runtime.database.worker`select state from duty_page where ticket_id = ${id}`
    expect(kept).toEqual({ state: 'answered' })
  })
})
