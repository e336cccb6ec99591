import { holdsRole, servesClient } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { TicketFact } from './domain/apply-commands.ts'
import { ASSIGNABLE_ROLES } from './domain/assignable-roles.ts'

/** Whether what a request names is there, and open to it. Asked before anything is written, so that the answer names the field. */
export const namedReadModel = {
  async clientExists(sql: Queryable, id: number): Promise<boolean> {
    return (await sql`select 1 from client where id = ${id}`).length > 0
  },
  /** Who of these may read the notes of this client's tickets: active people of the provider who serve it, in a role that reads them. */
  async mayReadNotes(sql: Queryable, accountIds: readonly number[], clientId: number): Promise<Set<number>> {
    const rows = await sql<{ id: number }[]>`
      select a.id from account a where a.id = any(${[...accountIds]}::bigint[]) and a.active and a.side = 'staff'
        and ${servesClient(sql, clientId)}
        and ${holdsRole(sql, ...ASSIGNABLE_ROLES, 'di')}`
    return new Set(rows.map((row) => row.id))
  },
}

/** People's names beside their numbers, so that a history reads as it was even when somebody is renamed later. */
export async function namesOf(
  sql: Queryable,
  from: number | null,
  to: number | null,
): Promise<{ fromName: string | null; toName: string | null }> {
  const rows = await sql<
    { id: number; name: string }[]
  >`select id, name from account where id = any(${[from, to].filter((id) => id !== null)}::bigint[])`
  const nameOf = (id: number | null) => rows.find((row) => row.id === id)?.name ?? null
  return { fromName: nameOf(from), toName: nameOf(to) }
}

/** Names for topics and portals that a fact knows by code or number. */
export async function nameFacts(sql: Queryable, facts: readonly TicketFact[]): Promise<TicketFact[]> {
  return Promise.all(
    facts.map(async (fact) => {
      const { from, to } = fact.data
      if (fact.data['field'] === 'category')
        return { ...fact, data: { ...fact.data, ...(await categoryNames(sql, from, to)) } }
      const table = fact.type === 'topic_changed' ? 'topic' : fact.type === 'portal_changed' ? 'portal' : null
      if (table === null) return fact
      const rows =
        table === 'topic'
          ? await sql<
              { key: string; name: string }[]
            >`select code as key, name_ru as name from topic where code in (${String(from)}, ${String(to)})`
          : await sql<
              { key: string; name: string }[]
            >`select id::text as key, name from portal where id::text in (${String(from)}, ${String(to)})`
      const nameOf = (key: unknown) => rows.find((row) => row.key === String(key))?.name ?? null
      const names = { fromName: nameOf(from), toName: nameOf(to) }
      const portalType = table === 'portal' ? { portalType: await portalTypeOf(sql, Number(to)) } : {}
      return { ...fact, data: { ...fact.data, ...names, ...portalType } as TicketFact['data'] }
    }),
  )
}

async function categoryNames(
  sql: Queryable,
  from: unknown,
  to: unknown,
): Promise<{ fromName: string | null; toName: string | null }> {
  const rows = await sql<{ code: string; name: string }[]>`select code, name_ru as name from dictionary_entry
    where dictionary = 'category' and code in (${String(from)}, ${String(to)})`
  const nameOf = (code: unknown) => rows.find((row) => row.code === code)?.name ?? null
  return { fromName: nameOf(from), toName: nameOf(to) }
}

/** `cloud` or `boxed`, as the dictionary of products says; terms of a package may hang on it. */
export async function portalTypeOf(sql: Queryable, id: number | null): Promise<string | null> {
  if (id === null) return null
  const [row] = await sql<{ hosting: string }[]>`
    select pp.hosting from portal p join portal_product pp on pp.code = p.product where p.id = ${id}`
  return row?.hosting ?? null
}
