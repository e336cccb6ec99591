import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Launcher } from './launcher.ts'

export const SUPERUSER = 'postgres'
export const DATABASE = 'opora'

/**
 * Text is compared by code points (fast, and the same on every system), while letters are told from quotation marks
 * and dashes by the C.UTF-8 character classes: with plain "C" the full-text parser takes «слово» for one word.
 * Lists for people ask for the collation "ru-x-icu".
 */
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
const CHARACTER_CLASSES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'ru_RU.UTF-8', 'UTF-8']

/** Makes the cluster if there is none: whole under its name, or not at all. Answers the superuser's password. */
export async function ensureCluster(launcher: Launcher, options: { sync: boolean }): Promise<string> {
  const cluster = join(launcher.base, 'cluster')
  const passwordFile = join(launcher.base, 'password')
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8').trim()
    return await replacePassword(launcher, passwordFile)
  }
  if (existsSync(cluster)) {
    throw new Error(
      `${cluster} exists but is no PostgreSQL cluster. Restore it from a backup, or move it away to begin empty.`,
    )
  }
  const half = join(launcher.base, 'cluster.part')
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  launcher.give(half)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  launcher.give(passwordFile)
  await initialise(launcher, half, passwordFile, options.sync)
  await single(launcher, half, `create database ${DATABASE};\n`)
  appendFileSync(join(half, 'postgresql.conf'), "\ninclude 'opora.conf'\ninclude_if_exists 'local.conf'\n")
  const local = join(half, 'local.conf')
  writeFileSync(local, '# Lines of your own; they win over opora.conf.\n', { mode: 0o600 })
  launcher.give(local)
  writeFileSync(join(half, 'pg_hba.conf'), 'local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n')
  renameSync(half, cluster)
  return password
}

async function initialise(launcher: Launcher, folder: string, passwordFile: string, sync: boolean): Promise<void> {
  const common = [
    '-D',
    folder,
    '-U',
    SUPERUSER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-instructions',
  ]
  const flush = sync ? [] : ['--no-sync']
  let fault = ''
  for (const classes of CHARACTER_CLASSES) {
    const done = await run(launcher, 'initdb', [...common, ...LOCALE, `--lc-ctype=${classes}`, ...flush])
    if (done.code === 0) return
    fault ||= done.output
    if (!done.output.includes('invalid locale name')) break
  }
  throw new Error(`PostgreSQL could not make its data folder ${folder}: ${fault.trim()}`)
}

/** The file was lost, for example left out of a copy: the owner of the files may set a new password without a running server. */
async function replacePassword(launcher: Launcher, passwordFile: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  const half = `${passwordFile}.part`
  writeFileSync(half, `${password}\n`, { mode: 0o600 })
  await single(launcher, join(launcher.base, 'cluster'), `alter role ${SUPERUSER} password '${password}';\n`)
  renameSync(half, passwordFile)
  return password
}

async function single(launcher: Launcher, folder: string, sql: string): Promise<void> {
  const done = await run(launcher, 'postgres', ['--single', '-D', folder, 'postgres'], sql)
  if (done.code !== 0 || /ERROR|FATAL|PANIC/.test(done.output)) {
    throw new Error(`PostgreSQL could not prepare ${folder}: ${done.output.trim()}`)
  }
}

function run(
  launcher: Launcher,
  program: 'initdb' | 'postgres',
  args: string[],
  input = '',
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = launcher.start(program, args, 'pipe')
    let output = ''
    const take = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
