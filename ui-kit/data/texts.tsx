import { type Instant, type Kopecks, type Minutes, minutesInWords, moneyInWords } from '@opora/core'
import { type DateStyle, formatBrief, formatDate, formatDateTime, formatRelative } from '@opora/platform/i18n'
import { useLocale } from '../locale/locale.tsx'
import { useNow } from '../locale/use-now.ts'

const EXACT = {
  ru: new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en', { minimumFractionDigits: 2 }),
}

export interface MoneyTextProps {
  kopecks: Kopecks
  /** Always two decimals, as documents write sums: `1 700,00 ₽`. Otherwise whole roubles stay whole. */
  exact?: boolean
}

/** A sum of kopecks in the reader's language; digits of equal width. */
export function MoneyText({ kopecks, exact = false }: MoneyTextProps) {
  const { locale } = useLocale()
  const text = exact ? `${EXACT[locale].format(kopecks / 100)}\u00a0₽` : moneyInWords(kopecks, locale)
  return <span data-numeric>{text}</span>
}

/** A length of time: `9 ч 20 мин`. */
export function MinutesText({ minutes }: { minutes: Minutes }) {
  const { locale } = useLocale()
  return <span data-numeric>{minutesInWords(minutes, locale)}</span>
}

export interface DateTimeTextProps {
  /** Epoch milliseconds, or the ISO text of the API. */
  at: Instant | string
  /** `brief` for dense lists: the time for today, else the day. */
  style?: DateStyle | 'relative' | 'brief'
}

/** An instant in the reader's language and zone; the exact moment with its zone stands in the title. */
export function DateTimeText({ at, style = 'short' }: DateTimeTextProps) {
  const place = useLocale()
  const instant = typeof at === 'string' ? Date.parse(at) : at
  return (
    <time dateTime={new Date(instant).toISOString()} title={formatDateTime(instant, place, 'full')}>
      {style === 'relative' && <RelativeText instant={instant} />}
      {style === 'brief' && <BriefText instant={instant} />}
      {style !== 'relative' && style !== 'brief' && formatDateTime(instant, place, style)}
    </time>
  )
}

function RelativeText({ instant }: { instant: Instant }) {
  const { locale } = useLocale()
  return formatRelative(instant, useNow(), locale)
}

function BriefText({ instant }: { instant: Instant }) {
  return formatBrief(instant, useNow(), useLocale())
}

/** A civil date `YYYY-MM-DD` in words; never shifted by a zone. */
export function DateText({ date, month = 'long' }: { date: string; month?: 'long' | 'short' }) {
  const { locale } = useLocale()
  return <time dateTime={date}>{formatDate(date, locale, month)}</time>
}
