import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { agreeTimes, type Client, foundCompany, hoursTerms, type Staff, takeOn } from '../scenarios/month/company.ts'
import { findTicket, msk } from '../scenarios/month/desk.ts'
import { type Installation, installOpora, PASSWORD } from '../scenarios/month/installation.ts'
import { linksOf } from '../scenarios/month/post-office.ts'
import { launchChromium } from './chromium.ts'
import { type Watch, watchContext } from './watch.ts'

export const ANNA = 'anna@romashka.test'
export const IRINA = 'irina@romashka.test'
export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }
/** Wednesday, in working hours. */
const NOW = msk('13 11:00')

const SOON_MS = 10_000

/** Waits until what the page or the API says is as expected: `await soon(() => rows.count()).toBe(2)`. */
export const soon = <T>(read: () => T) => expect.poll(read, { timeout: SOON_MS })

/** A person's browser window with what went wrong in it. */
export interface Seat {
  page: Page
  watch: Watch
}

/** A small company with one client, served to real browsers. */
export interface Stage {
  house: Installation
  baseUrl: string
  staff: Staff
  romashka: Client
  /** Somebody sits down: a browser of their own, not signed in. */
  seat(size?: { width: number; height: number }): Promise<Seat>
  /** Somebody of the provider sits down and signs in as a person does. */
  staffSeat(role: string, size?: { width: number; height: number }): Promise<Seat>
  /** A contact sits down and comes in by the link of a letter. */
  clientSeat(address: string, size?: { width: number; height: number }): Promise<Seat>
  /** A letter of the client becomes a ticket; gives its id and number. */
  letter(from: string, subject: string, text: string): Promise<{ id: number; number: number }>
  /** Fails with everything that went wrong in any window since the last call, and closes the windows. */
  clear(): Promise<void>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  if (!existsSync(join(import.meta.dirname, '../../apps/web/dist/desk.html')))
    throw new Error('the web interface is not built: npm run setup')
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const house = await installOpora(NOW, { OPORA_PORT: String(port), OPORA_PUBLIC_URL: baseUrl })
  const staff = await foundCompany(house)
  await agreeTimes(staff.ad)
  const romashka = await takeOn(staff, {
    name: 'Ромашка',
    domain: 'romashka.test',
    contacts: {
      irina: { name: 'Ирина Главная', responsible: true, scope: 'all' },
      anna: { name: 'Анна Рядова', scope: 'own' },
    },
    portals: ['crm'],
    contract: hoursTerms,
  })
  const browser = await launchChromium()
  const skew = Date.parse(NOW) - Date.now()
  return { house, baseUrl, staff, romashka, ...seats(browser, house, baseUrl, skew), ...letters(house, staff) }
}

type Seats = Pick<Stage, 'seat' | 'staffSeat' | 'clientSeat' | 'clear' | 'close'>

function seats(browser: Browser, house: Installation, baseUrl: string, skew: number): Seats {
  let open: { context: BrowserContext; watch: Watch }[] = []
  const seat: Stage['seat'] = async (viewport = WIDE) => {
    const context = await browser.newContext({
      baseURL: baseUrl,
      viewport,
      locale: 'ru-RU',
      timezoneId: 'Europe/Moscow',
      hasTouch: viewport.width < 600,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const watch = await watchContext(context, baseUrl)
    await context.addInitScript(liveAt, skew)
    context.setDefaultTimeout(SOON_MS)
    open.push({ context, watch })
    return { page: await context.newPage(), watch }
  }
  const clear = async () => {
    const ended = open
    open = []
    await Promise.all(ended.map(({ context }) => context.close()))
    expect(ended.flatMap(({ watch }) => watch.faults)).toEqual([])
  }
  return {
    seat,
    clear,
    async staffSeat(role, size) {
      const taken = await seat(size)
      await taken.page.goto('/desk')
      await signIn(taken.page, `${role}@opora-scenario.test`)
      return taken
    },
    async clientSeat(address, size) {
      const taken = await seat(size)
      await taken.page.goto('/cabinet')
      await enterByLetter(house, taken.page, address)
      return taken
    },
    async close() {
      await browser.close()
      await house.close()
    },
  }
}

function letters(house: Installation, staff: Staff): Pick<Stage, 'letter'> {
  return {
    async letter(from, subject, text) {
      await house.write({ from, subject, text })
      return findTicket(staff.l1, subject)
    },
  }
}

/** The page lives in the house's time, which is not this machine's; it goes on by itself. */
function liveAt(skew: number): void {
  const Real = Date
  const now = () => Real.now() + skew
  globalThis.Date = new Proxy(Real, {
    construct: (target, args: [] | [number]) => (args.length === 0 ? new target(now()) : new target(...args)),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Пароль').fill(PASSWORD)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
}

/** Asks for a link, takes it out of the outbox, and presses the button of its page. */
async function enterByLetter(house: Installation, page: Page, address: string): Promise<void> {
  await page.getByLabel('Электронная почта').fill(address)
  await page.getByRole('button', { name: 'Прислать ссылку' }).click()
  await page.getByText('Проверьте почту').waitFor()
  await house.settle()
  await page.goto(latestLink(house, address, 'Вход'))
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('heading', { name: 'Здравствуйте' }).waitFor()
}

/** The first link with this part, of the latest letter to this address whose subject has these words. */
export function latestLink(house: Installation, address: string, words: string, part = ''): string {
  const letter = house.post.last(address, words)
  const found = Object.values(linksOf(letter)).find((link) => link.includes(part))
  if (!found) throw new Error(`no link with “${part}” in: ${letter.text}`)
  return found
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
