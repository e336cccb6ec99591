import { expect, test } from 'vitest'
import { deposit, rates, subscription, terms } from '../domain/terms.fixture.ts'
import { type TermsNames, termsDifferences, termsLines } from './terms-lines.ts'

const same = (code: string) => code
const names: TermsNames = {
  package: same,
  calendar: same,
  policy: same,
  service: same,
  activity: same,
  topic: same,
}
const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ')

test('a fee, hours and a leftover are said in words', () => {
  const lines = termsLines(
    terms({ monthlyFeeKopecks: 8_900_000, forms: [subscription({ leftover: { kind: 'carries', capMinutes: 600 } })] }),
    names,
    'ru',
  )
  expect(plain(lines.find((line) => line.key === 'fee')?.value)).toBe('89 000 ₽')
  expect(lines.find((line) => line.name === 'Абонемент')?.value).toContain('остаток переносится, не больше 10')
})

test('terms that did not change have no differences', () => {
  const lines = termsLines(terms(), names, 'en')
  expect(termsDifferences(lines, lines)).toEqual([])
})

test('what changed, came and went is told, each with what it was', () => {
  const before = termsLines(terms({ monthlyFeeKopecks: 100_00, forms: [subscription()] }), names, 'en')
  const after = termsLines(
    terms({ monthlyFeeKopecks: 200_00, forms: [deposit()], rates: rates({ beyondBuckets: 'stop' }) }),
    names,
    'en',
  )
  const told = termsDifferences(before, after).map((one) => [one.name, one.before === null, one.after === null])
  expect(told).toContainEqual(['Monthly fee', false, false])
  expect(told).toContainEqual(['Deposit of hours', true, false])
  expect(told.at(-1)).toEqual(['Subscription', false, true])
})
