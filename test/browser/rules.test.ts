import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

let code = 0

async function admin(size?: { width: number; height: number }): Promise<Page> {
  const { page, watch } = await stage.staffSeat('admin', size)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  await page.getByLabel('Код из приложения').fill(stage.staff.ad.recoveryCodes[code++]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page
    .getByRole('link', { name: 'Настройки' })
    .or(page.getByRole('button', { name: 'Меню' }))
    .first()
    .waitFor()
  return page
}

describe('automation rules in a browser', () => {
  it('lets an administrator write a rule, be told of a wrong condition, try it on the past, and switch it on; then it acts', async () => {
    const { staff } = stage
    const before = await stage.letter(ANNA, 'Оплата: не открывается касса', 'Пишет ошибку на https://crm.romashka.test')
    const page = await admin()
    await page.goto('/desk/settings/rules')
    await page.getByRole('button', { name: 'Новое правило' }).first().click()
    await page.getByLabel('Название').fill('Оплата — сразу')
    await page.getByLabel('Условие').fill('score = 1')
    await page.getByText('«score» у этого события не известно').waitFor()
    await page.getByLabel('Условие').fill('contains(lower case(subject), "оплата")')
    await page.getByText('Читается. Смотрит на: subject').waitFor()
    await page.getByLabel('Действие', { exact: true }).selectOption('set_fields')
    await page.getByLabel('Приоритет').selectOption('2')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText(/Сработало бы: 1, обращений: 1/).waitFor()
    await page.getByRole('link', { name: `№ ${before.number}` }).waitFor()
    await page.getByRole('switch', { name: 'Правило включено' }).check()
    expect(await hindrances(page)).toEqual([])
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.waitForURL(/\/desk\/settings\/rules\/\d+$/)
    const { id, number } = await stage.letter(ANNA, 'Оплата не проходит', 'Снова ошибка на https://crm.romashka.test')
    await soon(async () => (await staff.l1.get(`/tickets/${id}`)).priority).toBe(2)
    await page.getByRole('button', { name: 'Журнал' }).click()
    await page.getByRole('link', { name: `№ ${number}` }).waitFor()
    await page.getByText('Изменить поля: приоритет 2 — высокий').waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('marks a rule that went round, with its chain, and tells the administrators', async () => {
    const { staff } = stage
    const action = { name: 'set_fields', params: { add_tag: 'круг' } }
    const round = { event: 'field_changed', condition: '', enabled: true }
    const { id } = await staff.ad.post('/rules', { ...round, name: 'Круг', actions: [action] })
    const ticket = await stage.letter(ANNA, 'Кружится', 'Посмотрите https://crm.romashka.test')
    const { version } = await staff.im.get(`/tickets/${ticket.id}`)
    await staff.im.patch(`/tickets/${ticket.id}`, { tags: ['проверка'] }, version)
    await soon(async () => (await staff.ad.get(`/rules/${id}`)).looping?.chain).toEqual(['Круг', 'Круг'])
    const page = await admin(PHONE)
    await page.goto(`/desk/settings/rules/${id}`)
    await page.getByText('Правило остановлено: оно вызвало само себя').waitFor()
    await page.getByText('Круг → Круг').waitFor()
    expect(await hindrances(page)).toEqual([])
    const { items } = await staff.ad.get('/notices')
    expect(items[0].text).toContain('Правило «Круг» вызвало само себя и остановлено: Круг → Круг')
    expect(items[0].path).toBe(`/desk/settings/rules/${id}`)
  })
})
