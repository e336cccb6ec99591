import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DATABASE, ensureCluster, SUPERUSER } from './embedded/cluster.ts'
import { hold, liveHolders, locked, watchOverEphemeral, watchOverHeld } from './embedded/holders.ts'
import { chooseLauncher, type Launcher, type RunsAs } from './embedded/launcher.ts'
import { runningPostmaster } from './embedded/postmaster.ts'
import { ensureServer, type Server, socketDir, stopServer } from './embedded/server.ts'

export interface EmbeddedOptions {
  /** OPORA_DATA. PostgreSQL's files go to its folder `postgres`. Not needed for an ephemeral one. */
  dataDir?: string
  /** The TCP port on 127.0.0.1; absent or 0 = the one of the last time, or any free one. */
  port?: number
  /** For tests: in a temporary folder, without flushing, gone with this process. */
  ephemeral?: boolean
  /** A folder for finished write-ahead log, so that a backup can be restored to any moment after it. */
  archiveDir?: string | null
  log?: (message: string) => void
  /** For tests: how to run as root, where system folders are made and whose they are. */
  asRoot?: RunsAs
  systemRoot?: string
  systemUser?: string
  /** Seconds that the server outlives a killed Opora, so that a quick restart finds it running. */
  graceSeconds?: number
}

export interface Embedded {
  /** Of the superuser, to the database `opora`, over TCP. */
  url: string
  port: number
  /** Folder of the Unix socket, or null where the path is too long for one. */
  socketDir: string | null
  /** PostgreSQL's data folder. */
  cluster: string
  logFile: string
  runsAs: RunsAs
  /** The server was already running: another process of this Opora started it, or an earlier one was killed. */
  adopted: boolean
  /** Lets go of the server; the last process that lets go stops it. */
  stop(): Promise<void>
}

export interface EmbeddedPlace {
  /** PostgreSQL's data folder, whether it is there yet or not. */
  cluster: string
  /** Gives a file or folder to the user that PostgreSQL runs as. */
  give(path: string): void
}

/** Where the cluster of a data folder lies: beside the other data, or in a system folder when root needs one. */
export function embeddedPlace(options: Omit<EmbeddedOptions, 'ephemeral'> & { dataDir: string }): EmbeddedPlace {
  mkdirSync(options.dataDir, { recursive: true })
  const launcher = chooseLauncher({ ...options, log: options.log ?? (() => {}) })
  return { cluster: join(launcher.base, 'cluster'), give: launcher.give }
}

const SUPERVISION_MS = 1_000

/**
 * The PostgreSQL that Opora brings along. However many processes ask for the same data folder, one server works in it.
 * While any of them lives, a server that dies is started again on the same port.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => {})
  if (options.ephemeral) return await startEphemeral(options, log)
  if (!options.dataDir) throw new Error('The embedded PostgreSQL needs a data folder')
  mkdirSync(options.dataDir, { recursive: true })
  const launcher = chooseLauncher({ ...options, dataDir: options.dataDir, log })
  const { base } = launcher
  const wish = { port: options.port ?? 0, ephemeral: false, archiveDir: archiveFolder(launcher, options), log }
  const holder = hold(base)
  try {
    const { password, server } = await locked(base, async () => {
      const password = await ensureCluster(launcher, { sync: true })
      return { password, server: await ensureServer(launcher, wish) }
    })
    if (options.port && options.port !== server.port) {
      throw new Error(
        `The database of ${base} already runs on port ${server.port}, not ${options.port}. Stop the other Opora first.`,
      )
    }
    const watch = watchOverHeld(base, options.graceSeconds)
    const supervision = supervise(launcher, { ...wish, port: server.port })
    let stopped: Promise<void> | null = null
    const stop = async () => {
      await supervision.end()
      watch.end()
      await locked(base, async () => {
        holder.release()
        if (liveHolders(base).length === 0) await stopServer(join(base, 'cluster'), log)
      })
    }
    return describe(launcher, server, password, () => (stopped ??= stop()))
  } catch (error) {
    holder.release()
    throw error
  }
}

async function startEphemeral(options: EmbeddedOptions, log: (message: string) => void): Promise<Embedded> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'opora-test-')))
  // The system user that stands in for root must be able to pass.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  const launcher = chooseLauncher({ ...options, dataDir: folder, systemRoot: options.systemRoot ?? folder, log })
  const password = await ensureCluster(launcher, { sync: false })
  const server = await ensureServer(launcher, { port: options.port ?? 0, ephemeral: true, archiveDir: null, log })
  const watch = watchOverEphemeral(server.pid, folder)
  let stopped: Promise<void> | null = null
  const stop = async () => {
    await stopServer(join(launcher.base, 'cluster'), log)
    watch.end()
    rmSync(folder, { recursive: true, force: true })
  }
  return describe(launcher, server, password, () => (stopped ??= stop()))
}

function archiveFolder(launcher: Launcher, options: EmbeddedOptions): string | null {
  if (!options.archiveDir) return null
  mkdirSync(options.archiveDir, { recursive: true, mode: 0o700 })
  const folder = realpathSync(options.archiveDir)
  launcher.give(folder)
  return folder
}

function describe(launcher: Launcher, server: Server, password: string, stop: () => Promise<void>): Embedded {
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${DATABASE}`,
    port: server.port,
    socketDir: socketDir(launcher),
    cluster: join(launcher.base, 'cluster'),
    logFile: join(launcher.base, 'postgres.log'),
    runsAs: launcher.runsAs,
    adopted: server.adopted,
    stop,
  }
}

/** Looks once a second whether the server lives. `end` waits for a restart that is under way. */
function supervise(launcher: Launcher, wish: Parameters<typeof ensureServer>[1]): { end(): Promise<void> } {
  const cluster = join(launcher.base, 'cluster')
  let restart: Promise<void> | null = null
  const timer = setInterval(() => {
    if (restart || runningPostmaster(cluster)) return
    wish.log('PostgreSQL has died; starting it again.')
    restart = locked(launcher.base, async () => void (await ensureServer(launcher, wish)))
      .catch((error: Error) => wish.log(error.message))
      .finally(() => {
        restart = null
      })
  }, SUPERVISION_MS)
  timer.unref()
  return {
    async end() {
      clearInterval(timer)
      await restart
    },
  }
}
