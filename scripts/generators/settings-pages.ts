import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ModuleConfig, platformConfig, settingsPage } from '@opora/platform/config'
import type { Generator } from '../generators.ts'

const root = join(import.meta.dirname, '../..')

/** The pages of settings, from every module's `*.config.ts`. */
export const settingsPages: Generator = {
  name: 'settings',
  async make() {
    const configs = [platformConfig, ...(await moduleConfigs())]
    return { 'docs/settings.md': settingsPage(configs, 'en'), 'docs/settings.ru.md': settingsPage(configs, 'ru') }
  },
}

async function moduleConfigs(): Promise<ModuleConfig[]> {
  const files = readdirSync(join(root, 'modules'))
    .sort()
    .flatMap((module) => readdirSync(join(root, 'modules', module)).map((file) => join(root, 'modules', module, file)))
    .filter((file) => file.endsWith('.config.ts'))
  const loaded: Record<string, unknown>[] = await Promise.all(files.map((file) => import(pathToFileURL(file).href)))
  return loaded.flatMap((exported) => Object.values(exported).filter(isModuleConfig))
}

function isModuleConfig(value: unknown): value is ModuleConfig {
  return typeof value === 'object' && value !== null && 'module' in value && 'settings' in value
}
