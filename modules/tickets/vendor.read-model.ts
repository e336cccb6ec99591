import type { Scope } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { ticketScope } from './tickets.list.ts'

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

const waitColumns = (sql: Queryable): Fragment => sql`
  w.id, w.client_id, w.ticket_id, w.number, replace(v.link, '{number}', w.number) as link, w.topic, vt.name_ru as topic_ru, vt.name_en as topic_en,
  w.place, w.asked_at, w.asked_by, w.asked_by_name, w.calendar_key, w.expected_minutes, w.expected_at, w.ended_at, w.ended_as, w.version,
  app_now() as now`
const waitSources = (sql: Queryable): Fragment =>
  sql`vendor_wait w join vendor v on v.code = w.vendor left join vendor_topic vt on vt.code = w.topic`

interface WaitingRow extends WaitRow {
  ticket: { id: number; number: number; subject: string; client: string; assignee: string | null; priority: number }
}

const SHOWN = 500

export const vendorReadModel = {
  async vendor(sql: Queryable): Promise<VendorRow> {
    const [row] = await sql<VendorRow[]>`select * from vendor order by code limit 1`
    return row!
  },
  topics: (sql: Queryable): Promise<TopicRow[]> =>
    sql<
      TopicRow[]
    >`select code, name_ru, name_en, hosting from vendor_topic where archived_at is null order by position, code`,
  async overrideOf(sql: Queryable, ticketId: number): Promise<{ reason: string; name: string; at: Instant } | null> {
    const [row] = await sql<
      { reason: string; name: string; at: Instant }[]
    >`select reason, name, at from vendor_override where ticket_id = ${ticketId}`
    return row ?? null
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
  reminders: (
    sql: Queryable,
    waitId: number,
  ): Promise<{ kind: string; dueAt: Instant; firedAt: Instant | null; cancelled: boolean }[]> =>
    sql`select kind, due_at, fired_at, cancelled_at is not null as cancelled from vendor_reminder where wait_id = ${waitId} order by due_at, kind`,
  /** Open waits of tickets in this reach, the longest first. */
  waiting: (sql: Queryable, scope: Scope): Promise<WaitingRow[]> =>
    sql<WaitingRow[]>`
      select ${waitColumns(sql)}, jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'client', cl.name,
          'assignee', a.name, 'priority', t.priority) as ticket
      from ${waitSources(sql)} join ticket t on t.id = w.ticket_id join client cl on cl.id = t.client_id
        left join account a on a.id = t.assignee_id
      where w.ended_at is null and ${ticketScope(sql, scope)} order by w.asked_at, w.id limit ${SHOWN}`,
}
