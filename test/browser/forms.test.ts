import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ANNA, openStage, PHONE, type Stage, soon } from './stage.ts'
import { hindrances } from './watch.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

it('a field that an administrator adds under a condition is shown to the client, asked for by the desk, and answered', async () => {
  const { page: admin, watch } = await stage.staffSeat('admin')
  watch.expect(/^401 POST \/api\/v1\/session$/)
  await admin.getByLabel('Код из приложения').fill(stage.staff.ad.recoveryCodes[0]!)
  await admin.getByRole('button', { name: 'Войти', exact: true }).click()
  await admin.getByRole('link', { name: 'Настройки' }).first().waitFor()
  await admin.goto('/desk/settings/topics/content/form')
  await admin.getByRole('button', { name: 'Добавить поле' }).click()
  const field = admin.getByRole('region', { name: 'Вопрос 6' })
  await field.getByLabel('Вопрос по-английски').fill('Who approves')
  await field.getByRole('button', { name: 'Показать, когда: Ещё условие' }).click()
  await field.getByLabel('Поля', { exact: true }).selectOption({ label: 'К какому дню' })
  await field.getByLabel('Показать, когда', { exact: true }).last().selectOption({ label: 'заполнено' })
  await field.getByLabel('Вопрос по-русски').fill('Кто согласует')
  const preview = admin.getByRole('heading', { name: 'Как увидит клиент' }).locator('xpath=ancestor::section')
  expect(await preview.getByLabel('Кто согласует').count()).toBe(0)
  await preview.getByLabel('К какому дню').fill('2026-06-01')
  await preview.getByLabel('Кто согласует').waitFor()
  expect(await hindrances(admin)).toEqual([])
  await admin.getByRole('button', { name: 'Сохранить' }).click()
  await admin.getByText('Версия 2').waitFor()

  const { page: client } = await stage.clientSeat(ANNA, PHONE)
  await client.goto('/cabinet/new')
  await client.getByLabel('О чём обращение').selectOption({ label: 'Вопрос по содержимому' })
  await client.getByLabel('Адрес страницы или раздел').fill('/contacts')
  await client.getByLabel('Что там должно быть').fill('Новый адрес офиса')
  await client.getByLabel('К какому дню').fill('2026-06-01')
  await client.getByLabel('Кто согласует').waitFor()
  await client.getByLabel('Коротко, одной строкой').fill('Поправьте контакты')
  expect(await hindrances(client)).toEqual([])
  await client.getByRole('button', { name: 'Отправить обращение' }).click()
  await client.getByRole('link', { name: 'Открыть обращение' }).click()
  await client.getByRole('heading', { name: 'Поправьте контакты' }).waitFor()
  const path = new URL(client.url()).pathname

  const { page: desk } = await stage.staffSeat('l1')
  await desk.getByText('Поправьте контакты').first().waitFor()
  await desk.goto('/desk/tickets/1001')
  await desk.getByRole('button', { name: 'Запросить недостающее' }).click()
  await desk.getByLabel('Портал или сайт').uncheck()
  await soon(() => desk.getByLabel('Письмо клиенту').inputValue()).not.toContain('Портал')
  await desk.getByLabel('Письмо клиенту').fill('Анна, кто у вас согласует тексты?')
  await desk.getByRole('button', { name: 'Отправить клиенту' }).click()
  await desk.getByText('Отправлено, ждём ответа клиента').waitFor()

  await client.goto(path)
  const asked = client.getByRole('region', { name: 'Ответьте на вопросы специалиста' })
  await asked.getByLabel('Кто согласует').fill('Ирина Главная')
  expect(await asked.getByLabel('Портал или сайт').count()).toBe(0)
  expect(await hindrances(client)).toEqual([])
  await asked.getByRole('button', { name: 'Отправить ответы' }).click()
  await client.getByText('Спасибо, ответы переданы специалисту').waitFor()
  await soon(() => asked.count()).toBe(0)
  await desk.getByText('Ирина Главная').first().waitFor()
}, 90_000)
