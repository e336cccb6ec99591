import { type Instant, isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import type { processList, versionList } from './contract.ts'
import type { InstanceRow } from './running-process.ts'

type Version = z.infer<typeof versionList>['items'][number]

interface ListedRow {
  key: string
  nameRu: string | null
  nameEn: string | null
  version: number | null
  running: number
  publishedAt: Instant | null
  comingVersion: number | null
  comingFrom: Instant | null
  draftBy: string | null
  draftAt: Instant | null
  draftXml: string | null
}

/** Every process by its key, with the version that new tickets begin at and the draft that is being drawn. */
export async function listProcesses(sql: Queryable): Promise<z.infer<typeof processList>> {
  const rows = await sql<ListedRow[]>`
    select k.key, coalesce(d.name_ru, c.name_ru) as name_ru, coalesce(d.name_en, c.name_en) as name_en, d.version, d.published_at,
      c.version as coming_version, c.effective_from as coming_from,
      (select count(*)::int from process_instance i join process_definition o on o.id = i.definition_id
        where o.key = k.key and i.state ->> 'endedAt' is null) as running,
      a.name as draft_by, f.updated_at as draft_at, case when d.key is null then f.xml end as draft_xml
    from (select key from process_definition union select key from process_draft) k
    left join lateral (select * from process_definition where key = k.key and effective_from <= app_now()
      order by version desc limit 1) d on true
    left join lateral (select * from process_definition where key = k.key and effective_from > app_now()
      order by effective_from limit 1) c on true
    left join process_draft f on f.key = k.key left join account a on a.id = f.updated_by order by k.key`
  return { items: rows.map(presentListed) }
}

function presentListed(row: ListedRow): z.infer<typeof processList>['items'][number] {
  const drawn =
    row.draftXml === null ? row.key : (/<[\w:]*participant[^>]*\sname="([^"<]*)"/.exec(row.draftXml)?.[1] ?? row.key)
  const { key, version, running, comingVersion, comingFrom, draftBy, draftAt } = row
  return {
    ...{ key, version, running, nameRu: row.nameRu ?? drawn, nameEn: row.nameEn ?? drawn },
    publishedAt: row.publishedAt === null ? null : isoInstant(row.publishedAt),
    coming:
      comingVersion === null || comingFrom === null ? null : { version: comingVersion, from: isoInstant(comingFrom) },
    draft: draftBy === null || draftAt === null ? null : { by: draftBy, at: isoInstant(draftAt) },
  }
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
