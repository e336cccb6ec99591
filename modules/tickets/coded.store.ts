import type { Queryable } from '@opora/platform/database'
import type { CodedTable } from './dictionaries.read-model.ts'

const ENTRIES: readonly CodedTable[] = ['category', 'rejection_reason']

function tableOf(sql: Queryable, table: CodedTable) {
  return ENTRIES.includes(table) ? sql`dictionary_entry` : sql`${sql(table)}`
}

/** Rows of small dictionaries share a table: which of them is meant. */
function own(sql: Queryable, table: CodedTable) {
  return ENTRIES.includes(table) ? sql`dictionary = ${table}` : sql`true`
}

export const codedStore = {
  /** False: the code is taken, if only by what was put away. */
  async add(sql: Queryable, table: CodedTable, code: string, values: Record<string, unknown>): Promise<boolean> {
    const [last] = await sql<{ next: number }[]>`
      select coalesce(max(position) + 1, 0) as next from ${tableOf(sql, table)} where ${own(sql, table)}`
    const entry = ENTRIES.includes(table) ? { dictionary: table } : {}
    const row = { ...entry, code, ...values, position: last!.next }
    const made =
      await sql`insert into ${tableOf(sql, table)} ${sql(row as never)} on conflict do nothing returning code`
    return made.length > 0
  },
  /** The new version; null: somebody was first, or there is no such row. */
  async change(
    sql: Queryable,
    table: CodedTable,
    code: string,
    version: number,
    values: Record<string, unknown>,
  ): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`
      update ${tableOf(sql, table)} set ${sql(values as never)}, version = version + 1
      where ${own(sql, table)} and code = ${code} and version = ${version} returning version`
    return row?.version ?? null
  },
  async versionOf(sql: Queryable, table: CodedTable, code: string): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`
      select version from ${tableOf(sql, table)} where ${own(sql, table)} and code = ${code}`
    return row?.version ?? null
  },
  /** False: there is no such row, or it stands so already. */
  async putAway(sql: Queryable, table: CodedTable, code: string, away: boolean): Promise<boolean> {
    const rows = await sql`update ${tableOf(sql, table)} set version = version + 1,
        archived_at = case when ${away}::boolean then app_now() end
      where ${own(sql, table)} and code = ${code} and (archived_at is null) = ${away} returning code`
    return rows.length > 0
  },
  /** Gives the named codes the order that they are named in; how many of them there are. */
  async order(sql: Queryable, table: CodedTable, codes: readonly string[]): Promise<number> {
    const rows = await sql`update ${tableOf(sql, table)} set position = o.place
      from unnest(${[...codes]}::text[]) with ordinality as o(named, place)
      where ${own(sql, table)} and code = o.named returning code`
    return rows.length
  },
  async setMarks(sql: Queryable, kind: string, version: number, marks: readonly string[]): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`
      update kind_marks set marks = ${[...marks]}::text[], version = version + 1 where kind = ${kind} and version = ${version} returning version`
    return row?.version ?? null
  },
  async setCells(sql: Queryable, version: number, cells: readonly number[]): Promise<number | null> {
    const [row] = await sql<{ version: number }[]>`
      update criticality set cells = ${[...cells]}::smallint[], version = version + 1 where version = ${version} returning version`
    return row?.version ?? null
  },
}
