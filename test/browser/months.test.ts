import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
let contractId: number

beforeAll(async () => {
  stage = await openStage()
  const contract = await stage.staff.am.post('/contracts', {
    clientId: stage.romashka.id,
    number: 'М-1',
    title: 'Пакет',
    startsOn: '2026-04-01',
    signedOn: '2026-03-30',
    packageCode: 'crm-basic',
  })
  contractId = contract.id
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

it('a month is closed, undone with a reason and closed again by the buttons of its page, and comes to the same sum', async () => {
  const { page, watch } = await stage.staffSeat('fi')
  watch.expect(/^403 GET .*\/presence/)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  await page.getByLabel('Код из приложения').fill(stage.staff.fi.recoveryCodes[0]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.waitForURL('**/desk/months')
  await page.goto(`/desk/months/2026-04/${contractId}`)
  const figures = async () => {
    const { totals, lines } = await stage.staff.fi.get(`/contracts/${contractId}/periods/2026-04`)
    return { totals, lines }
  }
  const close = async () => {
    await page.getByRole('button', { name: 'Закрыть месяц' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Закрыть месяц' }).click()
    await page.getByText('Месяц закрыт, отчёт собирается').waitFor()
    await page.getByRole('button', { name: 'Отменить закрытие' }).waitFor()
    expect(await hindrances(page)).toEqual([])
  }
  await close()
  const first = await figures()
  expect(first.lines).not.toEqual([])
  await page.getByRole('button', { name: 'Отменить закрытие' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Ошиблись месяцем')
  await dialog.getByRole('button').last().click()
  await page.getByText('Закрытие отменено').waitFor()
  await close()
  expect(await figures()).toEqual(first)
})
