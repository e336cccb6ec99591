const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю'

const toRussian = new Map([...LATIN].map((letter, index) => [letter, RUSSIAN[index]!]))
const toLatin = new Map([...RUSSIAN].map((letter, index) => [letter, LATIN[index]!]))

function swap(text: string, map: ReadonlyMap<string, string>): string {
  return [...text].map((letter) => map.get(letter) ?? letter).join('')
}

/** What was typed, and what the same keys give on the other layout: `ljujdjh` is also `договор`. Lower case, no repeats. */
export function layoutVariants(typed: string): string[] {
  const text = typed.trim().toLowerCase()
  const variants = [text, /[а-яё]/.test(text) ? swap(text, toLatin) : swap(text, toRussian)]
  return [...new Set(variants)]
}
