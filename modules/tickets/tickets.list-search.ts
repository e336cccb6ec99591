import type { CursorValue } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { wordsOnDays } from './domain/search-days.ts'
import {
  all,
  columns,
  type Fragment,
  integer,
  type ListedTicket,
  readMoment,
  readRows,
  source,
} from './tickets.list-row.ts'
import { readText, type SearchWindow, searchWindows } from './tickets.search.ts'

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
  narrowed: string,
  after: CursorValue[] | null,
  limit: number,
): Promise<ListedTicket[]> {
  if (words.number !== null) {
    return readRows(
      sql`select ${columns(sql, sql`t.updated_at`)} from ${source(sql)} where ${all(sql, [...conditions, sql`t.number = ${words.number}`])} limit 1`,
    )
  }
  const { empty } = await readText(sql, words.text)
  if (empty) return []
  const before = after === null ? null : momentBefore(String(after[0]))
  const from = before === null ? null : Date.parse(before)
  for await (const { window, enough } of searchWindows(sql, words.text, narrowed, limit + 1, from)) {
    const rows = await searchWithin(sql, words.text, window, { conditions, after, before, limit })
    const last = rows[limit]
    if (last?.sortAt != null) enough(last.sortAt)
    if (window === null || last) return rows
  }
  return []
}

/** The newest hits of a window before the cursor. */
async function searchWithin(
  sql: Queryable,
  text: string,
  window: SearchWindow,
  page: { conditions: Fragment[]; after: CursorValue[] | null; before: string | null; limit: number },
): Promise<ListedTicket[]> {
  const { after, before, limit } = page
  const older: Fragment =
    before === null ? sql`true` : sql`(updated_at, ticket_id) < (${before}::timestamptz, ${Number(after![1])})`
  const isHit: Fragment = sql`staff @@ (select websearch_to_tsquery('russian', ${text}))`
  const order: Fragment = sql`order by s.updated_at desc, s.ticket_id desc`
  const list = (hits: Fragment, when: Fragment[]) =>
    readRows(sql`with ${hits}
      page as materialized (select t.*, s.updated_at as sort_at from (select * from s ${order}) s join ticket t on t.id = s.ticket_id
        where ${all(sql, [...page.conditions, ...when])} ${order} limit ${integer(sql, limit + 1)})
      select ${columns(sql, sql`t.sort_at`)} from ${source(sql, sql`page`)} order by t.sort_at desc, t.id desc`)
  if (window !== null && 'newest' in window)
    return list(
      sql`s as not materialized (select ticket_id, updated_at, staff from ticket_search s where ${older} ${order} limit ${integer(sql, window.newest)}),`,
      [sql`s.${isHit}`],
    )
  const { keys, exact } = await readText(sql, text)
  const found: Fragment[] = [older]
  if (keys !== null)
    found.push(
      sql`words_by_day(staff, updated_at) @@ (select ${wordsOnDays(keys, window === null ? null : window.days)}::tsquery)`,
    )
  if (!exact) found.push(isHit)
  return list(sql`s as materialized (select ticket_id, updated_at from ticket_search where ${all(sql, found)}),`, [])
}

/** The moment that hits lie before; null where the cursor begins at the newest. */
function momentBefore(text: string): string | null {
  return text === 'infinity' ? null : readMoment(text)
}
