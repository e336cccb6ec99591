import type { Kopecks } from '@opora/core'

type Forms = readonly [one: string, few: string, many: string]

const UNITS = ['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять']
const FEMININE = ['', 'одна', 'две']
const TEENS = [
  'десять',
  'одиннадцать',
  'двенадцать',
  'тринадцать',
  'четырнадцать',
  'пятнадцать',
  'шестнадцать',
  'семнадцать',
  'восемнадцать',
  'девятнадцать',
]
const TENS = [
  '',
  '',
  'двадцать',
  'тридцать',
  'сорок',
  'пятьдесят',
  'шестьдесят',
  'семьдесят',
  'восемьдесят',
  'девяносто',
]
const HUNDREDS = [
  '',
  'сто',
  'двести',
  'триста',
  'четыреста',
  'пятьсот',
  'шестьсот',
  'семьсот',
  'восемьсот',
  'девятьсот',
]
/** Names of the thousands' powers; the first is the rouble itself. Thousands are feminine. */
const SCALES: readonly { forms: Forms; feminine: boolean }[] = [
  { forms: ['рубль', 'рубля', 'рублей'], feminine: false },
  { forms: ['тысяча', 'тысячи', 'тысяч'], feminine: true },
  { forms: ['миллион', 'миллиона', 'миллионов'], feminine: false },
  { forms: ['миллиард', 'миллиарда', 'миллиардов'], feminine: false },
  { forms: ['триллион', 'триллиона', 'триллионов'], feminine: false },
]
const KOPECKS: Forms = ['копейка', 'копейки', 'копеек']

/**
 * A sum as Russian documents spell it: roubles in words from a capital letter, kopecks in two digits:
 * `Сто сорок пять тысяч рублей 50 копеек`. Throws `RangeError` for a negative sum: documents carry none.
 */
export function amountInWords(amount: Kopecks): string {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`no amount of a document: ${amount}`)
  const roubles = Math.floor(amount / 100)
  const kopecks = amount % 100
  const words = roubles === 0 ? ['ноль', 'рублей'] : roublesInWords(roubles)
  const spelled = [...words, String(kopecks).padStart(2, '0'), formOf(kopecks, KOPECKS)].join(' ')
  return spelled[0]!.toUpperCase() + spelled.slice(1)
}

function roublesInWords(roubles: number): string[] {
  const words: string[] = []
  for (let power = SCALES.length - 1; power >= 0; power--) {
    const { forms, feminine } = SCALES[power]!
    const part = Math.floor(roubles / 1_000 ** power) % 1_000
    if (part > 0) words.push(...underThousand(part, feminine), formOf(part, forms))
    else if (power === 0) words.push(forms[2])
  }
  return words
}

function underThousand(part: number, feminine: boolean): string[] {
  const [hundreds, tens, units] = [Math.floor(part / 100), Math.floor(part / 10) % 10, part % 10]
  const last = tens === 1 ? TEENS[units] : (feminine && FEMININE[units]) || UNITS[units]
  return [HUNDREDS[hundreds], tens === 1 ? '' : TENS[tens], last].filter((word): word is string => Boolean(word))
}

function formOf(count: number, [one, few, many]: Forms): string {
  const [tens, units] = [Math.floor(count / 10) % 10, count % 10]
  if (tens === 1 || units === 0 || units > 4) return many
  return units === 1 ? one : few
}
