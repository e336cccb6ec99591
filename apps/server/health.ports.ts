import { isoInstantOrNull } from '@opora/core'
import type { HealthPorts } from './health.route.ts'
import { type Runtime, VERSION } from './runtime.ts'

const DEAF_MS = 15 * 60_000

/** What health, doctor and metrics read. */
export function healthPorts(runtime: Runtime): HealthPorts {
  const { database } = runtime
  return {
    version: VERSION,
    startedAt: performance.now(),
    async pingDatabase() {
      const before = performance.now()
      await database.ping()
      return Math.round((performance.now() - before) * 10) / 10
    },
    async queue() {
      const [row] = await database.worker<{ waiting: number; failed: number; oldest: number }[]>`
        select count(*) filter (where attempts < max_attempts) as waiting, count(*) filter (where attempts >= max_attempts) as failed,
          coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts and run_at < now())), 0)::int as oldest
        from job_queue`
      return { waiting: row!.waiting, failed: row!.failed, oldestSeconds: row!.oldest }
    },
    async mailboxes() {
      const rows = await database.worker<
        {
          name: string
          address: string
          protocol: string
          lastOkAt: number | null
          lastError: string | null
          lastErrorAt: number | null
          now: number
        }[]
      >`
        select name, address, protocol, last_ok_at, last_error, last_error_at, app_now() as now from mailbox where active order by id`
      return rows.map((row) => {
        const silent = row.protocol === 'imap' && (row.lastOkAt === null || row.now - row.lastOkAt > DEAF_MS)
        return {
          name: row.name,
          address: row.address,
          ok: !silent,
          lastOkAt: isoInstantOrNull(row.lastOkAt),
          error: row.lastError,
        }
      })
    },
  }
}
