import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '@opora/core'
import { isoInstant } from '@opora/core'
import { connect, type Database, migrate, openPool, type Sql } from '../database/index.ts'

const MIGRATIONS = join(import.meta.dirname, '../../database/migrations')
const TEMPLATE_LOCK = 0x74657374
/** The secret of every test installation: login roles are shared by all databases of the test cluster. */
export const TEST_SECRET = Buffer.alloc(32, 7)

export interface TestDatabase extends Database {
  /** Address of the owner, for job runners and child processes. */
  url: string
  /** The owner: sees all, may shift the clock. */
  owner: Sql
  /** Sets what the installation takes for the present moment; time then goes on from there. */
  setNow(instant: Instant | string): Promise<void>
  drop(): Promise<void>
}

/** A fresh database of this test file, copied from a template with all migrations applied. */
export async function createTestDatabase(
  options: { seedTemplate?: { name: string; fill(database: Database, owner: Sql): Promise<void> } } = {},
): Promise<TestDatabase> {
  const cluster = process.env['OPORA_TEST_DATABASE_URL']
  if (!cluster)
    throw new Error(
      'OPORA_TEST_DATABASE_URL is missing: run the tests by `npm test`, which starts a PostgreSQL for them',
    )
  const admin = openPool(cluster, { max: 1, applicationName: 'opora testkit' })
  const name = `test_${randomBytes(6).toString('hex')}`
  try {
    const template = await ensureTemplate(admin, cluster)
    await admin.unsafe(`create database ${name} template ${template}`)
  } finally {
    await admin.end()
  }
  const url = withDatabase(cluster, name)
  const database = connect({
    url,
    secret: TEST_SECRET,
    staffConnections: 4,
    clientConnections: 3,
    workerConnections: 4,
    applicationName: name,
  })
  const owner = openPool(url, { max: 2, applicationName: name })
  if (options.seedTemplate) await options.seedTemplate.fill(database, owner)
  return {
    ...database,
    url,
    owner,
    async setNow(instant) {
      const text = typeof instant === 'string' ? instant : isoInstant(instant)
      await owner`update installation set clock_offset = ${text}::timestamptz - now()`
    },
    async drop() {
      await Promise.all([database.close(), owner.end({ timeout: 5 })])
      const again = openPool(cluster, { max: 1, applicationName: 'opora testkit' })
      await again.unsafe(`drop database if exists ${name} with (force)`)
      await again.end()
    },
  }
}

async function ensureTemplate(admin: Sql, cluster: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(MIGRATIONS)).sort())
    hash.update(file).update(await readFile(join(MIGRATIONS, file)))
  const template = `template_${hash.digest('hex').slice(0, 16)}`
  await admin`select pg_advisory_lock(${TEMPLATE_LOCK})`
  try {
    const there = await admin`select 1 from pg_database where datname = ${template}`
    if (there.length === 0) {
      const draft = `${template}_draft`
      await admin.unsafe(`drop database if exists ${draft} with (force)`)
      await admin.unsafe(`create database ${draft}`)
      await migrate({ url: withDatabase(cluster, draft), secret: TEST_SECRET, folder: MIGRATIONS })
      await admin.unsafe(`alter database ${draft} rename to ${template}`)
    }
  } finally {
    await admin`select pg_advisory_unlock(${TEMPLATE_LOCK})`
  }
  return template
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.toString()
}
