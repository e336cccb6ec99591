import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import type { TopicRow, VendorRow } from './vendor.read-model.ts'

export const vendorStore = {
  /** False: somebody else has changed it meanwhile. */
  async saveVendor(sql: Queryable, version: number, row: Omit<VendorRow, 'code' | 'version'>): Promise<boolean> {
    const values = { ...row, answerMinutes: sql.json(row.answerMinutes as Json) }
    const made =
      await sql`update vendor set ${sql(values as never)}, version = version + 1 where version = ${version} returning 1`
    return made.length > 0
  },
  /** Exactly these topics, in this order; what was taken out stays for the questions that bear it. */
  async saveTopics(sql: Queryable, topics: readonly TopicRow[]): Promise<void> {
    await sql`update vendor_topic set archived_at = app_now()
      where archived_at is null and code <> all(${topics.map((topic) => topic.code)}::text[])`
    for (const [index, topic] of topics.entries()) {
      const row = { ...topic, position: (index + 1) * 10 }
      await sql`insert into vendor_topic ${sql(row)} on conflict (code) do update set name_ru = excluded.name_ru, name_en = excluded.name_en,
        hosting = excluded.hosting, position = excluded.position, archived_at = null`
    }
  },
  async override(
    sql: Queryable,
    row: { ticketId: number; clientId: number; reason: string; against: string[]; accountId: number; name: string },
  ): Promise<boolean> {
    const made = await sql`insert into vendor_override ${sql(row)} on conflict do nothing returning 1`
    return made.length > 0
  },
  async addWait(sql: Queryable, row: Record<string, unknown>): Promise<number> {
    const [made] = await sql<{ id: number }[]>`insert into vendor_wait ${sql(row as never)} returning id`
    return made!.id
  },
  async addReminders(
    sql: Queryable,
    wait: { id: number; clientId: number },
    reminders: readonly { kind: string; dueAt: Instant }[],
  ): Promise<void> {
    for (const reminder of reminders)
      await sql`insert into vendor_reminder (wait_id, client_id, kind, due_at) values (${wait.id}, ${wait.clientId}, ${reminder.kind}, ${reminder.dueAt})
        on conflict do nothing`
  },
  async endWait(sql: Queryable, id: number, at: Instant, as: 'answered' | 'left'): Promise<void> {
    await sql`update vendor_wait set ended_at = ${at}, ended_as = ${as}, version = version + 1 where id = ${id} and ended_at is null`
    await sql`update vendor_reminder set cancelled_at = app_now() where wait_id = ${id} and fired_at is null and cancelled_at is null`
  },
  async renumber(sql: Queryable, id: number, version: number, number: string): Promise<boolean> {
    const made = await sql`update vendor_wait set number = ${number}, version = version + 1
      where id = ${id} and version = ${version} and ended_at is null returning 1`
    return made.length > 0
  },
  /** One reminder that has come due; marked in this transaction, so that it goes out once however many workers look. */
  async takeReminder(sql: Queryable): Promise<{ waitId: number; ticketId: number; kind: string } | null> {
    const [row] = await sql<{ waitId: number; ticketId: number; kind: string }[]>`
      update vendor_reminder r set fired_at = app_now() from vendor_wait w
      where w.id = r.wait_id and (r.wait_id, r.kind) = (select wait_id, kind from vendor_reminder
        where fired_at is null and cancelled_at is null and due_at <= app_now() order by due_at, wait_id, kind for update skip locked limit 1)
      returning r.wait_id, w.ticket_id, r.kind`
    return row ?? null
  },
}
