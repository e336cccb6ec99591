import { join } from 'node:path'
import { accessConfig } from '@opora/access'
import { automationConfig } from '@opora/automation'
import { channelsConfig } from '@opora/channels'
import { dutyConfig } from '@opora/duty'
import { loadConfig, platformConfig } from '@opora/platform/config'
import { serverConfig } from './server.config.ts'

/** Every module's settings; the page docs/settings.md is made of the same list. */
export const configs = {
  platform: platformConfig,
  server: serverConfig,
  access: accessConfig,
  channels: channelsConfig,
  automation: automationConfig,
  duty: dutyConfig,
} as const

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: Record<string, string | undefined>) {
  return loadConfig(configs, { env })
}

/** Where the seals of the audit trail are copied to. */
/** Where erasures are kept outside of the database: they outlive its backups. */
export function erasuresFile({ platform }: Config): string {
  return join(platform.data, 'erasures.ndjson')
}

export function auditSealsFile({ access, platform }: Config): string {
  return access.auditSeals ?? join(platform.data, 'audit-seals.ndjson')
}
