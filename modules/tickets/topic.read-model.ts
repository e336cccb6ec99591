import type { Locale, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

/** What a topic asks for, and where whoever asks is sent when a contract leaves it out. */
export async function topicOf(
  sql: Queryable,
  code: string,
): Promise<{ service: string | null; way: { [locale in keyof Words]: string | null } } | null> {
  const [row] = await sql<{ service: string | null; ru: string | null; en: string | null }[]>`
    select service, ready_answer_ru as ru, ready_answer_en as en from topic where code = ${code}`
  return row ? { service: row.service, way: { ru: row.ru, en: row.en } } : null
}

export async function topicServices(
  sql: Queryable,
  locale: Locale,
): Promise<{ code: string; name: string; service: string | null }[]> {
  const name = locale === 'ru' ? sql`name_ru` : sql`name_en`
  return await sql`select code, ${name} as name, service from topic where archived_at is null order by position, code`
}
