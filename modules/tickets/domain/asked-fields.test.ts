import { expect, test } from 'vitest'
import { askedParts } from './asked-fields.ts'
import { markOf } from './completeness.ts'
import { GENERAL_FORM } from './general-form.ts'
import type { FormField } from './request-form.ts'
import { askingLetter, writtenAnswers } from './write-answers.ts'

const words = (text: string) => ({ ru: text, en: `${text} (en)` })
const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  kind: 'text',
  label: words(name),
  help: words(''),
  need: 'wanted',
  options: [],
  shownWhen: [],
  requiredWhen: [],
  ...more,
})
const after = (other: string) => ({ shownWhen: [{ field: other, test: 'filled' as const, values: [] }] })

test('who is asked for a field is shown also what hangs on it, however far, and nothing else', () => {
  const form = [field('c', after('b')), field('a'), field('b', after('a')), field('d')]
  expect(askedParts(form, ['a']).map((one) => one.name)).toEqual(['c', 'a', 'b'])
  expect(askedParts(form, ['d']).map((one) => one.name)).toEqual(['d'])
})

test('a request by the general form tells what is missing in words; a long letter counts as told', () => {
  const blank = { fields: null, answers: {}, portalId: null, text: '', files: 0 }
  expect(markOf(blank).missing.map((one) => one.ru)).toEqual(
    GENERAL_FORM.filter((one) => one.need !== 'optional').map((one) => one.label.ru),
  )
  expect(markOf({ ...blank, portalId: 1, files: 1, text: `Ошибка 500. ${'Нажали кнопку. '.repeat(9)}` })).toEqual({
    percent: 80,
    missing: [{ name: 'expected', ru: 'Чего ждали', en: 'What you expected' }],
  })
})

test('questions and answers are written as a letter in the reader’s language', () => {
  const options = [{ value: 'x', label: words('Икс') }]
  const form = [field('Адрес', { help: words('почта') }), field('Что', { kind: 'choice', options })]
  expect(askingLetter(form, 'Анна', 'ru')).toContain('Здравствуйте, Анна!\n\nЧтобы')
  expect(askingLetter(form, null, 'ru')).toContain('1. Адрес (почта)\n2. Что: Икс\n')
  expect(writtenAnswers(form, { Адрес: 'a@b', Что: 'x' }, 'ru')).toBe('Адрес:\na@b\n\nЧто:\nИкс')
})
