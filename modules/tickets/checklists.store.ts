import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

export interface ChecklistItem {
  ru: string
  en: string
  required: boolean
  role: string | null
}

/** SQL of checklists begun on tickets. */
export const checklistsStore = {
  /** Begins a list on a ticket with the words that it has today; null where it has been begun before. */
  async start(
    sql: Queryable,
    ticket: { id: number; clientId: number },
    list: { code: string; nameRu: string; nameEn: string; items: readonly ChecklistItem[] },
    starter: { accountId: number | null; name: string },
  ): Promise<number | null> {
    const { code: checklist, nameRu, nameEn } = list
    const { accountId: startedBy, name: startedByName } = starter
    const row = { clientId: ticket.clientId, ticketId: ticket.id, checklist, nameRu, nameEn, startedBy, startedByName }
    const [made] = await sql<
      { id: number }[]
    >`insert into ticket_checklist ${sql(row)} on conflict (ticket_id, checklist) do nothing returning id`
    if (!made) return null
    const items = list.items.map((item, position) => ({
      clientId: ticket.clientId,
      listId: made.id,
      position,
      nameRu: item.ru,
      nameEn: item.en,
      required: item.required,
      role: item.role,
    }))
    if (items.length > 0) await sql`insert into ticket_checklist_item ${sql(items)}`
    return made.id
  },
  /** Ticks or unticks; false: it stood so already, or there is no such item. */
  async tick(
    sql: Queryable,
    item: { ticketId: number; listId: number; position: number },
    by: { accountId: number | null; name: string; at: Instant } | null,
  ): Promise<boolean> {
    const rows = await sql`update ticket_checklist_item i set ticked_by = ${by?.accountId ?? null},
        ticked_by_name = ${by?.name ?? null}, ticked_at = ${by?.at ?? null}::timestamptz
      from ticket_checklist l where l.id = i.list_id and l.ticket_id = ${item.ticketId} and i.list_id = ${item.listId}
        and i.position = ${item.position} and (i.ticked_at is null) = ${by !== null} returning 1`
    return rows.length > 0
  },
}
