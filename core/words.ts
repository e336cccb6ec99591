import type { Minutes } from './minutes.ts'
import type { Kopecks } from './money.ts'
import type { Locale } from './refusal.ts'

/** A sentence or a name in both languages of the product. */
export interface Words {
  ru: string
  en: string
}

/** What is said in each language: the one way from a way of saying to both. */
export function inBoth(say: (locale: Locale) => string): Words {
  return { ru: say('ru'), en: say('en') }
}

const NBSP = '\u00a0'

/** A length of time as people say it: `9 ч 20 мин`, `9 h 20 min`; `0 мин` for nothing. Spaces do not break. */
export function minutesInWords(amount: Minutes, locale: Locale): string {
  const sign = amount < 0 ? '−' : ''
  const hours = Math.floor(Math.abs(amount) / 60)
  const rest = Math.abs(amount) % 60
  const [hourWord, minuteWord] = locale === 'ru' ? ['ч', 'мин'] : ['h', 'min']
  const parts = [
    ...(hours > 0 ? [`${hours}${NBSP}${hourWord}`] : []),
    ...(rest > 0 || hours === 0 ? [`${rest}${NBSP}${minuteWord}`] : []),
  ]
  return sign + parts.join(NBSP)
}

/** Money as people read it: `102 000 ₽`, `33,34 ₽`; `₽102,000` in English. Whole roubles carry no kopecks. */
export function moneyInWords(amount: Kopecks, locale: Locale): string {
  const sign = amount < 0 ? '−' : ''
  const roubles = Math.floor(Math.abs(amount) / 100)
  const kopecks = Math.abs(amount) % 100
  const grouped = String(roubles).replace(/\B(?=(\d{3})+$)/g, locale === 'ru' ? NBSP : ',')
  const decimals = kopecks === 0 ? '' : `${locale === 'ru' ? ',' : '.'}${String(kopecks).padStart(2, '0')}`
  return locale === 'ru' ? `${sign}${grouped}${decimals}${NBSP}₽` : `${sign}₽${grouped}${decimals}`
}
