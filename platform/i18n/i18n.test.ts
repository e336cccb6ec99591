import { minutesInWords } from '@opora/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dictionary,
  formatBrief,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatRelative,
  parseMinutes,
  pickLocale,
  speak,
} from './index.ts'

const words = dictionary({
  save: { ru: 'Сохранить', en: 'Save' },
  left: { ru: 'осталось {left} из {total}', en: '{left} of {total} left' },
  tickets: {
    ru: { one: '{n} обращение', few: '{n} обращения', many: '{n} обращений' },
    en: { one: '{n} ticket', other: '{n} tickets' },
  },
})
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test('a phrase is said in the language of the reader with its parameters filled in', () => {
  expect(speak(words, 'ru')('save')).toBe('Сохранить')
  expect(speak(words, 'en')('left', { left: '9 h', total: '22 h' })).toBe('9 h of 22 h left')
})

test('a counted phrase follows the plural rules of its language', () => {
  const ru = speak(words, 'ru')
  expect([1, 2, 5, 11, 21, 0].map((n) => ru('tickets', { n }))).toEqual([
    '1 обращение',
    '2 обращения',
    '5 обращений',
    '11 обращений',
    '21 обращение',
    '0 обращений',
  ])
  expect([1, 2].map((n) => speak(words, 'en')('tickets', { n }))).toEqual(['1 ticket', '2 tickets'])
  expect(plain(ru('tickets', { n: 12_000 }))).toBe('12 000 обращений')
})

test('a length of time is read in every way that people write it', () => {
  const readings: [string, number | null][] = [
    ['1:30', 90],
    ['90', 90],
    ['1ч 30м', 90],
    ['1 ч 30 мин', 90],
    ['1ч30', 90],
    ['1.5h', 90],
    ['1,5', 90],
    ['1,5 ч', 90],
    ['2 часа', 120],
    ['45 минут', 45],
    ['1h 5m', 65],
    ['0', 0],
    ['', null],
    ['1:75', null],
    ['-5', null],
    ['полчаса', null],
    ['99999 ч', null],
  ]
  for (const [typed, expected] of readings) expect([typed, parseMinutes(typed)]).toEqual([typed, expected])
})

test('whatever minutes are said in words are read back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500_000 }), fc.constantFrom('ru' as const, 'en' as const), (n, locale) => {
      expect(parseMinutes(minutesInWords(n, locale))).toBe(n)
    }),
    { numRuns: 200 },
  )
})

test('an instant is shown in the zone of the reader, a civil date in none', () => {
  const instant = Date.UTC(2026, 2, 3, 21, 5)
  expect(plain(formatDateTime(instant, { locale: 'ru', zone: 'Europe/Moscow' }))).toBe('4 мар., 00:05')
  expect(plain(formatDateTime(instant, { locale: 'ru', zone: 'Asia/Yekaterinburg' }, 'time'))).toBe('02:05')
  expect(plain(formatDate('2026-03-03', 'ru'))).toBe('3 марта 2026 г.')
  expect(plain(formatDateRange('2026-11-16', '2026-11-22', 'ru'))).toBe('16–22 нояб. 2026 г.')
  expect(plain(formatDateRange('2026-11-30', '2026-12-06', 'en'))).toMatch(/^30 Nov.–.6 Dec 2026$/)
})

test('a dense list shows the time of today, the day of this half-year and the date of what is older', () => {
  const now = Date.UTC(2026, 10, 22, 12)
  const place = { locale: 'ru' as const, zone: 'Europe/Moscow' }
  expect(plain(formatBrief(now - 3_600_000, now, place))).toBe('14:00')
  expect(plain(formatBrief(now - 20 * 3_600_000, now, place))).toBe('21 нояб.')
  expect(plain(formatBrief(Date.UTC(2026, 2, 3), now, place))).toBe('03.03.26')
})

test('a distance in time is told in the largest whole unit', () => {
  expect(formatRelative(0, 5 * 60_000, 'ru')).toBe('5 минут назад')
  expect(formatRelative(2 * 86_400_000, 0, 'en')).toBe('in 2 days')
  expect(formatRelative(0, 10_000, 'ru')).toBe('сейчас')
})

test('the language is the first of ours that the reader asks for, else Russian', () => {
  expect(pickLocale('de-DE,en;q=0.8,ru;q=0.5')).toBe('en')
  expect(pickLocale(['ru-RU'])).toBe('ru')
  expect(pickLocale(null)).toBe('ru')
})
