import { expect, it } from 'vitest'
import { historySentence } from './history-sentence.ts'

it('a changed list is told in words', () => {
  const tags = { field: 'tags', from: '[]', to: '["колл-центр","срочно"]' }
  expect(historySentence('field_changed', tags, 'ru')).toBe('Метки: колл-центр, срочно')
  const subject = { field: 'subject', from: 'Счёт', to: '[важно] Счёт' }
  expect(historySentence('field_changed', subject, 'en')).toBe('Subject: Счёт → [важно] Счёт')
})

it('planned work and expected days are told as people say them', () => {
  const plan = { field: 'plannedMinutes', from: null, to: 240 }
  expect(historySentence('field_changed', plan, 'ru')).toBe('План работ: 4\u00a0ч')
  expect(historySentence('field_changed', { ...plan, from: '90' }, 'en')).toBe(
    'Planned work: 1\u00a0h\u00a030\u00a0min → 4\u00a0h',
  )
  const day = { field: 'expectedOn', from: '2026-12-01', to: '2026-12-09' }
  expect(historySentence('field_changed', day, 'ru')).toBe('Ожидаемая дата: 1 декабря 2026 г. → 9 декабря 2026 г.')
  expect(historySentence('field_changed', { ...day, to: null }, 'en')).toBe('Expected on: 1 December 2026 → —')
})

it('a priority is told by its name, and what was empty before is left out', () => {
  expect(historySentence('opened', { priority: 3 }, 'ru')).toBe('Зарегистрировано, приоритет средний')
  expect(historySentence('priority_changed', { from: 3, to: 1 }, 'en')).toBe('Priority: medium → critical')
  expect(historySentence('assigned', { from: null, to: 4, toName: 'Ольга' }, 'ru')).toBe('Исполнитель: Ольга')
  expect(historySentence('assigned', { from: 4, fromName: 'Ольга', to: null }, 'ru')).toBe('Снят исполнитель: Ольга')
})

it('a term is told in the reader’s own zone', () => {
  const data = { dueAt: Date.parse('2026-03-02T12:00:00Z'), by: 'Анна', offeredBy: 'Пётр' }
  expect(historySentence('agreed_deadline', data, 'ru', 'Europe/Moscow')).toBe(
    'Срок 2 марта 2026 г. в 15:00 согласован: Пётр, Анна',
  )
})
