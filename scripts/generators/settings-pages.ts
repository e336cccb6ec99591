import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ModuleConfig, platformConfig, settingsPage } from '@opora/platform/config'
import type { Generator } from '../generators.ts'

const root = join(import.meta.dirname, '../..')

/** The pages of settings, from the platform, the server and every module's `*.config.ts`. */
export const settingsPages: Generator = {
  name: 'settings',
  async make() {
    const configs = [platformConfig, ...(await declaredConfigs())]
    return { 'docs/settings.md': settingsPage(configs, 'en'), 'docs/settings.ru.md': settingsPage(configs, 'ru') }
  },
}

async function declaredConfigs(): Promise<ModuleConfig[]> {
  const folders = ['apps/server', ...readdirSync(join(root, 'modules')).map((name) => `modules/${name}`)].sort()
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.config.ts'))
      .sort()
      .map((name) => join(root, folder, name)),
  )
  const loaded: Record<string, unknown>[] = await Promise.all(files.map((file) => import(pathToFileURL(file).href)))
  return loaded.flatMap((exported) => Object.values(exported).filter(isModuleConfig))
}

function isModuleConfig(value: unknown): value is ModuleConfig {
  return typeof value === 'object' && value !== null && 'module' in value && 'settings' in value
}
