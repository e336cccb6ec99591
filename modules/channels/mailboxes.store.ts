import type { Json, Queryable } from '@opora/platform/database'
import type { ImapSettings } from './contract.ts'

/** What can be written of a mailbox. The password goes by `seal`, which needs the row's id. */
export interface MailboxColumns {
  name?: string
  address?: string
  protocol?: 'smtp' | 'imap'
  settings?: Json
  formMap?: Json
  defaultTopic?: string | null
  active?: boolean
}

export interface ImapMailbox {
  id: number
  version: number
  address: string
  settings: ImapSettings
  secretSealed: Buffer | null
}

/** Where a mailbox's password is bound to: a ciphertext moved to another row does not open. */
export const secretPlace = (id: number) => `mailbox|secret|${id}`

export const mailboxesStore = {
  async insert(sql: Queryable, columns: MailboxColumns): Promise<number> {
    const [row] = await sql<{ id: number }[]>`insert into mailbox ${sql(written(sql, columns))} returning id`
    return row!.id
  },
  /** The new version; null when the row is not of the version expected. */
  async update(sql: Queryable, id: number, version: number | null, columns: MailboxColumns): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`update mailbox set version = version + 1
      where id = ${id} and (${version}::int is null or version = ${version}::int) returning version`
    const changes = written(sql, columns)
    if (row && Object.keys(changes).length > 0) await sql`update mailbox set ${sql(changes)} where id = ${id}`
    return row?.version ?? null
  },
  async seal(sql: Queryable, id: number, sealed: Buffer | null): Promise<void> {
    await sql`update mailbox set secret_sealed = ${sealed} where id = ${id}`
  },
  /** Whoever polls hears of it when the change is committed. */
  async announce(sql: Queryable): Promise<void> {
    await sql`select pg_notify('opora_mailboxes', '')`
  },
  /**
   * The mailboxes that this process reads from now on, for so long unless it asks again: those that nobody reads, and those of a process
   * that has not asked again in time. Judged by the database's own clock. With the worker's rights: the desk does not see the password.
   */
  async lease(sql: Queryable, process: string, leaseMs: number): Promise<ImapMailbox[]> {
    const rows = await sql<ImapMailbox[]>`
      update mailbox set polled_by = ${process}, polled_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
      where active and protocol = 'imap' and (polled_by is null or polled_by = ${process} or polled_until < clock_timestamp())
      returning id, version, address, settings, secret_sealed`
    return [...rows].sort((one, other) => one.id - other.id)
  },
  /** Leaves all its mailboxes to whoever asks next. */
  async release(sql: Queryable, process: string): Promise<void> {
    await sql`update mailbox set polled_by = null, polled_until = null where polled_by = ${process}`
    await this.announce(sql)
  },
  async secretOf(sql: Queryable, id: number): Promise<Buffer | null> {
    const [row] = await sql<{ secretSealed: Buffer | null }[]>`select secret_sealed from mailbox where id = ${id}`
    return row?.secretSealed ?? null
  },
  async noteOk(sql: Queryable, id: number): Promise<void> {
    await sql`update mailbox set last_ok_at = app_now(), last_error = null where id = ${id}`
  },
  async noteError(sql: Queryable, id: number, fault: string): Promise<void> {
    await sql`update mailbox set last_error = ${fault}, last_error_at = app_now() where id = ${id}`
  },
}

function written(sql: Queryable, columns: MailboxColumns): never {
  const { settings, formMap, ...plain } = columns
  return {
    ...plain,
    ...(settings === undefined ? {} : { settings: sql.json(settings) }),
    ...(formMap === undefined ? {} : { formMap: formMap === null ? null : sql.json(formMap) }),
  } as never
}
