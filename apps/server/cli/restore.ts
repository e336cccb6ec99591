import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { openPool } from '@opora/platform/database'
import { type EmbeddedPlace, embeddedPlace, startEmbedded } from '@opora/platform/embedded'
import { faultsOfBackup, PASSWORD, readManifest, walk } from './backup-folder.ts'

export interface RestoreOptions {
  /** The folder that `backup` made. */
  from: string
  /** Must hold no database yet. */
  dataDir: string
  /** The archive of write-ahead log, to go on beyond the backup. */
  archiveDir?: string | null
  /** The last moment to bring back, as ISO 8601; without it, everything that the archive has. */
  toTime?: string | null
  log: (message: string) => void
}

export interface RestoreReport {
  /** How many tables the restored database has, none of them broken. */
  tables: number
  /** The database's moment: when its last transaction was committed, where known. */
  upTo: string | null
}

const FAULTS_SHOWN = 10

/** Brings a backup into an empty data folder, or says why not; it never leaves a folder that would "start empty". */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const from = resolve(options.from)
  if (options.toTime && Number.isNaN(Date.parse(options.toTime))) {
    throw new Error(`"${options.toTime}" is no moment; write it like 2026-03-01T09:30:00+03:00.`)
  }
  if (options.toTime && !options.archiveDir) {
    throw new Error(
      'To bring back a moment after the backup, name the archive of write-ahead log (OPORA_WAL_ARCHIVE or --wal).',
    )
  }
  const manifest = await readManifest(from)
  const faults = await faultsOfBackup(from, manifest)
  if (faults.length > 0) {
    const more = faults.length > FAULTS_SHOWN ? `\n  … and ${faults.length - FAULTS_SHOWN} more` : ''
    throw new Error(
      `The backup is damaged, nothing was restored:\n  ${faults.slice(0, FAULTS_SHOWN).join('\n  ')}${more}`,
    )
  }
  const place = embeddedPlace({ dataDir: options.dataDir, log: options.log })
  if (existsSync(place.cluster))
    throw new Error(`${place.cluster} already holds a database. Move it away, or choose another OPORA_DATA.`)
  options.log(`The backup is whole (${Object.keys(manifest.files).length} files). Copying…`)
  if (existsSync(join(from, 'cluster'))) await putCluster(from, place, options)
  await putData(from, options)
  if (!existsSync(place.cluster)) return { tables: 0, upTo: null }
  const report = await startAndLook(place, options)
  if (options.archiveDir)
    options.log('The restored database writes a log of its own from here on: make a new backup soon.')
  return report
}

async function putCluster(from: string, place: EmbeddedPlace, options: RestoreOptions): Promise<void> {
  const half = `${place.cluster}.part`
  await rm(half, { recursive: true, force: true })
  await cp(join(from, 'cluster'), half, { recursive: true })
  await mkdir(join(half, 'pg_wal', 'archive_status'), { recursive: true, mode: 0o700 })
  if (options.archiveDir) await asRecovery(half, resolve(options.archiveDir), options.toTime ?? null)
  place.give(half)
  for await (const path of walk(half, () => false)) place.give(join(half, path))
  const password = join(dirname(place.cluster), 'password')
  await cp(join(from, PASSWORD), password)
  place.give(password)
  await rename(half, place.cluster)
}

const RECOVERY_MARK = '# restore'

async function asRecovery(cluster: string, archiveDir: string, toTime: string | null): Promise<void> {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
  const inShell = `'${archiveDir.replaceAll('%', '%%').replaceAll("'", `'\\''`)}'`
  const lines = [
    `restore_command = ${quoted(`cp ${inShell}/%f "%p"`)}`,
    "recovery_target_timeline = 'latest'",
    "recovery_target_action = 'promote'",
    // Nobody is let in before the target is reached, so "ready" means ready.
    'hot_standby = off',
    ...(toTime
      ? [`recovery_target_time = ${quoted(new Date(toTime).toISOString().replace('T', ' ').replace('Z', '+00'))}`]
      : []),
  ]
  await appendFile(join(cluster, 'postgresql.auto.conf'), lines.map((line) => `${line} ${RECOVERY_MARK}\n`).join(''))
  await writeFile(join(cluster, 'recovery.signal'), '')
}

/** Everything but the database; what is there already stays as it is, but for the key that the database was sealed with. */
async function putData(from: string, options: RestoreOptions): Promise<void> {
  const data = join(from, 'data')
  if (!existsSync(data)) return
  await putKeyAside(data, options)
  for (const name of await readdir(data)) {
    await cp(join(data, name), join(options.dataDir, name), { recursive: true, force: false, errorOnExist: false })
  }
}

const KEY = 'secret.key'

/** Second factors, mailbox passwords and reply addresses open with the backup's key alone; a folder that Opora was tried in has its own. */
async function putKeyAside(data: string, options: RestoreOptions): Promise<void> {
  const [theirs, own] = [join(data, KEY), join(options.dataDir, KEY)]
  if (!existsSync(theirs) || !existsSync(own)) return
  if ((await readFile(theirs)).equals(await readFile(own))) return
  const aside = `${own}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`
  await rename(own, aside)
  options.log(`The key of the backup takes the place of the one that was here, which now lies in ${aside}.`)
}

async function startAndLook(place: EmbeddedPlace, options: RestoreOptions): Promise<RestoreReport> {
  const aside = `${place.cluster}.failed`
  try {
    const embedded = await startEmbedded({ dataDir: options.dataDir, log: options.log })
    try {
      return await lookThrough(embedded.url)
    } finally {
      await embedded.stop()
      await endRecovery(place.cluster)
    }
  } catch (error) {
    // A cluster that does not come up must not be taken for the restored one by the next start.
    await rm(aside, { recursive: true, force: true })
    await rename(place.cluster, aside)
    throw new Error(
      `The database could not be brought back; what there is lies in ${aside}. ${(error as Error).message}`,
    )
  }
}

/** Every index is compared with itself and every table read, so that damage shows now and not in a month. */
async function lookThrough(url: string): Promise<RestoreReport> {
  const sql = openPool(url, { max: 1, applicationName: 'opora restore' })
  try {
    await sql.unsafe('create extension if not exists amcheck')
    await sql.unsafe(
      `select bt_index_check(index.oid) from pg_class index join pg_am on pg_am.oid = index.relam
       where pg_am.amname = 'btree' and index.relkind = 'i' and index.relpersistence = 'p'`,
    )
    const faults = await sql.unsafe(
      `select c.relname, v.msg from pg_class c, lateral verify_heapam(c.oid) v
       where c.relkind in ('r', 'm') and c.relpersistence = 'p' limit 10`,
    )
    if (faults.length > 0)
      throw new Error(`Damaged tables: ${faults.map((row) => `${row['relname']}: ${row['msg']}`).join('; ')}`)
    await sql.unsafe('drop extension amcheck')
    const [count] = await sql`select count(*)::int as tables from pg_tables where schemaname = 'public'`
    const [last] = await sql`select pg_last_xact_replay_timestamp()::text as moment`
    return { tables: Number(count?.['tables']), upTo: (last?.['moment'] as string | null) ?? null }
  } finally {
    await sql.end()
  }
}

async function endRecovery(cluster: string): Promise<void> {
  const path = join(cluster, 'postgresql.auto.conf')
  const kept = (await readFile(path, 'utf8')).split('\n').filter((line) => !line.endsWith(RECOVERY_MARK))
  await writeFile(path, kept.join('\n'))
}
