import { expect, it } from 'vitest'
import { historySentence } from './history-sentence.ts'

it('a changed list is told in words', () => {
  const tags = { field: 'tags', from: '[]', to: '["колл-центр","срочно"]' }
  expect(historySentence('field_changed', tags, 'ru')).toBe('Метки: — → колл-центр, срочно')
  const subject = { field: 'subject', from: 'Счёт', to: '[важно] Счёт' }
  expect(historySentence('field_changed', subject, 'en')).toBe('Subject: Счёт → [важно] Счёт')
})
