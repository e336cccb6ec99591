import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Launcher } from './launcher.ts'
import { disownStrangersPid, readPostmaster, runningPostmaster } from './postmaster.ts'
import { gone, isAlive, pause } from './processes.ts'
import { renderSettings } from './settings.ts'

export interface Server {
  pid: number
  port: number
  /** It already ran when we came. */
  adopted: boolean
}

export interface ServerWish {
  /** 0 = the port of the last time if it is free, else any free one. */
  port: number
  ephemeral: boolean
  archiveDir: string | null
  log: (message: string) => void
}

/** The running server of this cluster, started if there is none. Call it under the lock. */
export async function ensureServer(launcher: Launcher, wish: ServerWish): Promise<Server> {
  const cluster = join(launcher.base, 'cluster')
  const found = runningPostmaster(cluster)
  if (found) {
    if (found.status !== 'stopping') {
      const ready = await untilReady(cluster, found.pid, wish.log)
      if (ready) return { ...ready, adopted: true }
    }
    await gone(found.pid, STOP_MS)
  }
  if (disownStrangersPid(cluster))
    wish.log('A stale postmaster.pid named a process of another program; it was corrected.')
  return await start(launcher, cluster, wish)
}

const STOP_MS = 60_000
const ATTEMPTS = 20

async function start(launcher: Launcher, cluster: string, wish: ServerWish): Promise<Server> {
  let lastLines = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = wish.port || (await freePort(attempt === 0 ? rememberedPort(launcher.base) : 0))
    writeSettings(launcher, cluster, port, wish)
    const server = await launch(launcher, cluster, wish.log)
    if (server) {
      writeFileSync(join(launcher.base, 'port'), `${server.port}\n`)
      return { ...server, adopted: false }
    }
    lastLines = tail(join(launcher.base, 'postgres.log'))
    const portTaken = lastLines.includes('could not bind')
    const oldBackends = lastLines.includes('pre-existing shared memory block is still in use')
    if (portTaken && wish.port) break
    if (!portTaken && !oldBackends) break
    await pause(oldBackends ? 500 : 10)
  }
  throw new Error(`PostgreSQL did not start. The last lines of ${join(launcher.base, 'postgres.log')}:\n${lastLines}`)
}

async function launch(launcher: Launcher, cluster: string, log: (message: string) => void): Promise<Server | null> {
  const logFile = join(launcher.base, 'postgres.log')
  rotate(logFile)
  const out = openSync(logFile, 'a', 0o600)
  const child = launcher.start('postgres', ['-D', cluster], out)
  closeSync(out)
  let ended = false
  child.on('error', () => {
    ended = true
  })
  child.on('exit', () => {
    ended = true
  })
  child.unref()
  if (child.pid === undefined) return null
  return await untilReady(cluster, child.pid, log, () => ended)
}

/** Recovery after a crash may take minutes, so the only limit is the life of the process. */
async function untilReady(
  cluster: string,
  pid: number,
  log: (message: string) => void,
  ended: () => boolean = () => !isAlive(pid),
): Promise<Server | null> {
  let nextWord = performance.now() + 5_000
  while (!ended()) {
    const state = readPostmaster(cluster)
    if (state?.pid === pid) {
      if (state.status === 'ready') return { pid, port: state.port, adopted: false }
      if (state.status === 'stopping') return null
    }
    if (performance.now() > nextWord) {
      log('PostgreSQL is starting; after a crash it first repeats its log, which takes time.')
      nextWord += 10_000
    }
    await pause(10)
  }
  return null
}

/** Ends the server: sessions are cut, transactions rolled back, everything flushed. */
export async function stopServer(cluster: string, log: (message: string) => void): Promise<void> {
  const running = runningPostmaster(cluster)
  if (!running) return
  process.kill(running.pid, 'SIGINT')
  if (await gone(running.pid, STOP_MS)) return
  log('PostgreSQL did not stop within a minute; it is stopped at once and will recover at the next start.')
  process.kill(running.pid, 'SIGQUIT')
  await gone(running.pid, 10_000)
}

function writeSettings(launcher: Launcher, cluster: string, port: number, wish: ServerWish): void {
  const path = join(cluster, 'opora.conf')
  writeFileSync(path, renderSettings({ ...wish, port, socketDir: socketDir(launcher) }), { mode: 0o600 })
  launcher.give(path)
}

/** The kernel takes socket paths of up to 107 bytes; further down the tree there is TCP alone. */
export function socketDir(launcher: Launcher): string | null {
  const dir = join(launcher.base, 'socket')
  if (Buffer.byteLength(join(dir, '.s.PGSQL.65535.lock')) > 100 || /[,"]/.test(dir)) return null
  if (!existsSync(dir)) {
    mkdirSync(dir, { mode: 0o700 })
    launcher.give(dir)
  }
  return dir
}

function rememberedPort(base: string): number {
  try {
    return Number(readFileSync(join(base, 'port'), 'utf8')) || 0
  } catch {
    return 0
  }
}

/** That port if it can be had, else one that the system gives. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      wanted ? freePort(0).then(resolve, reject) : reject(new Error('No free port on 127.0.0.1')),
    )
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const LOG_BYTES_MAX = 10 * 1024 * 1024

function rotate(path: string): void {
  if (existsSync(path) && statSync(path).size > LOG_BYTES_MAX) renameSync(path, `${path}.old`)
}

function tail(path: string): string {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.slice(-6).join('\n')
}
