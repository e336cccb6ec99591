import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { placeOf, press } from '../scenarios/month/desk.ts'
import { ANNA, openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

const PROCESS = '/desk/settings/processes/three-lines'
/** A model of somebody else's tool, with elements of its own namespace. */
const FOREIGN = new URL('../../modules/process/testdata/bpmn/custom-meta-model.bpmn', import.meta.url)

let stage: Stage
let code = 0

beforeAll(async () => {
  stage = await openStage()
  // every lane needs somebody
  const roles = ['rb', 'in', 'an', 'qa', 'dev', 'it', 'im', 'l1', 'am']
  const { items } = await stage.staff.ad.get('/staff')
  const held = new Set(items.flatMap((person: { roles: string[] }) => person.roles))
  for (const role of roles.filter((one) => !held.has(one))) {
    await stage.staff.ad.post('/staff', {
      email: `more-${role}@provider.test`,
      name: `Запасной ${role}`,
      roles: [role],
    })
  }
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

async function admin(size?: { width: number; height: number }): Promise<Page> {
  const { page, watch } = await stage.staffSeat('admin', size)
  watch.expect(/^401 POST \/api\/v1\/session$/)
  watch.expect(/^409 PUT \/api\/v1\/processes\/three-lines\/draft$/)
  await page.getByLabel('Код из приложения').fill(stage.staff.ad.recoveryCodes[code++]!)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page
    .getByRole('link', { name: 'Настройки' })
    .or(page.getByRole('button', { name: 'Меню' }))
    .first()
    .waitFor()
  return page
}

const shape = (page: Page, id: string) => page.locator(`g.djs-shape[data-element-id="${id}"]`).first()
const pad = (page: Page, action: string) => page.locator(`.djs-context-pad [data-action="${action}"]`)
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
const saved = (page: Page) => page.getByText(/^Сохранено/).waitFor()

describe('the designer of processes', () => {
  it('draws a step, tells what is wrong with it and where, is mended, rehearsed, published, and a ticket runs through it', {
    timeout: 120_000,
  }, async () => {
    const page = await admin()
    await page.goto(`${PROCESS}/edit`)
    await page.getByRole('button', { name: 'Начать черновик' }).click()
    await shape(page, 'l1_classify').click()
    await page.getByLabel('Для клиента').waitFor()
    expect(await hindrances(page)).toEqual([])

    // drawn: a step after the first line's that leads nowhere
    await pad(page, 'append.append-task').click()
    await page.keyboard.press('Escape')
    await soon(() => tab(page, /Замечания/).textContent()).toMatch(/\d/)
    await tab(page, /Замечания/).click()
    const nowhere = page.getByRole('button', { name: /нет выхода/ })
    await nowhere.waitFor()
    expect(await page.locator('.opora-remark').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('Опубликовать нельзя, пока есть замечания.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Закрыть' }).click()

    // the remark leads to its place; mended: a name, and a way on to the manager
    await nowhere.click()
    await tab(page, 'Свойства').click()
    await page.getByLabel('Название').fill('Юрист смотрит')
    await page.getByLabel('Название').press('Enter')
    await pad(page, 'connect').click()
    await shape(page, 'im_route').click()
    await soon(() => tab(page, /Замечания/).textContent()).toBe('Замечания')

    // the arrow is a button of the ticket
    await shape(page, 'l1_classify').click()
    await page.getByRole('button', { name: '→ Юрист смотрит' }).click()
    await page.getByLabel('На кнопке').fill('К юристу')
    await page.getByLabel('На кнопке').press('Enter')
    await page.getByLabel('Код исхода').fill('lawyer')
    await page.getByLabel('Код исхода').press('Enter')
    await page.getByLabel('Условие').fill('priority <=')
    await page.getByText(/не читается/).waitFor()
    await page.getByLabel('Условие').fill('priority <= 4')
    await page.getByText('Читается. Смотрит на: priority').waitFor()
    await page.getByLabel('Код исхода').focus()
    await saved(page)

    await tab(page, 'Отличия').click()
    await page
      .getByRole('button', { name: /новое.*Юрист смотрит/ })
      .first()
      .waitFor()
    await tab(page, 'Пошагово').click()
    await page.getByRole('button', { name: 'К юристу' }).click()
    await page.getByText('«Юрист смотрит»: сотрудники видят', { exact: false }).waitFor()
    await tab(page, 'Репетиция').click()
    await page.getByRole('button', { name: 'Отрепетировать' }).click()
    await page.getByText(/обращений не было|Прошли/).waitFor()
    expect(await hindrances(page)).toEqual([])

    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByLabel('Что изменилось, одной строкой').fill('Юрист после первой линии')
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('Версия 2 опубликована').waitFor()
    await page.getByText('Юрист после первой линии').waitFor()

    const { id } = await stage.letter(
      ANNA,
      'Договор с подрядчиком',
      'Проверьте условия договора с подрядчиком, пожалуйста',
    )
    await press(stage.staff.l1, id, 'lawyer')
    const place = await placeOf(stage.staff.l1, id)
    expect(place).toMatch(/^Activity_/)
    const { status, outcomes } = await stage.staff.l1.get(`/tickets/${id}`)
    expect([status, outcomes.length]).toEqual(['Юрист смотрит', 1])
    await press(stage.staff.l1, id, outcomes[0].id)
    expect(await placeOf(stage.staff.l1, id)).toBe('im_route')

    await page.goto(`${PROCESS}/compare?before=1&after=2`)
    await page
      .getByRole('button', { name: /новое.*Юрист смотрит/ })
      .first()
      .waitFor()
    await soon(() => page.locator('.opora-added').count()).toBeGreaterThan(0)
    await page.goto(`${PROCESS}?tab=heat`)
    await page.getByRole('button', { name: 'Юрист смотрит' }).waitFor()
    expect(await hindrances(page)).toEqual([])
  })

  it('tells the second of two who draw at once, and takes what the first has saved', async () => {
    const page = await admin()
    await page.goto(`${PROCESS}/edit`)
    await page.getByRole('button', { name: 'Начать черновик' }).click()
    await shape(page, 'im_route').waitFor()
    const { xml, version } = await stage.staff.ad.get('/processes/three-lines/draft')
    const theirs = xml.replace('Разбор аварии', 'Разбор полётов')
    await stage.staff.ad.put('/processes/three-lines/draft', { xml: theirs, basedOn: 2 }, version)
    await shape(page, 'im_route').click()
    await page.getByLabel('Название').fill('Маршрут')
    await page.getByLabel('Название').press('Enter')
    await page.getByText(/там есть изменения, которых у вас нет/).waitFor()
    await page.getByRole('button', { name: 'Взять чужое' }).click()
    await shape(page, 'im_postmortem').click()
    await soon(() => page.getByLabel('Название').inputValue()).toBe('Разбор полётов')
    await page.getByRole('button', { name: 'Выбросить черновик' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Выбросить черновик' }).click()
    await page.getByText('Юрист после первой линии').waitFor()
  })

  it('keeps what other tools have written into a model while it is edited', async () => {
    const page = await admin()
    const draft = await stage.staff.ad.post('/processes/foreign/draft', { name: 'Чужая' })
    const xml = readFileSync(FOREIGN, 'utf8')
    await stage.staff.ad.put('/processes/foreign/draft', { xml, basedOn: null }, draft.version)
    await page.goto('/desk/settings/processes/foreign/edit')
    const task = page.locator('g.djs-shape[data-element-id="Task_1"]').first()
    await task.click()
    await page.getByLabel('Название').fill('Переименовано')
    await page.getByLabel('Название').press('Enter')
    await soon(async () => (await stage.staff.ad.get('/processes/foreign/draft')).version).toBe(3)
    const after = (await stage.staff.ad.get('/processes/foreign/draft')).xml as string
    expect(after).toContain('name="Переименовано"')
    const own = (text: string) =>
      [...text.matchAll(/<(?!bpmn|\/|\?|dc:|di:|!)([\w-]+:[\w-]+)/g)].map((match) => match[1]).sort()
    expect(own(xml).length).toBeGreaterThan(0)
    expect(own(after)).toEqual(own(xml))
  })

  it('is for looking on a phone, and says so', async () => {
    await stage.staff.ad.post('/processes/three-lines/draft', {})
    const page = await admin(PHONE)
    await page.goto(`${PROCESS}/edit`)
    await page.getByText('На телефоне схему можно посмотреть').waitFor()
    expect(await hindrances(page)).toEqual([])
  })
})
