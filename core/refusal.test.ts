import { expect, test } from 'vitest'
import { declareRefusals } from './refusal.ts'

const refusals = declareRefusals({
  'test.limit': { status: 409, ru: 'Согласовано {limit} из {count}.', en: '{limit} of {count} approved.' },
})

test('a refusal is said in the reader’s language: its sentence, the values in it and the facts beside it', () => {
  const words = { ru: '1 ч', en: '1 h' }
  const refusal = refusals.refuse('test.limit', {
    params: { limit: words, count: 2 },
    details: { unfinished: [{ id: '7', sentence: words }], count: 2, at: null },
  })
  expect(refusal.sentence('ru')).toBe('Согласовано 1 ч из 2.')
  expect(refusal.sentence('en')).toBe('1 h of 2 approved.')
  expect(refusal.details('en')).toEqual({ unfinished: [{ id: '7', sentence: '1 h' }], count: 2, at: null })
  expect(refusals.refuse('test.limit').details('ru')).toBeUndefined()
})
