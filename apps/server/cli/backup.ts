import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { openPool, type Sql } from '@opora/platform/database'
import { startEmbedded } from '@opora/platform/embedded'
import { type BackupManifest, copyHashed, PASSWORD, walk, writeManifest } from './backup-folder.ts'

export interface BackupOptions {
  dataDir: string
  /** Where the backup's own folder is made. */
  into: string
  archiveDir?: string | null
  /** Leave the database to the tools of an external PostgreSQL. */
  filesOnly?: boolean
  log: (message: string) => void
}

export interface BackupReport {
  folder: string
  files: number
  sizeBytes: number
}

/**
 * A copy of the running system: the cluster between pg_backup_start and pg_backup_stop with the log it needs,
 * then everything else of the data folder. In this order, since a file is written before the row that names it:
 * every row of the copy finds its file. The folder bears its final name only when it is whole.
 */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const madeAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const folder = resolve(options.into, `opora-${madeAt.replaceAll(':', '-')}`)
  if (existsSync(folder)) throw new Error(`${folder} is there already.`)
  const half = `${folder}.part`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true, mode: 0o700 })
  const manifest: BackupManifest = { format: 1, madeAt, postgresVersion: '', startWalFile: '', files: {} }
  if (!options.filesOnly) await backupCluster(options, half, manifest)
  const apart = new Set([resolve(options.into), options.archiveDir ? resolve(options.archiveDir) : ''])
  const skip = (path: string) => path === 'postgres' || apart.has(resolve(options.dataDir, path))
  await copyTree(options.dataDir, half, 'data', skip, manifest)
  await writeManifest(half, manifest)
  await rename(half, folder)
  const sizes = Object.values(manifest.files).map((file) => file.sizeBytes)
  return { folder, files: sizes.length, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) }
}

async function backupCluster(options: BackupOptions, half: string, manifest: BackupManifest): Promise<void> {
  const embedded = await startEmbedded({
    dataDir: options.dataDir,
    archiveDir: options.archiveDir ?? null,
    log: options.log,
  })
  const sql = openPool(embedded.url, { max: 1, applicationName: 'opora backup' })
  try {
    await refuseTablespaces(sql)
    await copyBetweenMarks(sql, embedded.cluster, half, manifest)
  } finally {
    await sql.end()
    await embedded.stop()
  }
}

async function refuseTablespaces(sql: Sql): Promise<void> {
  const rows = await sql`select spcname from pg_tablespace where spcname not in ('pg_default', 'pg_global')`
  if (rows.length > 0)
    throw new Error('The embedded cluster has tablespaces of its own, which this backup does not follow.')
}

/** Made anew by a start, or belonging to the running process. */
const LEFT_OUT =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.|(^|\/)(pgsql_tmp.*|pg_internal\.init.*|postmaster\.(pid|opts))$/
const CONTROL = 'global/pg_control'

async function copyBetweenMarks(sql: Sql, cluster: string, half: string, manifest: BackupManifest): Promise<void> {
  // The slot keeps the log of the whole time of copying from being used again.
  await sql`select pg_create_physical_replication_slot(${`opora_backup_${process.pid}`}, true, true)`
  const [start] =
    await sql`select pg_walfile_name(pg_backup_start('opora', true)) as file, current_setting('server_version') as version`
  manifest.startWalFile = String(start?.['file'])
  manifest.postgresVersion = String(start?.['version'])
  await copyTree(cluster, half, 'cluster', (path) => LEFT_OUT.test(path) || path === CONTROL, manifest)
  await copyOne(join(cluster, CONTROL), half, `cluster/${CONTROL}`, manifest)
  // Without waiting for the archive: the log that the copy needs is taken along below.
  const [stop] = await sql`select labelfile, pg_walfile_name(lsn) as file from pg_backup_stop(false)`
  await sql`select pg_switch_wal()`
  await writeFile(join(half, 'label.part'), String(stop?.['labelfile']), { mode: 0o600 })
  await copyOne(join(half, 'label.part'), half, 'cluster/backup_label', manifest)
  await rm(join(half, 'label.part'))
  const [first, last] = [manifest.startWalFile, String(stop?.['file'])]
  const isNeeded = (name: string) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last
  await copyOne(join(dirname(cluster), PASSWORD), half, PASSWORD, manifest)
  await copyTree(join(cluster, 'pg_wal'), half, 'cluster/pg_wal', (path) => !isNeeded(path), manifest)
}

async function copyTree(
  from: string,
  half: string,
  under: string,
  skip: (path: string) => boolean,
  manifest: BackupManifest,
): Promise<void> {
  await mkdir(join(half, under), { recursive: true, mode: 0o700 })
  for await (const path of walk(from, skip)) {
    // PostgreSQL wants its empty folders back as well.
    if (path.endsWith('/')) await mkdir(join(half, under, path), { recursive: true, mode: 0o700 })
    else await copyOne(join(from, path), half, `${under}/${path}`, manifest)
  }
}

async function copyOne(from: string, half: string, path: string, manifest: BackupManifest): Promise<void> {
  const copied = await copyHashed(from, join(half, path))
  if (copied) manifest.files[path] = copied
  else await rm(join(half, path), { force: true })
}
