import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../apps/server/main.ts')

export interface HouseProcess {
  name: string
  /** How often it was killed. */
  deaths: number
  ready: boolean
  kill(): void
  stop(): Promise<void>
}

/** A real `serve` or `work` process that is started again whenever it dies, until it is stopped. */
export function keepRunning(name: string, words: string[], env: Record<string, string>, logFile: string): HouseProcess {
  const log = createWriteStream(logFile, { flags: 'a' })
  let child: ChildProcess
  let stopping = false
  let ended: () => void = () => {}
  const end = new Promise<void>((resolve) => {
    ended = resolve
  })
  const state: HouseProcess = {
    name,
    deaths: 0,
    ready: false,
    kill() {
      state.ready = false
      child.kill('SIGKILL')
    },
    async stop() {
      stopping = true
      child.kill('SIGTERM')
      await end
      log.end()
    },
  }
  const start = () => {
    child = spawn(process.execPath, [MAIN, ...words], {
      env: { ...inherited(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout!.on('data', (chunk: Buffer) => {
      log.write(chunk)
      if (/^Opora/m.test(chunk.toString())) state.ready = true
    })
    child.stderr!.on('data', (chunk: Buffer) => void log.write(chunk))
    child.on('exit', (code, signal) => {
      state.ready = false
      log.write(`${name} ended: ${signal ?? code}\n`)
      if (stopping) return ended()
      state.deaths += 1
      start()
    })
  }
  start()
  return state
}

/** What the house would take for its own settings stays here: it refuses those that it does not know. */
function inherited(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('OPORA_'))
  // as `npm start` does: a quick start is half of coming back
  return { NODE_COMPILE_CACHE: join(import.meta.dirname, '../../.cache/node'), ...Object.fromEntries(kept) }
}
