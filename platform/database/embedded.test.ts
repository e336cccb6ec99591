import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPostmaster } from './embedded/postmaster.ts'
import { gone, isAlive, pause } from './embedded/processes.ts'
import { renderSettings } from './embedded/settings.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

const isRoot = process.getuid?.() === 0
let folder: string
const started: Embedded[] = []

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'opora-embedded-')))
})

afterEach(async () => {
  for (const embedded of started.splice(0)) await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir: folder, graceSeconds: 0, ...options })
  started.push(embedded)
  return embedded
}

async function ask(url: string, query: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql.unsafe(query)
    return rows[0] ? Object.values(rows[0])[0] : undefined
  } finally {
    await sql.end()
  }
}

function pidOf(embedded: Embedded): number {
  const found = readPostmaster(embedded.cluster)
  if (!found) throw new Error('no server runs')
  return found.pid
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await what())) {
    if (performance.now() > end) throw new Error('waited too long')
    await pause(50)
  }
}

describe('one server', () => {
  test('keeps its data, its password and its port from one start to the next', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    const second = await start()
    expect(await ask(second.url, 'select answer from kept')).toBe(42)
    expect(second.url).toBe(first.url)
    expect(second.adopted).toBe(false)
  })

  test('is shared by all who ask for the same folder, and stopped by the last', async () => {
    const [one, two] = await Promise.all([start(), start()])
    expect(two.url).toBe(one.url)
    expect([one.adopted, two.adopted].sort()).toEqual([false, true])
    await one.stop()
    expect(await ask(two.url, 'select 1')).toBe(1)
    const pid = pidOf(two)
    await two.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('starts in a folder with spaces, quotes and Cyrillic letters, however deep', async () => {
    const deep = join(folder, "Данные «Опоры» it's", 'очень длинное имя папки'.repeat(4))
    const embedded = await start({ dataDir: deep, archiveDir: join(deep, 'архив 100%') })
    expect(await ask(embedded.url, 'select 1')).toBe(1)
    expect(embedded.socketDir).toBeNull()
    await ask(embedded.url, 'select pg_switch_wal() from (select pg_create_restore_point($$проба$$)) as point')
    await until(() => readdirSync(join(deep, 'архив 100%')).some((name) => /^[0-9A-F]{24}$/.test(name)))
  })

  test('tells letters from quotation marks and dashes in Russian full text, and sorts ё in Russian on demand', async () => {
    const embedded = await start()
    const lexemes = "to_tsvector('Портал «Битрикс24» не открывается — ошибка №5')::text"
    expect(await ask(embedded.url, `select ${lexemes}`)).toBe("'5':6 'битрикс24':2 'открыва':4 'ошибк':5 'порта':1")
    expect(await ask(embedded.url, `select lower('ЁЛКА')`)).toBe('ёлка')
    expect(await ask(embedded.url, `select 'ёлка' < 'яма' collate "ru-x-icu"`)).toBe(true)
  })

  test('lets nobody in without the password, and keeps the password for its owner only', async () => {
    const embedded = await start()
    const stranger = new URL(embedded.url)
    stranger.password = 'guess'
    await expect(ask(stranger.href, 'select 1')).rejects.toThrow(/password authentication failed/)
    expect(statSync(join(folder, 'postgres', 'password')).mode & 0o777).toBe(0o600)
  })

  test('answers on its Unix socket as well', async () => {
    const embedded = await start()
    const { username, password } = new URL(embedded.url)
    const host = embedded.socketDir as string
    const sql = postgres({ host, port: embedded.port, username, password, database: 'opora', max: 1 })
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
    await sql.end()
  })
})

describe('after an accident', () => {
  test('a killed server comes back by itself on the same port with everything committed', async () => {
    const embedded = await start()
    await ask(embedded.url, 'create table kept as select 42 as answer')
    const pid = pidOf(embedded)
    process.kill(pid, 'SIGKILL')
    await until(() => (readPostmaster(embedded.cluster)?.pid ?? pid) !== pid)
    await until(() => readPostmaster(embedded.cluster)?.status === 'ready')
    expect(await ask(embedded.url, 'select answer from kept')).toBe(42)
  })

  test('the server of a killed Opora is taken over by the next start', async () => {
    const orphan = await startAndKill(60)
    const next = await start()
    expect(next.adopted).toBe(true)
    expect(pidOf(next)).toBe(orphan)
  })

  test('the server of a killed Opora stops when nobody comes back', async () => {
    const orphan = await startAndKill(0)
    expect(await gone(orphan, 20_000)).toBe(true)
    expect(readFileSync(join(folder, 'postgres', 'postgres.log'), 'utf8')).toContain('database system is shut down')
  })

  test('a left-over postmaster.pid that names a process of another program does not stop the start', async () => {
    const first = await start()
    await first.stop()
    writeFileSync(
      join(first.cluster, 'postmaster.pid'),
      `${process.pid}\n${first.cluster}\n1700000000\n5432\n\n\n\nready\n`,
    )
    const second = await start()
    expect(await ask(second.url, 'select 1')).toBe(1)
  })

  test('a lock left by a dead process is taken away', async () => {
    mkdirSync(join(folder, 'postgres'))
    writeFileSync(join(folder, 'postgres', 'lock'), '99999999.1')
    expect(await ask((await start()).url, 'select 1')).toBe(1)
  })

  test('a lost password file is replaced', async () => {
    const first = await start()
    await first.stop()
    rmSync(join(folder, 'postgres', 'password'))
    const second = await start()
    expect(second.url).not.toBe(first.url)
    expect(await ask(second.url, 'select 1')).toBe(1)
  })

  test('a half-made cluster is made anew, and a folder that is none is never taken for an empty one', async () => {
    mkdirSync(join(folder, 'postgres', 'cluster.part'), { recursive: true })
    const first = await start()
    await first.stop()
    rmSync(join(first.cluster, 'PG_VERSION'))
    await expect(start()).rejects.toThrow(/is no PostgreSQL cluster/)
  })

  test('a port that somebody else has is told with the words of the log', async () => {
    const other = await start({ dataDir: join(folder, 'other') })
    await expect(start({ port: other.port })).rejects.toThrow(/could not bind/)
  })
})

// Only root can change users, and an ordinary user needs none of this.
if (isRoot) {
  test('as root without user namespaces a system folder and a system user are used, and the folder is told', async () => {
    const said: string[] = []
    chmodSync(folder, 0o755)
    const place = { systemRoot: folder, systemUser: 'nobody' }
    const options = { ...place, asRoot: 'system user' as const, log: (line: string) => said.push(line) }
    const first = await start({ dataDir: join(folder, 'data'), ...options })
    expect(first.runsAs).toBe('system user')
    expect(said.join()).toContain(first.cluster.replace(/\/cluster$/, ''))
    expect(statSync(first.cluster).uid).not.toBe(0)
    expect(await ask(first.url, 'select 1')).toBe(1)
    await first.stop()
    const second = await start({ dataDir: join(folder, 'data'), ...place })
    expect(second.cluster).toBe(first.cluster)
  })
}

describe('an ephemeral server', () => {
  test('leaves neither a process nor a file when its process is killed', async () => {
    const { pid, base } = await startEphemeralAndKill()
    expect(await gone(pid, 20_000)).toBe(true)
    await until(() => !existsSync(base))
  })
})

test('settings fit the machine: a small one gives little, a large one is not asked for everything', () => {
  const of = (gib: number) =>
    renderSettings({ port: 1, socketDir: null, ephemeral: false, archiveDir: null }, gib * 1024 ** 3)
  expect(of(0.5)).toContain('shared_buffers = 64MB')
  expect(of(64)).toContain('shared_buffers = 256MB')
  expect(of(64)).toContain('jit = off')
})

async function startAndKill(graceSeconds: number): Promise<number> {
  const printed = await runAndKill(
    `const e = await startEmbedded({ dataDir: ${JSON.stringify(folder)}, graceSeconds: ${graceSeconds} }); console.log(e.cluster)`,
  )
  const found = readPostmaster(printed.trim())
  return found?.pid ?? Number.NaN
}

async function startEphemeralAndKill(): Promise<{ pid: number; base: string }> {
  const pidFile = join(folder, 'pid')
  const base = await runAndKill(
    `const e = await startEmbedded({ ephemeral: true })
     const { copyFileSync } = await import('node:fs')
     copyFileSync(e.cluster + '/postmaster.pid', ${JSON.stringify(pidFile)})
     console.log(e.cluster)`,
  )
  return { pid: Number(readFileSync(pidFile, 'utf8').split('\n')[0]), base: base.trim() }
}

/** Runs the lines in a process of their own until they have printed, then kills it without a word. */
function runAndKill(lines: string): Promise<string> {
  const module = JSON.stringify(new URL('./embedded.ts', import.meta.url).href)
  const code = `import { startEmbedded } from ${module}\n${lines}\nsetInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8')
      if (printed.includes('\n')) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('exit', () => resolve(printed))
  })
}
