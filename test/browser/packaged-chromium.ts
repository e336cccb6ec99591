import { type Browser, chromium } from 'playwright-core'

/** Chromium of the packages, unpacked on first use; for machines without one. */
export async function launchPackaged(args: readonly string[]): Promise<Browser> {
  const { default: packaged } = await import('@sparticuz/chromium')
  const flags = packaged.args.filter((flag) => !flag.startsWith('--headless') && flag !== '--single-process')
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...flags, ...args] })
}
