// Pictures of the kit's sketches, wide and narrow, light and dark, under a policy without inline styles; a violation of it
// or an error on a page fails the run. Usage: node scripts/screenshots.mjs FOLDER [name…]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { serveBuild } from './mock-server.mjs'

const [folder = 'pictures', ...only] = process.argv.slice(2)
const root = join(import.meta.dirname, '..')
const dist = mkdtempSync(join(tmpdir(), 'opora-kitchen-'))
mkdirSync(folder, { recursive: true })

/** Names, addresses, and what is done before the picture is taken. */
const shots = [
  { name: 'kitchen', path: '/desk/kitchen', full: true },
  { name: 'list', path: '/desk/kitchen/list', act: async (page) => page.keyboard.press('j') },
  { name: 'list-loading', path: '/desk/kitchen/list?state=loading' },
  { name: 'ticket', path: '/desk/kitchen/ticket' },
  { name: 'ticket-note', path: '/desk/kitchen/ticket', act: async (page) => page.keyboard.press('n') },
  {
    name: 'ticket-why',
    path: '/desk/kitchen/ticket',
    act: async (page) => page.locator('button[aria-haspopup=dialog]').first().click(),
  },
  {
    name: 'palette',
    path: '/desk/kitchen/list',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.waitForSelector('dialog[open] input')
      await page.keyboard.type('ljuj')
    },
  },
  { name: 'keys', path: '/desk/kitchen/ticket', act: async (page) => page.keyboard.press('Shift+Slash') },
  {
    name: 'account',
    path: '/desk/kitchen/list',
    wide: true,
    act: async (page) => page.locator('nav [aria-haspopup=menu]').click(),
  },
  {
    name: 'nav',
    path: '/desk/kitchen/list',
    narrow: true,
    act: async (page) => page.locator('header button').first().click(),
  },
  { name: 'cabinet', path: '/cabinet/kitchen', full: true },
  { name: 'sign-in', path: '/desk/sign-in', anonymous: true },
  { name: 'cabinet-sign-in', path: '/cabinet/sign-in', anonymous: true },
  { name: 'invitation', path: '/sign-in/invitation#inv_x', anonymous: true },
  { name: 'setup', path: '/desk/setup', anonymous: true, full: true },
  { name: 'missing', path: '/desk/nowhere' },
]

await build({
  root,
  configFile: join(root, 'vite.config.ts'),
  mode: 'kitchen',
  logLevel: 'error',
  build: { outDir: dist, emptyOutDir: true },
})
const inside = await serveBuild(dist, { side: 'staff' })
const client = await serveBuild(dist, { side: 'client' })
const outside = await serveBuild(dist, {})
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
})
const faults = []
for (const shot of shots.filter((one) => only.length === 0 || only.includes(one.name))) {
  for (const width of [1440, 390]) {
    if ((shot.wide && width < 1000) || (shot.narrow && width > 1000)) continue
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({
        viewport: { width, height: width > 1000 ? 900 : 844 },
        deviceScaleFactor: width > 1000 ? 1 : 2,
        hasTouch: width < 1000,
        colorScheme,
        locale: 'ru-RU',
        timezoneId: 'Europe/Moscow',
      })
      const page = await context.newPage()
      const name = `${shot.name}-${width}-${colorScheme}`
      page.on(
        'console',
        (message) =>
          message.type() === 'error' &&
          !/status of 40[14]/.test(message.text()) &&
          faults.push(`${name}: ${message.text()}`),
      )
      page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`))
      const { port } = shot.anonymous ? outside : shot.path.startsWith('/cabinet') ? client : inside
      await page.goto(`http://127.0.0.1:${port}${shot.path}`, { waitUntil: 'networkidle' })
      await page.waitForSelector('main :is(h1, [role=alert])')
      await page.evaluate(() => document.fonts.ready)
      await shot.act?.(page)
      await page.waitForTimeout(350)
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: shot.full ?? false })
      await context.close()
    }
  }
}
await browser.close()
inside.server.close()
client.server.close()
outside.server.close()
rmSync(dist, { recursive: true, force: true })
for (const fault of new Set(faults)) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)
