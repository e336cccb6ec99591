// Takes the pictures of the README from a running demo: node test/browser/pictures.ts [http://localhost:8420]
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { launchChromium } from './chromium.ts'

const BASE = process.argv[2] ?? 'http://localhost:8420'
const FOLDER = join(import.meta.dirname, '../../docs/pictures')
const PASSWORD = 'demo-demo-demo'
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

interface Picture {
  name: string
  who: string
  path: string | ((page: Page) => Promise<string>)
  dark?: true
  phone?: true
  /** What has to be on the screen, and what is pressed before the picture is taken. */
  ready: (page: Page) => Promise<unknown>
}

const MARINA = 'marina@demo.opora.test'
const VLASOV = 'vlasov@demo.opora.test'
const task = (page: Page) => page.getByRole('region', { name: 'Сейчас' }).waitFor()
const rows = (page: Page) => page.getByRole('grid').getByRole('link').nth(8).waitFor()
const home = async (page: Page) => {
  await page.getByRole('heading', { name: 'Здравствуйте' }).waitFor()
  await page.getByText('осталось').first().waitFor()
}

const about = (words: string) => async (page: Page) => {
  const answer = await page.request.get(`/api/v1/tickets?q=${encodeURIComponent(words)}`)
  const { items } = (await answer.json()) as { items: { number: number }[] }
  return `/desk/tickets/${items[0]!.number}`
}
/** With a missed time and hours in its contract. */
const atWork = about('Операторы не видят историю')
/** With buttons for the incident manager. */
const toRoute = about('После обновления не работает поиск')

async function ticket(page: Page): Promise<void> {
  await task(page)
  await page.getByText('осталось').first().waitFor()
}

async function fillRequest(page: Page): Promise<void> {
  await page.getByLabel('Портал или сайт').selectOption({ index: 1 })
  await page.getByLabel('Коротко, одной строкой').fill('Не открывается карточка сделки')
  await page.getByLabel('Что вы делали').fill('Открыла «CRM», выбрала сделку в списке и нажала на её название')
  await page.getByLabel('Чего ждали').fill('Карточку сделки с товарами и историей')
  await page.getByLabel('Что увидели').fill('Белый экран и надпись «Ошибка 500». У коллег то же самое с обеда')
  await page.getByText('Черновик сохранён').waitFor()
  await page.getByLabel('Что увидели').blur()
  await page.evaluate(() => window.scrollTo(0, 0))
}

const PICTURES: readonly Picture[] = [
  { name: 'desk-list', who: MARINA, path: '/desk', ready: rows },
  { name: 'desk-list-dark', who: MARINA, path: '/desk', dark: true, ready: rows },
  { name: 'desk-ticket', who: MARINA, path: toRoute, ready: ticket },
  {
    name: 'desk-why',
    who: MARINA,
    path: atWork,
    async ready(page) {
      await page
        .getByRole('button', { name: /осталось|просрочено|опоздание|−/ })
        .last()
        .click()
      await page.getByRole('dialog').getByRole('table').waitFor()
    },
  },
  {
    name: 'desk-balance',
    who: 'elena@demo.opora.test',
    path: atWork,
    async ready(page) {
      await page
        .getByRole('button', { name: /осталось .* из / })
        .first()
        .click()
      await page.getByRole('dialog').getByRole('table').first().waitFor()
    },
  },
  {
    name: 'desk-diagram',
    who: MARINA,
    path: atWork,
    async ready(page) {
      await task(page)
      await page
        .getByRole('button', { name: 'Процесс' })
        .or(page.getByText('Процесс', { exact: true }))
        .first()
        .click()
      await page.getByRole('button', { name: 'Схема целиком' }).click()
      await page.getByRole('dialog').locator('svg').first().waitFor()
    },
  },
  { name: 'desk-breaches', who: MARINA, path: '/desk/breaches', ready: (page) => page.getByRole('grid').waitFor() },
  {
    name: 'desk-months',
    who: 'tatiana@demo.opora.test',
    path: '/desk/months',
    async ready(page) {
      await page.getByRole('main').getByText('Отправлен', { exact: true }).nth(2).waitFor()
    },
  },
  {
    name: 'desk-month',
    who: 'tatiana@demo.opora.test',
    path: '/desk/months',
    async ready(page) {
      await page.getByRole('main').getByRole('row').filter({ hasText: 'ФинГрад' }).getByRole('link').first().click()
      await page.getByText('К оплате').first().waitFor()
    },
  },
  {
    name: 'desk-designer',
    who: 'admin@demo.opora.test',
    path: '/desk/settings/processes/three-lines/edit',
    async ready(page) {
      const begin = page.getByRole('button', { name: 'Начать черновик' })
      const drawing = page.locator('.djs-container svg [data-element-id="l1_classify"]').first()
      await begin.or(drawing).first().waitFor()
      if (await begin.isVisible()) await begin.click()
      await drawing.click()
      await page.getByLabel('Для сотрудников').waitFor()
    },
  },
  {
    name: 'desk-change',
    who: 'viktor@demo.opora.test',
    path: '/desk/board',
    async ready(page) {
      await page.getByRole('grid').getByRole('link', { name: 'Перенос задач' }).first().click()
      await page.getByRole('heading', { name: 'Ваш голос' }).waitFor()
      await page.getByRole('heading', { name: 'План', exact: true }).waitFor()
    },
  },
  {
    name: 'desk-change-calendar',
    who: 'viktor@demo.opora.test',
    path: '/desk/board/calendar',
    ready: (page) => page.getByText('Лакомка').first().waitFor(),
  },
  {
    name: 'desk-form',
    who: 'admin@demo.opora.test',
    path: '/desk/settings/topics/technical/form',
    ready: (page) => page.getByText('Как увидит клиент').waitFor(),
  },
  {
    name: 'desk-margin',
    who: 'viktor@demo.opora.test',
    path: '/desk/money/margin',
    ready: (page) => page.getByText('ТехноСервис').first().waitFor(),
  },
  {
    name: 'desk-load',
    who: 'viktor@demo.opora.test',
    path: '/desk/money/load',
    ready: (page) => page.getByText('Все вместе').first().waitFor(),
  },
  { name: 'cabinet-home', who: VLASOV, path: '/cabinet', ready: home },
  {
    name: 'cabinet-hours',
    who: 'zaitseva@demo.opora.test',
    path: '/cabinet/hours',
    ready: (page) => page.getByText('Движение за месяц').first().waitFor(),
  },
  { name: 'cabinet-new', who: VLASOV, path: '/cabinet/new', ready: fillRequest },
  {
    name: 'desk-list-phone',
    who: MARINA,
    path: '/desk',
    phone: true,
    ready: (page) => page.getByRole('main').getByRole('list').getByRole('link').nth(4).waitFor(),
  },
  {
    name: 'cabinet-hours-phone',
    who: VLASOV,
    path: '/cabinet/hours',
    phone: true,
    ready: (page) => page.getByText('Движение за месяц').first().waitFor(),
  },
  { name: 'desk-ticket-phone', who: MARINA, path: toRoute, phone: true, ready: ticket },
  { name: 'cabinet-home-phone', who: VLASOV, path: '/cabinet', phone: true, ready: home },
  {
    name: 'cabinet-new-phone',
    who: VLASOV,
    path: '/cabinet/new',
    phone: true,
    ready: fillRequest,
  },
]

async function take(browser: Browser, picture: Picture): Promise<void> {
  const context = await browser.newContext({
    baseURL: BASE,
    viewport: picture.phone ? PHONE : WIDE,
    deviceScaleFactor: picture.phone ? 2 : 1,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    colorScheme: picture.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const entered = await page.request.post('/api/v1/session', { data: { email: picture.who, password: PASSWORD } })
  if (!entered.ok()) throw new Error(`${picture.who} cannot sign in: ${entered.status()}`)
  await page.goto(typeof picture.path === 'string' ? picture.path : await picture.path(page))
  await picture.ready(page)
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {})
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const file = join(FOLDER, `${picture.name}.png`)
  const { size } = await sharp(shot).png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 }).toFile(file)
  console.info(`${picture.name}.png ${Math.round(size / 1024)} KB`)
  await context.close()
}

await mkdir(FOLDER, { recursive: true })
const browser = await launchChromium()
const wanted = process.argv.slice(3)
const failed: string[] = []
for (const picture of PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  await take(browser, picture).catch((error: Error) => failed.push(`${picture.name}: ${error.message}`))
await browser.close()
if (failed.length > 0) throw new Error(failed.join('\n'))
