import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/** A process that has ended but whom nobody has asked for its exit code (a container without an init) counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return statFields(pid)[0] !== 'Z'
}

/** When the process began, in a form only good for comparing, so that a number used again is told apart; '' where unknown. */
export function startMark(pid: number): string {
  return statFields(pid)[19] ?? ''
}

/** The fields of /proc/<pid>/stat from the third on; the name before them may itself hold spaces and brackets. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

/** Whether that process is a PostgreSQL server working in that folder (both resolved). */
export function isPostgresIn(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (!programName(pid).startsWith('postgres')) return false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster
  } catch {
    // The folder cannot be asked (another system, another user): the name has to do.
    return true
  }
}

function programName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    const listed = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
    return listed.stdout?.trim().split('/').at(-1) ?? ''
  }
}

export async function gone(pid: number, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs
  while (isAlive(pid)) {
    if (performance.now() > until) return false
    await pause(20)
  }
  return true
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
