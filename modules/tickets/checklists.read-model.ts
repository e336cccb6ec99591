import type { Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { StartedItem } from './domain/checklist.ts'

export interface StartedChecklist {
  id: number
  code: string
  name: Words
  startedBy: string
  startedAt: Instant
  items: (StartedItem & { tickedAt: Instant | null })[]
}

/** The lists begun on a ticket, oldest first, with who ticked what. */
export async function startedChecklists(sql: Queryable, ticketId: number): Promise<StartedChecklist[]> {
  const lists = await sql<
    { id: number; checklist: string; nameRu: string; nameEn: string; startedByName: string; startedAt: Instant }[]
  >`select id, checklist, name_ru, name_en, started_by_name, started_at from ticket_checklist where ticket_id = ${ticketId} order by id`
  if (lists.length === 0) return []
  const items = await sql<
    {
      listId: number
      position: number
      nameRu: string
      nameEn: string
      required: boolean
      role: string | null
      tickedByName: string | null
      tickedAt: Instant | null
    }[]
  >`select list_id, position, name_ru, name_en, required, role, ticked_by_name, ticked_at from ticket_checklist_item
    where list_id = any(${lists.map((list) => list.id)}::bigint[]) order by list_id, position`
  return lists.map((list) => ({
    id: list.id,
    code: list.checklist,
    name: { ru: list.nameRu, en: list.nameEn },
    startedBy: list.startedByName,
    startedAt: list.startedAt,
    items: items
      .filter((item) => item.listId === list.id)
      .map(({ nameRu: ru, nameEn: en, tickedByName: tickedBy, listId: _list, ...item }) => ({
        ...item,
        ru,
        en,
        tickedBy,
      })),
  }))
}

/** Lists that begin by themselves for requests on a topic. */
export async function checklistsOfTopic(sql: Queryable, topic: string): Promise<string[]> {
  const rows = await sql<{ code: string }[]>`
    select code from checklist where ${topic} = any(topics) and archived_at is null order by position, code`
  return rows.map((row) => row.code)
}

export async function checklistInUse(
  sql: Queryable,
  code: string,
): Promise<{
  code: string
  nameRu: string
  nameEn: string
  items: { ru: string; en: string; required: boolean; role: string | null }[]
} | null> {
  const [row] = await sql<
    {
      code: string
      nameRu: string
      nameEn: string
      items: { ru: string; en: string; required: boolean; role: string | null }[]
    }[]
  >`select code, name_ru, name_en, items from checklist where code = ${code} and archived_at is null`
  return row ?? null
}
