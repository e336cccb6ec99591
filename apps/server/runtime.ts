import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, type Database, migrate } from '@opora/platform/database'
import { createFileStore, type FileStore } from '@opora/platform/files'
import { createLog, type Log } from '@opora/platform/log'
import { createVault, loadMasterSecret, type Vault } from '@opora/platform/secrets'
import type { Config } from './config.ts'

export const VERSION = '0.1.0'
export const MIGRATIONS = join(import.meta.dirname, '../../database/migrations')

/** The ground of a process: database, files, keys, log. `close` gives all of it back. */
export interface Runtime {
  config: Config
  log: Log
  /** Address of the owner role: migrations and the job queue. */
  ownerUrl: string
  secret: Buffer
  vault: Vault
  files: FileStore
  database: Database
  /** Whether the database is the one that Opora brings along. */
  embedded: boolean
  /** The address at which people see Opora, without a closing slash: as configured, else this machine's with the port that was taken. */
  readonly publicUrl: string
  /** The port to serve at; 0 until a free one was taken. */
  readonly port: number
  /** Tells which port the web interface took, where "any free one" was asked for. */
  tookPort(port: number): void
  close(): Promise<void>
}

/** The database's address: the administrator's own, or the embedded server, started or found running. */
export async function openDatabaseServer(
  config: Config,
  log: Log,
): Promise<{ url: string; socketDir: string | null; embedded: boolean; stop(): Promise<void> }> {
  const own = config.platform.databaseUrl
  if (own) return { url: own.reveal(), socketDir: null, embedded: false, stop: async () => {} }
  const { startEmbedded } = await import('@opora/platform/embedded')
  const server = await startEmbedded({
    dataDir: config.platform.data,
    port: config.platform.databasePort,
    archiveDir: config.platform.walArchive,
    log: (message) => log.info({ postgres: true }, message),
  })
  return { url: server.url, socketDir: server.socketDir, embedded: true, stop: () => server.stop() }
}

export async function openRuntime(
  config: Config,
  options: { migrateFirst: boolean; applicationName: string; log?: Log },
): Promise<Runtime> {
  const log = options.log ?? createLog({ level: config.platform.logLevel })
  await mkdir(config.platform.data, { recursive: true })
  const secret = await loadMasterSecret(config.platform.data, config.server.secret?.reveal())
  const server = await openDatabaseServer(config, log)
  if (options.migrateFirst) await bringToThisVersion(server, secret, log)
  let { port } = config.platform
  const database = connect({
    url: server.url,
    replicaUrl: config.platform.databaseReplicaUrl?.reveal(),
    secret,
    socketDir: server.socketDir,
    staffConnections: config.server.poolSize,
    applicationName: options.applicationName,
  })
  return {
    config,
    log,
    ownerUrl: server.url,
    secret,
    vault: createVault(secret),
    files: createFileStore(join(config.platform.data, 'files')),
    database,
    embedded: server.embedded,
    get publicUrl() {
      return (config.platform.publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, '')
    },
    get port() {
      return port
    },
    tookPort(taken) {
      port = taken
    },
    async close() {
      await database.close()
      await server.stop()
    },
  }
}

async function bringToThisVersion(
  server: { url: string; stop(): Promise<void> },
  secret: Buffer,
  log: Log,
): Promise<void> {
  try {
    const report = await migrate({ url: server.url, secret, folder: MIGRATIONS })
    if (report.applied.length > 0) log.info({ applied: report.applied }, 'database migrated')
  } catch (error) {
    await server.stop()
    throw error
  }
}
