import type { Kopecks } from '@opora/core'

const SUM = /^(\d{1,12})(?:[.,](\d{1,2}))?$/

/** Reads roubles as people type them, `1 700,5`, to kopecks; `null` for anything else. */
export function parseKopecks(text: string): Kopecks | null {
  const typed = SUM.exec(text.replace(/[\s\u00a0\u202f]|₽|руб\.?/g, ''))
  if (!typed) return null
  return Number(typed[1]) * 100 + Number((typed[2] ?? '').padEnd(2, '0'))
}

/** Kopecks as a sum to edit: `1 700,50`. */
export function plainRoubles(amount: Kopecks): string {
  const roubles = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
  const rest = amount % 100
  return rest === 0 ? roubles : `${roubles},${String(rest).padStart(2, '0')}`
}
