import { layoutVariants } from './layout-switch.ts'

export interface Rankable {
  title: string
  /** More words to be found by. */
  words?: string
}

const WHOLE = 100
const START = 60
const WORD = 40
const INSIDE = 20

function scoreOf(haystack: string, needle: string): number {
  if (haystack === needle) return WHOLE
  if (haystack.startsWith(needle)) return START
  if (haystack.includes(` ${needle}`)) return WORD
  return haystack.includes(needle) ? INSIDE : 0
}

/** Those that answer to what was typed on either keyboard layout, the best first; all of them for nothing typed. */
export function rank<Item extends Rankable>(items: readonly Item[], typed: string): Item[] {
  if (typed.trim() === '') return [...items]
  const variants = layoutVariants(typed).map((variant) => variant.split(/\s+/))
  return items
    .map((item) => {
      const title = item.title.toLowerCase()
      const words = (item.words ?? '').toLowerCase()
      const best = variants.map((terms) => {
        const scores = terms.map((term) => Math.max(scoreOf(title, term), scoreOf(words, term) / 2))
        return scores.every((score) => score > 0) ? scores.reduce((sum, score) => sum + score, 0) : 0
      })
      return { item, score: Math.max(...best) }
    })
    .filter((scored) => scored.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((scored) => scored.item)
}
