import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { IRINA, latestLink, openStage, PHONE, type Stage, WIDE } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  await stage.staff.fi.post('/legal-entities', {
    name: 'ООО «Деск»',
    inn: '9999000013',
    kpp: '770701001',
    address: 'Москва',
    bankName: 'ПАО СБЕРБАНК',
    bik: '044525225',
    settlementAccount: '40702810200000000001',
    corrAccount: '30101810400000000225',
    headPosition: 'Генеральный директор',
    headName: 'Орлов В. П.',
    taxPeriods: [{ from: '2025-01-01', mode: 'general' }],
    isDefault: true,
  })
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

let used = 0

/** Roles that see money or settings give a second factor: a recovery code, each once. */
async function seatWithCode(role: 'ad' | 'fi', size: { width: number; height: number }) {
  const { page, watch } = await stage.staffSeat(role === 'ad' ? 'admin' : role, size)
  watch.expect(/^403 GET .*\/presence/)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  await page.getByLabel('Код из приложения').fill(stage.staff[role].recoveryCodes[used++]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('main').waitFor()
  await page.getByLabel('Код из приложения').waitFor({ state: 'detached' })
  return page
}

describe.each([
  { where: 'on a wide window', size: WIDE },
  { where: 'on a phone', size: PHONE },
])('papers $where', ({ size }) => {
  it('an administrator changes how a paper looks, sees a sample and goes back to the shipped look', async () => {
    const page = await seatWithCode('ad', size)
    await page.goto('/desk/settings/document-templates?kind=act')
    await page.getByLabel('Шапка').fill('Опора для {клиент}')
    await page.getByRole('button', { name: 'Ниже: №' }).click()
    await page.getByLabel('Места для печатей').uncheck()
    expect(await hindrances(page)).toEqual([])
    const [sample] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Образец PDF' }).click(),
    ])
    expect(sample.suggestedFilename()).toBe('Акт.pdf')
    expect(
      readFileSync(await sample.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Шаблон сохранён').first().waitFor()
    await page.getByText('Свой вид').first().waitFor()
    await page.getByRole('button', { name: 'Вернуть исходный' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Вернуть исходный' }).click()
    await page.getByText('Исходный вид', { exact: true }).first().waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('a letter’s link opens its paper without signing in; finance sees who opened it and takes the link back', async () => {
    const { staff, house, romashka } = stage
    const span = { from: '2026-05-01', to: '2026-05-13' }
    const { id } = await staff.fi.post(`/contracts/${romashka.contractId}/reconciliation`, span)
    await staff.fi.post(`/documents/${id}/send`)
    await house.settle()
    const link = latestLink(house, IRINA, 'Акт сверки', '/l/document.view/')
    const { page } = await stage.seat(size)
    await page.goto(link)
    await page.getByText(/Акт сверки № /).waitFor()
    expect(await hindrances(page)).toEqual([])
    const opened = page.waitForResponse((answer) => answer.url().endsWith('/opened'))
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'PDF', exact: true }).click(),
    ])
    expect(
      readFileSync(await file.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await opened
    const desk = await seatWithCode('fi', size)
    await desk.goto(`/desk/documents/${id}`)
    await desk.getByText('Открыт по ссылке из письма').waitFor()
    await desk.getByText('Ирина Главная').first().waitFor()
    expect(await hindrances(desk)).toEqual([])
    await desk.getByRole('button', { name: 'Отозвать ссылки' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Отозвать ссылки' }).click()
    await desk.getByText('Ссылки больше не открываются').first().waitFor()
    const { page: again, watch } = await stage.seat(size)
    watch.expect(/^410 GET .*\/links\/document\.view\//)
    await again.goto(link)
    await again.getByRole('heading', { name: 'Ссылка больше не действует' }).waitFor()
  })
})
