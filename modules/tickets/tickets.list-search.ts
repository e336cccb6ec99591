import { type CursorValue, isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { all, columns, type Fragment, integer, type ListedTicket, readMoment, source } from './tickets.list-row.ts'
import { type SearchWindow, searchWindows } from './tickets.search.ts'

// Up to so many of the newest tickets their texts are compared one by one sooner than the text index is asked.
const FEW = 200

interface SearchWords {
  text: string
  number: number | null
}

/** `#1042`, `№ 1042` and `1042` ask for a number; anything else is words. */
export function searchWords(q: string): SearchWords {
  const number = /^\s*[#№]?\s*(\d{1,12})\s*$/u.exec(q)
  return { text: q, number: number ? Number(number[1]) : null }
}

/** The index of all words is closed to partners; what was passed to them is few, so its numbers and subjects are read. */
export function amongShared(sql: Queryable, { text, number }: SearchWords): Fragment {
  if (number !== null) return sql`t.number = ${number}`
  return sql`strpos(lower(t.subject), lower(${text.trim()})) > 0`
}

export async function searchRows(
  sql: Queryable,
  words: SearchWords,
  conditions: Fragment[],
  after: CursorValue[] | null,
  limit: number,
): Promise<ListedTicket[]> {
  if (words.number !== null) {
    return sql<
      ListedTicket[]
    >`select ${columns(sql)}, t.updated_at as sort_at from ${source(sql)} where ${all(sql, [...conditions, sql`t.number = ${words.number}`])} limit 1`
  }
  for await (const { window, enough } of searchWindows(sql, words.text, limit + 1)) {
    const rows = await searchWithin(sql, words.text, window, { conditions, after, limit })
    const last = rows[limit]
    if (last?.sortAt != null && after === null) enough(last.sortAt)
    if (window === null || last) return rows
  }
  return []
}

/** The newest hits of a window before the cursor. */
function searchWithin(
  sql: Queryable,
  text: string,
  window: SearchWindow,
  { conditions, after, limit }: { conditions: Fragment[]; after: CursorValue[] | null; limit: number },
): Promise<ListedTicket[]> {
  const before = after === null ? null : momentBefore(String(after[0]))
  const older: Fragment =
    before === null
      ? sql`true`
      : sql`(updated_at, ticket_id) < (${before}::timestamptz, ${Number(after![1])}) and updated_hour <= (select hour_of(${before}::timestamptz))`
  const newest = window !== null && 'newest' in window ? window.newest : null
  const inOrder = (count: number) =>
    sql`ticket_search where ${older} order by updated_at desc, ticket_id desc limit ${integer(sql, count)}`
  const page = (hits: Fragment, when: Fragment[]) =>
    sql`select t.*, s.updated_at as sort_at from ${hits} s join ticket t on t.id = s.ticket_id where ${all(sql, [...conditions, ...when])}
      order by s.updated_at desc, s.ticket_id desc limit ${integer(sql, limit + 1)}`
  const list = (found: Fragment) =>
    sql<ListedTicket[]>`with ${found}
    select ${columns(sql)}, t.sort_at from ${source(sql, sql`page`)} order by t.sort_at desc, t.id desc`
  // a few texts are read in the order of time until the page is full; many are left to the text index, which knows the hour and not the moment
  if (newest !== null && newest <= FEW)
    return list(
      sql`page as materialized (${page(sql`(select ticket_id, updated_at, staff from ${inOrder(newest)})`, [
        sql`s.staff @@ (select websearch_to_tsquery('russian', ${text}))`,
      ])})`,
    )
  const found: Fragment[] = [sql`staff @@ (select websearch_to_tsquery('russian', ${text}))`, older]
  if (window !== null && 'since' in window)
    found.push(sql`updated_hour >= (select hour_of(${isoInstant(window.since)}::timestamptz))`)
  if (newest !== null)
    found.push(
      sql`updated_hour >= (select hour_of(min(updated_at)) from (select updated_at from ${inOrder(newest)}) many)`,
    )
  return list(sql`s as materialized (select ticket_id, updated_at from ticket_search where ${all(sql, found)}),
    page as materialized (${page(sql`(select * from s order by updated_at desc, ticket_id desc)`, [])})`)
}

/** The moment that hits lie before; null where the cursor begins at the newest. */
function momentBefore(text: string): string | null {
  return text === 'infinity' ? null : readMoment(text)
}
