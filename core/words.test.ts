import { expect, test } from 'vitest'
import { inBoth, minutesInWords, moneyInWords } from './words.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('minutes are said in hours and minutes', () => {
  expect(plain(minutesInWords(560, 'ru'))).toBe('9 ч 20 мин')
  expect(plain(minutesInWords(60, 'en'))).toBe('1 h')
  expect(plain(minutesInWords(0, 'ru'))).toBe('0 мин')
  expect(plain(minutesInWords(-5, 'ru'))).toBe('−5 мин')
})

test('a figure is said in both languages by one way of saying it', () => {
  expect(inBoth((locale) => moneyInWords(100, locale))).toEqual({ ru: '1\u00a0₽', en: '₽1' })
})

test('money is grouped by thousands and shows kopecks only when there are any', () => {
  expect(plain(moneyInWords(10_200_000, 'ru'))).toBe('102 000 ₽')
  expect(plain(moneyInWords(3_334, 'ru'))).toBe('33,34 ₽')
  expect(moneyInWords(123_456_705, 'en')).toBe('₽1,234,567.05')
})
