import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { isAlive, pause, startMark } from './processes.ts'

/**
 * Several processes of one Opora share one embedded server: each keeps a file in `holders` while it needs it,
 * the first starts the server and the last stops it. Starting and stopping happen under `lock`.
 * Names of holders and the text of the lock are `<pid>.<start mark>…`, so that the dead are told from the living.
 */
export function hold(base: string): { release(): void } {
  const holders = join(base, 'holders')
  mkdirSync(holders, { recursive: true, mode: 0o700 })
  const path = join(holders, `${myMark()}.${randomUUID().slice(0, 8)}`)
  writeFileSync(path, '')
  return { release: () => rmSync(path, { force: true }) }
}

export function liveHolders(base: string): string[] {
  const holders = join(base, 'holders')
  return readdirSync(holders).filter((name) => {
    if (isLiveMark(name)) return true
    rmSync(join(holders, name), { force: true })
    return false
  })
}

export async function locked<T>(base: string, act: () => Promise<T>): Promise<T> {
  const lock = join(base, 'lock')
  const mine = join(base, `lock.${process.pid}.${randomUUID().slice(0, 8)}`)
  writeFileSync(mine, myMark())
  try {
    // A link either appears whole, text included, or fails because somebody holds the lock.
    while (!linked(mine, lock)) {
      if (!takeAwayDeadLock(lock, mine)) await pause(25)
    }
    try {
      return await act()
    } finally {
      rmSync(lock, { force: true })
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

function takeAwayDeadLock(lock: string, mine: string): boolean {
  const mark = readOrNull(lock)
  if (mark === null) return true
  if (isLiveMark(mark)) return false
  const aside = `${mine}.dead`
  try {
    renameSync(lock, aside)
  } catch {
    return true
  }
  // Between the look and the move a living process may have taken the lock: then it gets it back.
  if (readOrNull(aside) !== mark) linked(aside, lock)
  rmSync(aside, { force: true })
  return true
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function myMark(): string {
  return `${process.pid}.${startMark(process.pid)}`
}

function isLiveMark(mark: string): boolean {
  const [pid, start] = mark.trim().split('.')
  return isAlive(Number(pid)) && (!start || startMark(Number(pid)) === start)
}

/** Seconds that a killed Opora has to come back and find its database still running. */
const GRACE_SECONDS = 60

const STOP_WHEN_UNHELD = `
read -r _
sleep "$1"
base=$2
mine="$base/lock.watch.$$"
echo "$$." > "$mine"
tries=0
until ln "$mine" "$base/lock" 2>/dev/null; do
  tries=$((tries + 1))
  if [ $tries -gt 60 ]; then rm -f "$mine"; exit 0; fi
  sleep 1
done
trap 'rm -f "$base/lock" "$mine"' EXIT
for holder in "$base"/holders/*; do
  name=\${holder##*/}
  kill -0 "\${name%%.*}" 2>/dev/null && exit 0
done
pid=$(head -n 1 "$base/cluster/postmaster.pid" 2>/dev/null) || exit 0
kill -INT "$pid" 2>/dev/null
while kill -0 "$pid" 2>/dev/null; do sleep 1; done
`

const STOP_AND_REMOVE = `
read -r _
kill -QUIT "$1" 2>/dev/null
while kill -0 "$1" 2>/dev/null; do sleep 1; done
rm -rf "$2"
`

/** Stops the server when this process has died without a word and nobody else holds it, so that no orphan stays. */
export function watchOverHeld(base: string, graceSeconds: number = GRACE_SECONDS): { end(): void } {
  return watcher(STOP_WHEN_UNHELD, [String(graceSeconds), base])
}

/** The same for a throw-away cluster: stop at once and leave no files. */
export function watchOverEphemeral(pid: number, base: string): { end(): void } {
  return watcher(STOP_AND_REMOVE, [String(pid), base])
}

/** A shell that waits on a pipe: the kernel closes the pipe however this process ends. */
function watcher(script: string, parameters: string[]): { end(): void } {
  const child = spawn('/bin/sh', ['-c', script, 'opora-watch', ...parameters], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  })
  child.on('error', () => {})
  child.unref()
  ;(child.stdin as Socket).unref()
  return { end: () => child.kill('SIGKILL') }
}
