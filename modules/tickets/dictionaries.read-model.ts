import type { Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type {
  ChecklistSetting,
  Criticality,
  CustomField,
  Entry,
  KindMarks,
  TopicSetting,
} from './dictionaries.contract.ts'

export type EntryDictionary = 'category' | 'rejection_reason'

/** Dictionaries that are one table with a code, a place in the order, a version, and a moment of being put away. */
export type CodedTable = 'topic' | 'custom_field' | 'checklist' | 'category' | 'rejection_reason'

/** Dictionaries as they are edited: in their order, what is put away among them. */
export const dictionariesReadModel = {
  topics: (sql: Queryable): Promise<TopicSetting[]> => sql`
    select code, name_ru, name_en, route, ready_answer_ru, ready_answer_en, default_kind, default_priority, offered, excluded, service,
      archived_at is not null as archived, version,
      coalesce((select jsonb_array_length(f.fields) from request_form f where f.topic = topic.code order by f.number desc limit 1), 0) as form_fields
    from topic order by position, code`,
  entries: (sql: Queryable, dictionary: EntryDictionary): Promise<Entry[]> => sql`
    select code, name_ru, name_en, archived_at is not null as archived, version
    from dictionary_entry where dictionary = ${dictionary} order by position, code`,
  customFields: (sql: Queryable): Promise<CustomField[]> => sql`
    select code, name_ru, name_en, kind, options, topics, archived_at is not null as archived, version from custom_field order by position, code`,
  checklists: (sql: Queryable): Promise<ChecklistSetting[]> => sql`
    select code, name_ru, name_en, items, topics, archived_at is not null as archived, version from checklist order by position, code`,
  kindMarks: (sql: Queryable): Promise<KindMarks[]> => sql`
    select kind, marks, version from kind_marks order by array_position('{accident,incident,change,service_request,consultation}'::text[], kind)`,
  async criticality(sql: Queryable): Promise<Criticality> {
    const [row] = await sql<Criticality[]>`select cells, version from criticality`
    return row!
  },
  /** What an entry in use is called; null: there is no such entry, or it was put away. */
  async entryName(sql: Queryable, dictionary: EntryDictionary, code: string): Promise<Words | null> {
    const [row] = await sql<Words[]>`select name_ru as ru, name_en as en from dictionary_entry
      where dictionary = ${dictionary} and code = ${code} and archived_at is null`
    return row ?? null
  },
  /** Codes that name no topic. */
  async unknownTopics(sql: Queryable, codes: readonly string[]): Promise<string[]> {
    const rows = await sql<{ code: string }[]>`
      select named as code from unnest(${[...codes]}::text[]) named where not exists (select 1 from topic where code = named)`
    return rows.map((row) => row.code)
  },
}
