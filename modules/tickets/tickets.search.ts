import { DAY_MS, type Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type Days, isExact, LAST_DAY, wantsAll, withinDays } from './domain/search-days.ts'

// Read from the planner's own statistics, which change slowly.
const KEEP_MS = 300_000
// Up to so many of the newest tickets their texts are read in the order of time.
const FEW = 200
// Up to so many hits in all they are read at once.
const RARE_HITS = 500
// A look further back takes so many times more days.
const WIDER = 4
const DAYS_MAX = 1_024
const REMEMBERED_MAX = 1_000

/** A text as PostgreSQL reads it. */
export interface SearchedText {
  /** What every hit has, for the index; null where there is no such thing: words that must be missing cannot be looked up. */
  keys: string | null
  /** Whether every ticket with these keys is a hit. */
  exact: boolean
  /** How many tickets hold all these words, as if words did not know of each other; 0 when one of them is rare. */
  expected: number
  /** Nothing to look for: words that stand in every text. */
  empty: boolean
}

/** Where hits are looked for: among so many newest tickets, among those of some days, or (null) among all. */
export type SearchWindow = { newest: number } | { days: Days } | null

interface Known {
  until: number
  tickets: number
  shares: Map<string, number>
  texts: Map<string, SearchedText>
  /** Where there were enough hits of a text the last time: in the order of time, or since when. */
  found: Map<string, { newest: number } | { since: Instant }>
}
let known: Known | null = null

/** How PostgreSQL reads a text and how many tickets have it; asked once for a text. */
export async function readText(sql: Queryable, text: string): Promise<SearchedText> {
  const { shares, texts, tickets } = await readStatistics(sql)
  const before = texts.get(text)
  if (before) return before
  const [row] = await sql<{ query: string; keys: string; lexemes: string[] }[]>`
    select q::text as query, querytree(q) as keys, tsvector_to_array(to_tsvector('russian', ${text})) as lexemes
    from websearch_to_tsquery('russian', ${text}) q`
  const { query, keys, lexemes } = row!
  const share = lexemes.reduce((all, lexeme) => all * (shares.get(lexeme) ?? 0), 1)
  const read = {
    ...{ keys: keys === 'T' ? null : keys, empty: query === '' },
    exact: isExact(query),
    expected: wantsAll(query) && lexemes.length > 0 ? share * tickets : 0,
  }
  if (texts.size < REMEMBERED_MAX) texts.set(text, read)
  return read
}

/**
 * Where to look for the newest `count` hits, one attempt after the other, back from the day of `before` or from today. The text index gives
 * every hit in no order: of a common word these are tens of thousands, so it is asked for the hits of the last days first, and of more and
 * more days; where most tickets have the word, the newest are read in the order of time. `enough` is told the time of the last hit by
 * whoever found as many as were wanted; it is learned for those who narrow the search likewise (`narrowed`).
 */
export async function* searchWindows(
  sql: Queryable,
  text: string,
  narrowed: string,
  count: number,
  before: Instant | null,
): AsyncGenerator<{ window: SearchWindow; enough(last: Instant): void }> {
  const { expected, keys } = await readText(sql, text)
  const { found, tickets } = await readStatistics(sql)
  const key = `${narrowed} ${text}`
  const learn = (where: { newest: number } | { since: Instant }) => {
    if (before === null && (found.size < REMEMBERED_MAX || found.has(key))) found.set(key, where)
  }
  const since = (last: Instant) => learn({ since: last })
  const learned = before === null ? found.get(key) : undefined
  const isRare = expected <= RARE_HITS
  // what only leaves words out is nearly everything
  if (keys === null) for (const newest of [FEW, FEW * FEW]) yield { window: { newest }, enough: () => {} }
  if (learned && 'newest' in learned) yield { window: learned, enough: () => {} }
  if (learned && 'since' in learned)
    yield { window: { days: { from: dayOf(learned.since), to: LAST_DAY } }, enough: since }
  if (!isRare) {
    if (!learned && (count * tickets) / expected <= FEW)
      yield { window: { newest: FEW }, enough: () => learn({ newest: FEW }) }
    const to = before === null ? await newestDay(sql) : dayOf(before)
    for (let days = 1; days <= DAYS_MAX; days *= WIDER)
      yield {
        window: { days: { from: withinDays(to - days + 1), to: before === null ? LAST_DAY : to } },
        enough: since,
      }
  }
  yield { window: null, enough: isRare ? () => {} : since }
}

const dayOf = (at: Instant) => withinDays(Math.floor(at / DAY_MS))

async function newestDay(sql: Queryable): Promise<number> {
  const [row] = await sql<
    { at: Instant }[]
  >`select updated_at as at from ticket_search order by updated_at desc, ticket_id desc limit 1`
  return dayOf(row?.at ?? 0)
}

async function readStatistics(sql: Queryable): Promise<Known> {
  if (known && known.until > performance.now()) return known
  const rows = await sql<
    { lexeme: string; share: number; tickets: number }[]
  >`select lexeme, share, tickets from common_search_words()`
  known = {
    until: performance.now() + KEEP_MS,
    tickets: rows[0]?.tickets ?? 0,
    shares: new Map(rows.map((row) => [row.lexeme, row.share])),
    texts: new Map(),
    found: new Map(),
  }
  return known
}
