import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { msk } from '../scenarios/month/desk.ts'
import { ANNA, openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
let ticket: { id: number; number: number }
beforeAll(async () => {
  stage = await openStage()
  ticket = await stage.letter(ANNA, 'Настроить роли', 'На https://crm.romashka.test нет роли наблюдателя.')
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

/** Somebody of the first line signs in and goes to their time. */
async function timeOf(size?: typeof PHONE): Promise<Page> {
  const { page } = await stage.staffSeat('l1', size)
  await page.waitForURL((url) => url.pathname === '/desk')
  await page.getByText('Настроить роли').first().waitFor()
  await page.goto('/desk/time')
  return page
}
const sheet = (page: Page) => page.locator('section').filter({ hasText: 'Моя неделя' })
const cell = (page: Page, day: string) => page.getByLabel(new RegExp(`№ ${ticket.number}, Настройка, ${day}`))

describe('hours in a browser', () => {
  it('are written into the week in place, by the keyboard; the totals are the server’s', async () => {
    const page = await timeOf()
    await sheet(page).waitFor()
    await page.getByLabel('№ обращения').fill(String(ticket.number))
    await page.getByLabel('Вид работ').selectOption({ label: 'Настройка' })
    await page.getByRole('button', { name: 'Добавить', exact: true }).click()
    await cell(page, 'пн, 11').fill('1:30')
    await page.keyboard.press('Enter')
    await soon(() => sheet(page).locator('tfoot').textContent()).toMatch(/1\sч\s30\sмин.*1\sч\s30\sмин/)
    await cell(page, 'вт, 12').fill('45')
    await page.keyboard.press('Tab')
    await soon(() => sheet(page).locator('tfoot').textContent()).toMatch(/2\sч\s15\sмин/)
    await cell(page, 'вт, 12').fill('0')
    await page.keyboard.press('Tab')
    await soon(() => sheet(page).locator('tfoot').textContent()).not.toMatch(/2\sч\s15\sмин/)
    expect(await hindrances(page)).toEqual([])
  })

  it('on a phone the week can be read, and nothing hinders', async () => {
    const page = await timeOf(PHONE)
    await sheet(page).waitFor()
    await sheet(page).getByLabel('№ обращения').waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('a long silence at a timer is asked about, and left out it is logged up to the last sign of life', async () => {
    const { l1: engineer } = stage.staff
    await engineer.put('/timer', { ticketId: ticket.id, activity: 'configuration', note: 'Роли' })
    await stage.house.at(msk('13 11:20'))
    await engineer.post('/timer/seen')
    await stage.house.at(msk('13 11:50'))
    const page = await timeOf()
    const question = page.getByRole('dialog', { name: /Тишина/ })
    await question.waitFor()
    await question.getByRole('button', { name: 'Остановить тогда' }).click()
    await question.waitFor({ state: 'detached' })
    const { items } = await engineer.get(`/tickets/${ticket.id}/time`)
    expect(items.at(-1)).toMatchObject({ source: 'timer', mine: true })
    expect((await engineer.get('/timer')).timer).toBeNull()
  })
})
