import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

// Read from the planner's own statistics, which change slowly.
const KEEP_MS = 300_000
// Below this share of tickets every hit is read and sorted sooner than the newest tickets are set apart.
const RARE_SHARE = 0.02
const SPARE = 2
const WINDOW_MIN = 200
const WINDOW_MAX = 60_000
const WIDER = 4
const REMEMBERED_MAX = 1_000

/** Where hits are looked for: among so many newest tickets, among those since a moment, or (null) among all. */
export type SearchWindow = { newest: number } | { since: Instant } | null

interface Known {
  until: number
  shares: Map<string, number>
  /** Words that the newest tickets had too few of: since when there were enough. */
  since: Map<string, Instant>
  /** Shares of what was asked lately: the dictionary is asked once for a text. */
  asked: Map<string, number>
}
let known: Known | null = null

/**
 * Where to look for the newest `count` hits, one attempt after the other. The text index gives every hit in no order: of a common word
 * these are tens of thousands, so it is asked for the hits among the newest tickets first; of a rare word all are read at once.
 * `enough` is told the time of the last hit by whoever found as many as were wanted.
 */
export async function* searchWindows(
  sql: Queryable,
  text: string,
  count: number,
): AsyncGenerator<{ window: SearchWindow; enough(last: Instant): void }> {
  const { shares, since, asked } = await readStatistics(sql)
  const learn = (last: Instant) => {
    if (since.size < REMEMBERED_MAX || since.has(text)) since.set(text, last)
  }
  const learned = since.get(text)
  if (learned !== undefined) yield { window: { since: learned }, enough: learn }
  const share = asked.get(text) ?? (await shareOf(sql, shares, text))
  if (asked.size < REMEMBERED_MAX) asked.set(text, share)
  if (share >= RARE_SHARE) {
    const first = Math.max(WINDOW_MIN, Math.ceil((SPARE * count) / share))
    // the newest may be of another kind than the rest, a monitoring's alarms for example
    for (let newest = first; newest <= WINDOW_MAX; newest *= WIDER)
      yield { window: { newest }, enough: newest === first ? () => {} : learn }
  }
  yield { window: null, enough: share >= RARE_SHARE ? learn : () => {} }
}

/** The share of tickets that hold all these words, as if words did not know of each other; 0 when one of them is rare. */
async function shareOf(sql: Queryable, shares: Map<string, number>, text: string): Promise<number> {
  if (shares.size === 0 || /["|-]|\bor\b/iu.test(text)) return 0
  const [row] = await sql<{ lexemes: string[] }[]>`
    select tsvector_to_array(to_tsvector('russian', ${text})) as lexemes`
  const lexemes = row?.lexemes ?? []
  if (lexemes.length === 0) return 0
  return lexemes.reduce((share, lexeme) => share * (shares.get(lexeme) ?? 0), 1)
}

async function readStatistics(sql: Queryable): Promise<Known> {
  if (known && known.until > performance.now()) return known
  const rows = await sql<{ lexeme: string; share: number }[]>`select lexeme, share from common_search_words()`
  known = {
    until: performance.now() + KEEP_MS,
    shares: new Map(rows.map((row) => [row.lexeme, row.share])),
    since: new Map(),
    asked: new Map(),
  }
  return known
}
