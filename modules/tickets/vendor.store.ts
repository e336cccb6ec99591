import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'

export interface VendorRow {
  code: string
  nameRu: string
  nameEn: string
  calendarCode: string
  link: string | null
  answerMinutes: Record<string, number>
  remindShares: number[]
  remindDays: number[]
  freeEditions: string[]
  boxedDays: number
  version: number
}

export interface TopicRow {
  code: string
  nameRu: string
  nameEn: string
  hosting: 'cloud' | 'boxed' | null
}

export interface WaitRow {
  id: number
  clientId: number
  ticketId: number
  number: string
  link: string | null
  topic: string | null
  topicRu: string | null
  topicEn: string | null
  place: string
  askedAt: Instant
  askedBy: number | null
  askedByName: string
  calendarKey: string
  expectedMinutes: number
  expectedAt: Instant
  endedAt: Instant | null
  endedAs: 'answered' | 'left' | null
  version: number
  now: Instant
}

type Fragment = ReturnType<Queryable>

export const waitColumns = (sql: Queryable): Fragment => sql`
  w.id, w.client_id, w.ticket_id, w.number, replace(v.link, '{number}', w.number) as link, w.topic, vt.name_ru as topic_ru, vt.name_en as topic_en,
  w.place, w.asked_at, w.asked_by, w.asked_by_name, w.calendar_key, w.expected_minutes, w.expected_at, w.ended_at, w.ended_as, w.version,
  app_now() as now`
export const waitSources = (sql: Queryable): Fragment =>
  sql`vendor_wait w join vendor v on v.code = w.vendor left join vendor_topic vt on vt.code = w.topic`

export const vendorStore = {
  async vendor(sql: Queryable): Promise<VendorRow> {
    const [row] = await sql<VendorRow[]>`select * from vendor order by code limit 1`
    return row!
  },
  topics: (sql: Queryable): Promise<TopicRow[]> =>
    sql<
      TopicRow[]
    >`select code, name_ru, name_en, hosting from vendor_topic where archived_at is null order by position, code`,
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
  async overrideOf(sql: Queryable, ticketId: number): Promise<{ reason: string; name: string; at: Instant } | null> {
    const [row] = await sql<
      { reason: string; name: string; at: Instant }[]
    >`select reason, name, at from vendor_override where ticket_id = ${ticketId}`
    return row ?? null
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
  waitsOf: (sql: Queryable, ticketId: number): Promise<WaitRow[]> =>
    sql<
      WaitRow[]
    >`select ${waitColumns(sql)} from ${waitSources(sql)} where w.ticket_id = ${ticketId} order by w.id desc limit 50`,
  async openWait(sql: Queryable, ticketId: number): Promise<WaitRow | null> {
    const [row] = await sql<
      WaitRow[]
    >`select ${waitColumns(sql)} from ${waitSources(sql)} where w.ticket_id = ${ticketId} and w.ended_at is null`
    return row ?? null
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
  reminders: (
    sql: Queryable,
    waitId: number,
  ): Promise<{ kind: string; dueAt: Instant; firedAt: Instant | null; cancelled: boolean }[]> =>
    sql`select kind, due_at, fired_at, cancelled_at is not null as cancelled from vendor_reminder where wait_id = ${waitId} order by due_at, kind`,
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
