import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'

/** PostgreSQL refuses to run as root; this is how it runs instead. */
export type RunsAs = 'this user' | 'user namespace' | 'system user'

export interface Launcher {
  runsAs: RunsAs
  /** The folder with the cluster, its log, its password and its holders (resolved). */
  base: string
  start(program: 'initdb' | 'postgres', args: string[], stdio: 'pipe' | number): ChildProcess
  /** Gives a folder or file to the user that PostgreSQL runs as. */
  give(path: string): void
}

export interface LauncherChoice {
  dataDir: string
  log: (message: string) => void
  /** For tests: what to use as root instead of what is found. */
  asRoot?: RunsAs
  /** Where system folders are made, and whose they are. */
  systemRoot?: string
  systemUser?: string
}

export function chooseLauncher(choice: LauncherChoice): Launcher {
  const binaries = findBinaries()
  const ownBase = join(choice.dataDir, 'postgres')
  if (process.getuid?.() !== 0) return ownLauncher(binaries, makeBase(ownBase))
  const dataDir = realpathSync(choice.dataDir)
  const name = `opora-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  const systemBase = join(choice.systemRoot ?? '/var/lib', name)
  // Data that once went to the system folder stay there, whatever the machine can do today.
  if (choice.asRoot !== 'system user' && !existsSync(join(systemBase, 'cluster'))) {
    const launcher = namespaceLauncher(binaries, makeBase(ownBase))
    if (launcher) return launcher
  }
  if (existsSync(join(ownBase, 'cluster'))) throw new Error(unreachableAsRoot(ownBase, systemBase))
  return systemUserLauncher(binaries, makeBase(systemBase, 0o755), choice)
}

function unreachableAsRoot(ownBase: string, systemBase: string): string {
  return [
    `The database in ${ownBase} was made in a user namespace, which this system no longer allows.`,
    `Move it (mv "${ownBase}" "${systemBase}") and give ${systemBase}/cluster to the user that will run it, or start Opora as an ordinary user.`,
  ].join(' ')
}

function makeBase(path: string, mode = 0o700): string {
  mkdirSync(path, { recursive: true, mode })
  return realpathSync(path)
}

function ownLauncher(binaries: Binaries, base: string): Launcher {
  return {
    runsAs: 'this user',
    base,
    start: (program, args, stdio) => spawn(binaries[program], args, spawnOptions(base, stdio)),
    give: () => {},
  }
}

/** Inside the namespace the same root looks like an ordinary user, so folders that only root may enter stay where they are. */
function namespaceLauncher(binaries: Binaries, base: string): Launcher | null {
  const enter = ['--user', `--map-user=${ordinaryUser()}`, '--']
  const probe = spawnSync(
    'unshare',
    [...enter, '/bin/sh', '-c', 'test -w "$1" && test -x "$1" && "$0" --version', binaries.postgres, base],
    { stdio: 'ignore', cwd: base },
  )
  if (probe.status !== 0) return null
  return {
    runsAs: 'user namespace',
    base,
    start: (program, args, stdio) =>
      spawn('unshare', [...enter, binaries[program], ...args], spawnOptions(base, stdio)),
    give: () => {},
  }
}

function systemUserLauncher(binaries: Binaries, base: string, choice: LauncherChoice): Launcher {
  const user = systemUser(choice.systemUser ?? 'opora')
  choice.log(`PostgreSQL does not run as root: its files are in ${base} and it runs as the user "${user.name}".`)
  const identity = { uid: user.uid, gid: user.gid }
  const reachable = spawnSync(binaries.postgres, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0
  const programs = reachable ? binaries : copyPrograms(binaries, base)
  return {
    runsAs: 'system user',
    base,
    start: (program, args, stdio) => spawn(programs[program], args, { ...spawnOptions(base, stdio), ...identity }),
    give: (path) => chownSync(path, user.uid, user.gid),
  }
}

/** The programs lie where the system user may not go (root's home): it gets a copy, taken whole or not at all. */
function copyPrograms(binaries: Binaries, base: string): Binaries {
  const version = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8' }).stdout.trim().split(' ').at(-1)
  const target = join(base, `programs-${version}`)
  if (!existsSync(target)) {
    const half = `${target}.part`
    rmSync(half, { recursive: true, force: true })
    cpSync(binaries.nativeDir, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, target)
  }
  return binariesIn(target)
}

interface SystemUser {
  name: string
  uid: number
  gid: number
}

function systemUser(name: string): SystemUser {
  const known = passwd()
  const existing = known.find((user) => user.name === name)
  if (existing) return existing
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name], { stdio: 'ignore' })
  const found = passwd().find((user) => user.name === name) ?? known.find((user) => user.name === 'nobody')
  if (!found)
    throw new Error(
      'PostgreSQL does not run as root, and no other user could be found or made. Start Opora as an ordinary user.',
    )
  return found
}

/** `initdb` asks for the name of its user, so the number must be one that the system knows. */
function ordinaryUser(): number {
  const users = passwd().filter((user) => user.uid !== 0)
  return (users.find((user) => user.name === 'postgres') ?? users.find((user) => user.uid < 65_534))?.uid ?? 1000
}

function passwd(): SystemUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** Its own session, so that Ctrl+C in the terminal stops Opora first; and no secret of Opora's in its environment. */
function spawnOptions(cwd: string, stdio: 'pipe' | number) {
  return {
    cwd,
    detached: true,
    stdio: stdio === 'pipe' ? ('pipe' as const) : (['ignore', stdio, stdio] as ['ignore', number, number]),
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  }
}
