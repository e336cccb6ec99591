import { expect, test } from 'vitest'
import { openTrigger } from './picker-query.ts'

const triggers = ['::', '??', '@@']

test('two colons at the start of a word open the templates, with what follows as the query', () => {
  const text = 'Добрый день! ::при'
  expect(openTrigger(text, text.length, triggers)).toEqual({ trigger: '::', query: 'при', start: 13 })
  expect(openTrigger('@@', 2, triggers)).toEqual({ trigger: '@@', query: '', start: 0 })
})

test('a trigger inside a word or on an earlier line opens nothing', () => {
  expect(openTrigger('std::move', 9, triggers)).toBeNull()
  expect(openTrigger('правда??\nда', 11, triggers)).toBeNull()
})
