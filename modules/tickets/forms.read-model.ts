import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Answers, FormField } from './domain/request-form.ts'

export interface StoredForm {
  id: number
  number: number
  fields: FormField[]
  createdAt: Instant
  createdByName: string
}

/** A form that asks something. */
export interface AskedForm {
  id: number
  fields: FormField[]
}

export interface TopicAtDoor {
  defaultKind: string | null
  defaultPriority: number | null
  form: AskedForm | null
}

/** What of a ticket its form is read with. */
export interface FilledForm {
  formId: number | null
  fields: FormField[] | null
  answers: Answers
  askedFields: string[]
  /** A reply waits for the time of undoing to pass. */
  held: boolean
  missing: { name: string; ru: string; en: string }[]
  portalId: number | null
  portalName: string | null
  topic: string | null
  files: number
  /** The first message: the general form takes what it tells in its own words. */
  text: string
  contactName: string | null
  contactLocale: 'ru' | 'en' | null
}

export const formsReadModel = {
  /** The newest version of a topic's form; null: it never had one. */
  async newest(sql: Queryable, topic: string): Promise<StoredForm | null> {
    const [row] = await sql<StoredForm[]>`
      select id, number, fields, created_at, created_by_name from request_form where topic = ${topic} order by number desc limit 1`
    return row ?? null
  },
  async topicExists(sql: Queryable, topic: string): Promise<boolean> {
    return (await sql`select 1 from topic where code = ${topic}`).length > 0
  },
  async atDoor(sql: Queryable, topic: string): Promise<TopicAtDoor> {
    const [row] = await sql<
      { defaultKind: string | null; defaultPriority: number | null; id: number | null; fields: FormField[] | null }[]
    >`select t.default_kind, t.default_priority, f.id, f.fields from topic t
        left join lateral (select id, fields from request_form where topic = t.code order by number desc limit 1) f on true
      where t.code = ${topic}`
    const asks = row?.id != null && row.fields !== null && row.fields.length > 0
    return {
      defaultKind: row?.defaultKind ?? null,
      defaultPriority: row?.defaultPriority ?? null,
      form: asks ? { id: row.id!, fields: row.fields! } : null,
    }
  },
  /** A version of a topic's form by its number in the table; null: it is not of this topic. */
  async ofTopic(sql: Queryable, topic: string, id: number): Promise<AskedForm | null> {
    const [row] = await sql<AskedForm[]>`select id, fields from request_form where id = ${id} and topic = ${topic}`
    return row ?? null
  },
  async filled(sql: Queryable, ticketId: number): Promise<FilledForm> {
    const [row] = await sql<FilledForm[]>`
      select t.form_id, f.fields, coalesce(t.form, '{}') as answers, t.asked_fields, t.reply_held_at is not null as held, t.missing, t.portal_id, p.name as portal_name, t.topic,
        (select count(*) from attachment a where a.ticket_id = t.id) as files, c.name as contact_name, c.locale as contact_locale,
        coalesce((select m.visible_text from message m where m.ticket_id = t.id order by m.id limit 1), '') as text
      from ticket t left join request_form f on f.id = t.form_id left join portal p on p.id = t.portal_id
        left join contact c on c.id = t.contact_id
      where t.id = ${ticketId}`
    return row!
  },
  /** The reply that the desk wrote last, whether or not it has left. */
  async newestReply(sql: Queryable, ticketId: number): Promise<number | null> {
    const [row] = await sql<{ id: number | null }[]>`
      select max(id) as id from message where ticket_id = ${ticketId} and is_answer and cancelled_at is null`
    return row?.id ?? null
  },
  /** Topics that a client may choose. */
  offered: (
    sql: Queryable,
  ): Promise<
    { code: string; nameRu: string; nameEn: string; readyAnswerRu: string | null; readyAnswerEn: string | null }[]
  > =>
    sql`select code, name_ru, name_en, ready_answer_ru, ready_answer_en from topic
      where offered and archived_at is null order by position, code`,
}
