import { expect, test } from 'vitest'
import { describedBy } from './reply-time.tsx'

test('what the writer says was done goes before everything', () => {
  expect(describedBy(' Настроил права ', 'reply', 'Готово')).toBe('Настроил права')
})

test('a reply describes its time by its beginning', () => {
  expect(describedBy('', 'reply', 'Готово,\n\nпроверьте')).toBe('Готово, проверьте')
  expect(describedBy('', 'reply', 'а'.repeat(300))).toHaveLength(200)
})

test('a note for colleagues never becomes what the client reads', () => {
  expect(describedBy('', 'note', 'Клиент скандалит')).toBe('')
})
