import type { Json, Queryable } from '@opora/platform/database'
import type { Mark } from './domain/completeness.ts'
import type { Answer, FormField } from './domain/request-form.ts'

/** SQL of topics' forms and of what tickets answered. */
export const formsStore = {
  /** A new version of a topic's form; null: there is one of this number already. */
  async insert(
    sql: Queryable,
    form: {
      topic: string
      number: number
      fields: readonly FormField[]
      by: { accountId: number | null; name: string }
    },
  ): Promise<number | null> {
    const [row] = await sql<{ id: number }[]>`
      insert into request_form (topic, number, fields, created_by, created_by_name)
      values (${form.topic}, ${form.number}, ${sql.json(form.fields as unknown as Json)}, ${form.by.accountId}, ${form.by.name})
      on conflict (topic, number) do nothing returning id`
    return row?.id ?? null
  },
  /** A letter that was taken back asks nothing: what it had added to the questions goes with it. */
  async takeBackAsking(sql: Queryable, ticketId: number, messageId: number): Promise<void> {
    await sql`update ticket t set asked_fields = array(
        select name from unnest(t.asked_fields) with ordinality asked (name, place)
        where name <> all (string_to_array(e.data ->> 'added', ' ')) order by place)
      from ticket_event e where t.id = ${ticketId} and e.ticket_id = t.id and e.type = 'missing_asked'
        and (e.data ->> 'messageId')::bigint = ${messageId}`
  },
  /** What the ticket answered, and its mark; no change that a reader's version counts. */
  async keep(
    sql: Queryable,
    ticketId: number,
    kept: { formId: number | null; answers: Record<string, Answer>; askedFields: readonly string[]; mark: Mark },
  ): Promise<void> {
    const { formId, answers, askedFields, mark } = kept
    await sql`update ticket set form_id = ${formId}, form = ${sql.json(answers as Json)}, completeness = ${mark.percent},
        missing = ${sql.json(mark.missing as unknown as Json)}, asked_fields = ${[...askedFields]}::text[]
      where id = ${ticketId}`
  },
}
