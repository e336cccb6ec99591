import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findTicket, msk, placeOf, press } from '../scenarios/month/desk.ts'
import { ANNA, IRINA, openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
  const { staff } = stage
  const { candidates } = await staff.ad.get('/board')
  const member = candidates.find((one: { name: string }) => one.name === staff.rb.name) ?? candidates[0]
  await staff.ad.put('/board/members', { members: [{ accountId: member.id, veto: true }] })
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

/** A change as far as the board. */
async function atBoard(subject: string): Promise<{ id: number; changeId: number }> {
  const { staff } = stage
  const { id } = await stage.letter(ANNA, subject, `Нужно изменить на https://crm.romashka.test: ${subject}.`)
  await press(staff.l1, id, 'pass_on')
  await press(staff.im, id, 'change')
  const change = await staff.an.post(`/tickets/${id}/change`, {
    description: 'Процесс согласования, два шага',
    rollbackPlan: 'Выключить процесс',
  })
  await press(staff.an, id, 'covered', { data: { specification: 'Процесс согласования' } })
  return { id, changeId: change.id }
}

describe('the change board in a browser', () => {
  it('shows a member what waits for their vote; two letters decide, the next change comes, and the ticket goes on', async () => {
    const one = await atBoard('Согласование скидок')
    const two = await atBoard('Поле причины отказа')
    const { page } = await stage.staffSeat('rb')
    await page.getByRole('link', { name: 'Коллегия RfC' }).click()
    await page.getByRole('button', { name: 'Ждут моего голоса' }).click()
    await page.getByRole('link', { name: /Поле причины отказа/ }).click()
    await page.getByRole('heading', { name: 'Ваш голос' }).waitFor()
    await page.getByText('Выключить процесс').waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.keyboard.press('y')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk/changes/${one.changeId}`)
    await soon(() => placeOf(stage.staff.rb, two.id)).toBe('dev_build')
    await page.getByRole('heading', { name: 'Согласование скидок' }).waitFor()
    await page.keyboard.press('i')
    await page.getByLabel('Условие').fill('Сначала на копии портала')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Условия коллегии' }).waitFor()
    await page.getByText('Большинство голосов: 1 > 0 — одобрено.').waitFor()
    expect(await placeOf(stage.staff.rb, one.id)).toBe('dev_build')
    await page.goto('/desk/board/sessions')
    await page.getByRole('link', { name: 'Протокол' }).first().waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('keeps a change off a frozen time, asks the client about its window, and takes their yes in the cabinet', async () => {
    const { id } = await findTicket(stage.staff.rb, 'Поле причины отказа')
    const { change } = await stage.staff.it.get(`/tickets/${id}/change`)
    await stage.staff.im.post('/freezes', {
      clientId: null,
      from: msk('20 00:00'),
      until: msk('22 00:00'),
      reason: 'Инвентаризация',
    })
    const { page, watch } = await stage.staffSeat('im')
    watch.expect(/^409 PUT .*\/window/)
    await page.getByRole('link', { name: 'Коллегия RfC' }).waitFor()
    await page.goto(`/desk/changes/${change.id}`)
    await page.getByRole('button', { name: 'Назначить окно' }).click()
    await page.locator('input[name=from]').fill('2026-05-20T20:00')
    await page.locator('input[name=until]').fill('2026-05-20T22:00')
    await page.getByText('Запрет: Инвентаризация').waitFor()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('В это время установки запрещены: Инвентаризация.').waitFor()
    await page.locator('input[name=from]').fill('2026-05-25T20:00')
    await page.locator('input[name=until]').fill('2026-05-25T22:00')
    await page.getByText('Время свободно').waitFor()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('ждём согласия клиента').waitFor()
    await page.goto('/desk/board/calendar?month=2026-05')
    await page.getByRole('link', { name: /20:00 № \d+ Ромашка/ }).waitFor()
    expect(await hindrances(page)).toEqual([])
    const client = await stage.clientSeat(IRINA, PHONE)
    await client.page.getByRole('link', { name: /Время установки: Поле причины отказа/ }).click()
    await client.page.getByRole('button', { name: 'Подходит', exact: true }).click()
    await client.page.getByText('согласовано: Ирина Главная').waitFor()
    expect(await hindrances(client.page)).toEqual([])
    await page.goto(`/desk/changes/${change.id}`)
    await page.getByText('согласовано: Ирина Главная').waitFor()
  })

  it('fits a phone', async () => {
    const { page } = await stage.staffSeat('rb', PHONE)
    await page.getByRole('button', { name: 'Меню' }).waitFor()
    for (const address of ['/desk/board?show=all', '/desk/board/calendar?month=2026-05', '/desk/board/sessions']) {
      await page.goto(address)
      await page
        .getByText(/Поле причины отказа|Запреты на изменения|Заочное голосование/)
        .first()
        .waitFor()
      expect(await hindrances(page)).toEqual([])
    }
  })
})
