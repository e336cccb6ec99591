import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openPool, type Sql } from './connect.ts'
import { ensureRoles } from './ensure-roles.ts'

// Any number that no other program uses as an advisory lock in this database.
const MIGRATION_LOCK = 0x6f706f72

export interface MigrationReport {
  applied: string[]
  alreadyThere: number
}

/**
 * Applies the plain SQL files of `folder` in the order of their names, each once and in its own transaction, however many
 * processes start together. Refuses to go on when a file that was applied has changed since.
 */
export async function migrate(options: { url: string; secret: Buffer; folder: string }): Promise<MigrationReport> {
  const owner = openPool(options.url, { max: 1, applicationName: 'opora migrate' })
  try {
    await owner`select set_config('statement_timeout', '0', false)`
    await owner`select pg_advisory_lock(${MIGRATION_LOCK})`
    await ensureRoles(owner, options.url, options.secret)
    await migrateJobQueue(options.url)
    return await applyFiles(owner, options.folder)
  } finally {
    await owner.end({ timeout: 5 })
  }
}

async function migrateJobQueue(url: string): Promise<void> {
  const { runMigrations } = await import('graphile-worker')
  await runMigrations({ connectionString: url })
}

async function applyFiles(owner: Sql, folder: string): Promise<MigrationReport> {
  await owner`create table if not exists schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
  const done = new Map(
    (await owner<{ name: string; sha256: string }[]>`select name, sha256 from schema_migration`).map((row) => [
      row.name,
      row.sha256,
    ]),
  )
  const applied: string[] = []
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const text = await readFile(join(folder, name), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const before = done.get(name)
    if (before === sha256) continue
    if (before) throw new Error(`migration ${name} was applied and has changed since: write a new file instead`)
    await owner.begin(async (tx) => {
      await tx.unsafe(text)
      await tx`insert into schema_migration (name, sha256) values (${name}, ${sha256})`
    })
    applied.push(name)
  }
  return { applied, alreadyThere: done.size }
}
