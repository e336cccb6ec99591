import type { Queryable } from '@opora/platform/database'

// Read from the planner's own statistics, which change slowly.
const KEEP_MS = 60_000
// Above this share of tickets the newest fifty hits lie within a few hundred rows of the time index.
const COMMON_SHARE = 0.01

let known: { until: number; shares: Map<string, number>; rows: number } | null = null

/**
 * Whether even the rarest word of a query is common. The answer chooses the plan: by the time index (common) or by the text index (rare);
 * the wrong one of the two is a hundred times slower on large tables.
 */
export async function isCommonQuery(sql: Queryable, text: string): Promise<boolean> {
  const statistics = await readStatistics(sql)
  if (statistics.shares.size === 0) return false
  const [row] = await sql<{ lexemes: string[] | null; plain: boolean }[]>`
    select tsvector_to_array(to_tsvector('russian', ${text})) as lexemes, ${!/["|-]|\bor\b/iu.test(text)}::boolean as plain`
  const lexemes = row?.lexemes ?? []
  if (!row?.plain || lexemes.length === 0) return false
  return lexemes.every((lexeme) => (statistics.shares.get(lexeme) ?? 0) > COMMON_SHARE)
}

async function readStatistics(sql: Queryable): Promise<{ shares: Map<string, number> }> {
  if (known && known.until > performance.now()) return known
  const rows = await sql<{ lexeme: string; share: number }[]>`select lexeme, share from common_search_words()`
  known = {
    until: performance.now() + KEEP_MS,
    shares: new Map(rows.map((row) => [row.lexeme, row.share])),
    rows: rows.length,
  }
  return known
}
