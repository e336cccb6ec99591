import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

export interface DraftRow {
  key: string
  xml: string
  basedOn: number | null
  version: number
  updatedAt: Instant
  updatedBy: number
  updatedByName: string
}

export const designerStore = {
  async draft(sql: Queryable, key: string): Promise<DraftRow | null> {
    const [row] = await sql<DraftRow[]>`
      select d.key, d.xml, d.based_on, d.version, d.updated_at, d.updated_by, a.name as updated_by_name
      from process_draft d join account a on a.id = d.updated_by where d.key = ${key}`
    return row ?? null
  },
  /** False when somebody else has begun one already. */
  async insertDraft(
    sql: Queryable,
    row: { key: string; xml: string; basedOn: number | null; updatedBy: number },
  ): Promise<boolean> {
    const made = await sql`insert into process_draft ${sql(row)} on conflict (key) do nothing returning key`
    return made.length > 0
  },
  /** False when it has changed since, or is gone. */
  async saveDraft(
    sql: Queryable,
    version: number,
    row: { key: string; xml: string; basedOn: number | null; updatedBy: number },
  ): Promise<boolean> {
    const saved = await sql`
      update process_draft set xml = ${row.xml}, based_on = ${row.basedOn}, updated_by = ${row.updatedBy}, updated_at = app_now(),
        version = version + 1 where key = ${row.key} and version = ${version} returning key`
    return saved.length > 0
  },
  async deleteDraft(sql: Queryable, key: string, version: number): Promise<boolean> {
    const gone = await sql`delete from process_draft where key = ${key} and version = ${version} returning key`
    return gone.length > 0
  },
  /** What has been published is no draft any more. */
  async dropPublished(sql: Queryable, key: string, xml: string): Promise<void> {
    await sql`delete from process_draft where key = ${key} and xml = ${xml}`
  },
}
