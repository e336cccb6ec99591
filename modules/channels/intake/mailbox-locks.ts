import type { Sql } from '@opora/platform/database'

const LOCK_CLASS = 0x6d626f78

export interface MailboxLocks {
  /** Holds the locks of these mailboxes and of no others; gives those that this process holds now. */
  hold(ids: readonly number[]): Promise<Set<number>>
  close(): Promise<void>
}

/** Locks that live as long as one connection: when the process or the database dies they are free at once. */
export function createMailboxLocks(pool: Sql): MailboxLocks {
  let connection: Awaited<ReturnType<Sql['reserve']>> | null = null
  let held = new Set<number>()
  let backend = 0

  /** The connection may have been made anew behind our back, and the locks are gone with the old one. */
  const checked = async () => {
    connection ??= await pool.reserve()
    const [row] = await connection<{ pid: number }[]>`select pg_backend_pid() as pid`
    if (row!.pid !== backend) held = new Set()
    backend = row!.pid
    return connection
  }
  const letGo = () => {
    connection?.release()
    connection = null
    held = new Set()
  }
  return {
    async hold(ids) {
      if (ids.length === 0 && held.size === 0) return held
      try {
        const sql = await checked()
        for (const id of [...held].filter((one) => !ids.includes(one))) {
          await sql`select pg_advisory_unlock(${LOCK_CLASS}::int, ${id}::int)`
          held.delete(id)
        }
        for (const id of ids.filter((one) => !held.has(one))) {
          const [row] = await sql<
            { got: boolean }[]
          >`select pg_try_advisory_lock(${LOCK_CLASS}::int, ${id}::int) as got`
          if (row!.got) held.add(id)
        }
        return new Set(held)
      } catch (error) {
        letGo()
        throw error
      }
    },
    async close() {
      if (connection === null) return
      await connection`select pg_advisory_unlock_all()`.catch(() => undefined)
      letGo()
    },
  }
}
