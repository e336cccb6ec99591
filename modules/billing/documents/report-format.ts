import type { CivilDate, CivilMonth, Instant, Locale, Minutes, Words } from '@opora/core'
import { minutesInWords, moneyInWords } from '@opora/core'
import { PRIORITY_NAMES } from '../domain/report-requests.ts'
import { REPORT_WORDS, type ReportWord } from './report-words.ts'

/** How the report says things in one language and one zone. */
export interface ReportFormat {
  locale: Locale
  word(word: ReportWord, values?: Record<string, string | number>): string
  words(words: Words | null): string
  minutes(minutes: Minutes | null): string
  money(kopecks: number | null): string
  share(permille: number | null): string
  day(date: CivilDate): string
  moment(at: Instant | null): string
  /** Without the year, for moments inside the month. */
  shortMoment(at: Instant | null): string
  month(month: CivilMonth): string
  priority(priority: number | null): string
}

const MONTHS: Record<Locale, string[]> = {
  ru: [
    'январь',
    'февраль',
    'март',
    'апрель',
    'май',
    'июнь',
    'июль',
    'август',
    'сентябрь',
    'октябрь',
    'ноябрь',
    'декабрь',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

export function reportFormat(locale: Locale, zone: string): ReportFormat {
  const dash = REPORT_WORDS.none[locale]
  // digits alone are read the other way round by half of the English-speaking world
  const day = (date: CivilDate) =>
    locale === 'ru' ? date.split('-').toReversed().join('.') : `${dayAndMonth(date)} ${date.slice(0, 4)}`
  const shortDay = (date: CivilDate) => (locale === 'ru' ? day(date).slice(0, 5) : dayAndMonth(date))
  return {
    locale,
    word: (word, values = {}) =>
      REPORT_WORDS[word][locale].replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark)),
    words: (words) => words?.[locale] ?? dash,
    minutes: (minutes) => (minutes === null ? dash : minutesInWords(minutes, locale)),
    money: (kopecks) => (kopecks === null ? dash : moneyInWords(kopecks, locale)),
    share: (permille) => (permille === null ? dash : percent(permille, locale)),
    day,
    moment: (at) => (at === null ? dash : momentIn(zone, at, day)),
    shortMoment: (at) => (at === null ? dash : momentIn(zone, at, shortDay)),
    month: (month) => `${MONTHS[locale][Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`,
    priority: (priority) => (priority === null ? dash : (PRIORITY_NAMES[priority]?.[locale] ?? String(priority))),
  }
}

/** `2 Mar`. */
function dayAndMonth(date: CivilDate): string {
  return `${Number(date.slice(8))} ${MONTHS.en[Number(date.slice(5, 7)) - 1]?.slice(0, 3)}`
}

/** `92,9 %`, `100 %`; one decimal where there is one. */
function percent(permille: number, locale: Locale): string {
  const text = permille % 10 === 0 ? String(permille / 10) : (permille / 10).toFixed(1)
  return locale === 'ru' ? `${text.replace('.', ',')}\u00a0%` : `${text}%`
}

function momentIn(zone: string, at: Instant, day: (date: CivilDate) => string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return `${day(local.toPlainDate().toString())} ${local.toPlainTime().toString().slice(0, 5)}`
}
