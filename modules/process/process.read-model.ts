import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import type { processList, versionList } from './contract.ts'
import type { InstanceRow } from './running-process.ts'

type Version = z.infer<typeof versionList>['items'][number]

/** Every process by its key, with the version that new tickets begin at. */
export async function listProcesses(sql: Queryable): Promise<z.infer<typeof processList>> {
  const items = await sql<z.infer<typeof processList>['items']>`
    select d.key, d.name_ru, d.name_en, d.version,
      (select count(*)::int from process_instance i join process_definition o on o.id = i.definition_id
        where o.key = d.key and i.state ->> 'endedAt' is null) as running
    from (select distinct on (key) key, name_ru, name_en, version from process_definition where effective_from <= app_now()
      order by key, version desc) d order by d.key`
  return { items: [...items] }
}

export async function listVersions(sql: Queryable, key: string): Promise<Version[]> {
  const rows = await sql<
    (Omit<Version, 'publishedAt' | 'effectiveFrom'> & { publishedAt: number; effectiveFrom: number })[]
  >`
    select d.version, d.name_ru, d.name_en, d.note, d.published_at, a.name as published_by, d.effective_from,
      (select count(*)::int from process_instance i where i.definition_id = d.id and i.state ->> 'endedAt' is null) as running
    from process_definition d left join account a on a.id = d.published_by where d.key = ${key} order by d.version desc`
  return rows.map((row) => ({
    ...row,
    publishedAt: isoInstant(row.publishedAt),
    effectiveFrom: isoInstant(row.effectiveFrom),
  }))
}

/** Running tickets on other versions of a process, the oldest first. */
export async function runningElsewhere(
  sql: Queryable,
  key: string,
  version: number,
  limit: number,
): Promise<(Pick<InstanceRow, 'ticketId' | 'definitionId' | 'state'> & { number: number; version: number })[]> {
  return sql`select i.ticket_id, i.definition_id, i.state, t.number, d.version
    from process_instance i join process_definition d on d.id = i.definition_id join ticket t on t.id = i.ticket_id
    where d.key = ${key} and d.version <> ${version} and i.state ->> 'endedAt' is null order by i.ticket_id limit ${limit}`
}

/** Roles that somebody holds; those of the clients' side are always held. */
export async function heldRoles(sql: Queryable): Promise<string[]> {
  const rows = await sql<
    { role: string }[]
  >`select distinct r.role from account_role r join account a on a.id = r.account_id where a.active`
  return [...new Set([...rows.map((row) => row.role), 'cu', 'cr', 'pa'])]
}
