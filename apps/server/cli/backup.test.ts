import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opora/platform/config'
import { openPool, type Sql } from '@opora/platform/database'
import { type Embedded, startEmbedded } from '@opora/platform/embedded'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backup } from './backup.ts'
import { type BackupContext, backupCommand, restoreCommand } from './backup-command.ts'
import { restore } from './restore.ts'

let folder: string
let running: Embedded
let sql: Sql
const log = () => {}
const at = (name: string) => join(folder, name)

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'opora-backup-')))
  running = await startEmbedded({ dataDir: at('data'), archiveDir: at('wal'), graceSeconds: 0 })
  sql = openPool(running.url, { max: 1 })
  await sql`create table ticket (id bigint primary key, subject text)`
  await sql`insert into ticket values (1, 'Портал не открывается')`
  mkdirSync(at('data/files/ab'), { recursive: true })
  writeFileSync(at('data/files/ab/abcd'), 'вложение')
  writeFileSync(at('data/secret.key'), '00')
})

afterEach(async () => {
  await sql.end()
  await running.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function restored<T>(dataDir: string, look: (there: Sql) => Promise<T>): Promise<T> {
  const embedded = await startEmbedded({ dataDir, graceSeconds: 0 })
  const there = openPool(embedded.url, { max: 1 })
  try {
    return await look(there)
  } finally {
    await there.end()
    await embedded.stop()
  }
}

const subjects = async (there: Sql) =>
  (await there`select subject from ticket order by id`).map((row) => row['subject'])

test('a backup of the running system comes back whole: rows, files and keys', async () => {
  const made = await backup({ dataDir: at('data'), into: at('data/backups'), archiveDir: at('wal'), log })
  await sql`insert into ticket values (2, 'После копии')`
  const report = await restore({ from: made.folder, dataDir: at('new'), log })
  expect(report.tables).toBe(1)
  expect(await restored(at('new'), subjects)).toEqual(['Портал не открывается'])
  expect(readFileSync(at('new/files/ab/abcd'), 'utf8')).toBe('вложение')
  expect(readFileSync(at('new/secret.key'), 'utf8')).toBe('00')
  expect(existsSync(at('new/backups'))).toBe(false)
})

test('a folder that had a key of its own takes the backup’s, without which the restored database could not be read', async () => {
  const made = await backup({ dataDir: at('data'), into: at('backups'), log })
  mkdirSync(at('new'))
  writeFileSync(at('new/secret.key'), '11')
  await restore({ from: made.folder, dataDir: at('new'), log })
  expect(readFileSync(at('new/secret.key'), 'utf8')).toBe('00')
  const [aside = ''] = readdirSync(at('new')).filter((name) => name.startsWith('secret.key.'))
  expect(readFileSync(at(`new/${aside}`), 'utf8')).toBe('11')
})

test('with the archived log any moment after the backup comes back, here the one before a table was dropped', async () => {
  const made = await backup({ dataDir: at('data'), into: at('backups'), archiveDir: at('wal'), log })
  await sql`insert into ticket values (2, 'После копии')`
  const [moment] = await sql`select (clock_timestamp() + interval '1 millisecond')::text as now`
  await sql`select pg_sleep(0.01)`
  await sql`drop table ticket`
  await archived()
  const report = await restore({
    from: made.folder,
    dataDir: at('new'),
    archiveDir: at('wal'),
    toTime: String(moment?.['now']),
    log,
  })
  expect(report.tables).toBe(1)
  expect(await restored(at('new'), subjects)).toEqual(['Портал не открывается', 'После копии'])
})

test('a moment that the log does not reach is refused, and nothing is left that would start empty', async () => {
  const made = await backup({ dataDir: at('data'), into: at('backups'), archiveDir: at('wal'), log })
  await sql`insert into ticket values (2, 'После копии')`
  await archived()
  const wish = { from: made.folder, dataDir: at('new'), archiveDir: at('wal'), toTime: '2999-01-01T00:00:00Z', log }
  await expect(restore(wish)).rejects.toThrow(/recovery ended before configured recovery target was reached/)
  expect(existsSync(at('new/postgres/cluster'))).toBe(false)
})

test('a damaged backup is refused with the names of its faults before anything is written', async () => {
  const made = await backup({ dataDir: at('data'), into: at('backups'), log })
  const wal = readdirSync(join(made.folder, 'cluster/pg_wal')).find((name) => name.length === 24) as string
  truncateSync(join(made.folder, 'cluster/pg_wal', wal), 1000)
  rmSync(join(made.folder, 'cluster/global/pg_control'))
  writeFileSync(join(made.folder, 'data/secret.key'), '11')
  const refused = restore({ from: made.folder, dataDir: at('new'), log })
  await expect(refused).rejects.toThrow('cluster/global/pg_control is missing')
  await expect(refused).rejects.toThrow(`cluster/pg_wal/${wal} has 1000 bytes instead of 16777216`)
  await expect(refused).rejects.toThrow('data/secret.key was changed')
  expect(existsSync(at('new'))).toBe(false)
})

test('no backup, a half-made one, a folder with data, and a moment without an archive are each told', async () => {
  await expect(restore({ from: at('data'), dataDir: at('new'), log })).rejects.toThrow(/is no backup of Opora/)
  const made = await backup({ dataDir: at('data'), into: at('backups'), log })
  await expect(restore({ from: made.folder, dataDir: at('data'), log })).rejects.toThrow(/already holds a database/)
  const toTime = '2026-01-01T00:00:00Z'
  await expect(restore({ from: made.folder, dataDir: at('new'), toTime, log })).rejects.toThrow(/name the archive/)
  await expect(restore({ from: made.folder, dataDir: at('new'), toTime: 'вчера', log })).rejects.toThrow(/is no moment/)
})

test('the commands: into the data folder by default, back into another, and an external database is left to its tools', async () => {
  const said: string[] = []
  const of = (dataDir: string, databaseUrl: Secret | null = null): BackupContext => ({
    dataDir,
    walArchive: null,
    databaseUrl,
    locale: 'ru',
    print: (line) => said.push(line),
  })
  expect(await backupCommand([], of(at('data')))).toBe(0)
  const [name = ''] = readdirSync(at('data/backups'))
  expect(await restoreCommand([at(`data/backups/${name}`)], of(at('new')))).toBe(0)
  expect(said.at(-1)).toBe('Восстановлено и проверено: таблиц 1. Дальше: npm start.')
  expect(await restoreCommand([], of(at('new')))).toBe(2)

  const external = of(at('data'), new Secret('postgres://u:hunter2@db/opora'))
  expect(await backupCommand([], external)).toBe(1)
  expect(said.join('\n')).toContain('pg_dump --format=custom')
  expect(said.join('\n')).not.toContain('hunter2')
  expect(await backupCommand(['--files-only', at('files-only')], external)).toBe(0)
  expect(await restoreCommand([at(`files-only/${readdirSync(at('files-only'))[0]}`)], of(at('files')))).toBe(0)
  expect(readFileSync(at('files/secret.key'), 'utf8')).toBe('00')
})

/** Waits until the log written so far lies in the archive. */
async function archived(): Promise<void> {
  const [row] = await sql`select pg_walfile_name(pg_switch_wal()) as file`
  const file = join(at('wal'), String(row?.['file']))
  for (let tries = 0; tries < 200 && !existsSync(file); tries++) await sql`select pg_sleep(0.05)`
}
