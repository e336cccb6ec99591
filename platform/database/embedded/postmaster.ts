import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, isPostgresIn } from './processes.ts'

/** What a running server writes into its data folder about itself. */
export interface Postmaster {
  pid: number
  port: number
  status: 'starting' | 'ready' | 'stopping'
}

export function readPostmaster(cluster: string): Postmaster | null {
  let text: string
  try {
    text = readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  const word = lines[7]?.trim()
  const status = word === 'ready' || word === 'stopping' ? word : 'starting'
  return { pid, port: Number(lines[3] ?? 0), status }
}

/** The server that works on this cluster now, whoever started it. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const found = readPostmaster(cluster)
  return found && isPostgresIn(found.pid, cluster) ? found : null
}

/** Above every system's greatest process number. */
const NO_SUCH_PID = 99_999_999

/**
 * After a power cut or in a new container the number in a left-over file may belong to somebody else,
 * and PostgreSQL would refuse to start. Only the number is taken out: the shared memory named in the same file
 * must stay, because by it PostgreSQL sees whether old server processes still write.
 */
export function disownStrangersPid(cluster: string): boolean {
  const found = readPostmaster(cluster)
  if (!found || !isAlive(found.pid) || isPostgresIn(found.pid, cluster)) return false
  const path = join(cluster, 'postmaster.pid')
  const [, ...rest] = readFileSync(path, 'utf8').split('\n')
  writeFileSync(path, [String(NO_SUCH_PID), ...rest].join('\n'))
  return true
}
