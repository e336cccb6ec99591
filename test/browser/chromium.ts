import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/** A browser of the system where there is one, else Chromium as it comes with the project's packages; it says which. */
export async function launchChromium(): Promise<Browser> {
  const own = systemChromium()
  const browser = own
    ? await chromium.launch({ executablePath: own, args: QUIET })
    : await (await import('./packaged-chromium.ts')).launchPackaged(QUIET)
  console.info(`Chromium ${browser.version()}: ${own ?? 'from @sparticuz/chromium'}`)
  return browser
}

function systemChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file))
}
