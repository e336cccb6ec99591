/** Days since 1970 in UTC, both ends included. */
export interface Days {
  from: number
  to: number
}

const DIGITS = 5
export const FIRST_DAY = 10 ** (DIGITS - 1)
export const LAST_DAY = 10 ** DIGITS - 1
/** Between a word and its day in the index; no word holds it. The index's own `words_by_day` builds its entries likewise. */
const SEPARATOR = '\u001F'
/** Longer words are told apart by their beginnings: the index takes no more of them. */
export const WORD_CHARACTERS = 100

const LEXEME = /'((?:[^'\\]|''|\\\\)*)'/gu

/** The index counts days in five digits: what lies before 1997 or after 2243 counts as the first or the last of them. */
export function withinDays(day: number): number {
  return Math.min(LAST_DAY, Math.max(FIRST_DAY, day))
}

/** The fewest beginnings of numbers that stand for just these days: 20775–20799 are 20775…20779, 2078 and 2079. */
export function dayPrefixes({ from, to }: Days): string[] {
  const found: string[] = []
  let day = from
  while (day <= to) {
    let size = 1
    while (day % (size * 10) === 0 && day + size * 10 - 1 <= to && size * 10 < LAST_DAY) size *= 10
    found.push(String(day / size))
    day += size
  }
  return found
}

/**
 * A query for the index of words by day, from the text of a query for words as PostgreSQL writes it (`'сделк' & 'закрыт'`): each word on
 * any of the days, or (null) on any day at all. Words that must stand side by side are asked for in any order.
 */
export function wordsOnDays(query: string, days: Days | null): string {
  const ends = days === null ? [''] : dayPrefixes(days)
  return onceEach(query.replaceAll(/<(?:-|\d+)>/gu, '&')).replaceAll(LEXEME, (_, escaped: string) => {
    const word = quote(Array.from(read(escaped)).slice(0, WORD_CHARACTERS).join(''))
    return `(${ends.map((end) => `'${word}${SEPARATOR}${end}'${end.length < DIGITS ? ':*' : ''}`).join('|')})`
  })
}

/** Words joined by the same sign throughout are asked for once each, however often they are named. */
function onceEach(query: string): string {
  const signs = new Set(signsOf(query).split(/\s+/u).filter(Boolean))
  const [sign] = signs
  if (signs.size !== 1 || (sign !== '&' && sign !== '|')) return query
  return [...new Set([...query.matchAll(LEXEME)].map((match) => match[0]))].join(` ${sign} `)
}

/** Whether every hit has all the words: none is an alternative, none is to be missing. */
export function wantsAll(query: string): boolean {
  return !/[|!]/u.test(signsOf(query))
}

/** Whether the index of words by day answers a query to the letter: words alone, none left out, side by side, or too long. */
export function isExact(query: string): boolean {
  const words = [...query.matchAll(LEXEME)].map((match) => read(match[1]!))
  return !/[!<]/u.test(signsOf(query)) && words.every((word) => Array.from(word).length <= WORD_CHARACTERS)
}

/** What stands between the words of a query. */
const signsOf = (query: string) => query.replaceAll(LEXEME, '')

/** A word in a query's text has its quotes and backslashes twice. */
const read = (text: string) => text.replaceAll("''", "'").replaceAll('\\\\', '\\')
const quote = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "''")
