import { expect, test } from 'vitest'
import { readEmail } from './email.ts'

test('one plain mailbox is taken, its domain in lower case', () => {
  expect(readEmail('  Anna.Petrova+desk@Romashka.RU ')).toBe('Anna.Petrova+desk@romashka.ru')
  expect(readEmail('почта@пример.рф')).toBe('почта@пример.рф')
  expect(readEmail("o'neil@mail.example.org")).toBe("o'neil@mail.example.org")
})

// E10, E11: programs disagree about where such mail goes
test.each([
  '"evil@x y"@corp.ru',
  '"user"@example.com(x)evil.com',
  'user@example.com (comment)',
  'Анна <anna@example.ru>',
  'a@example.ru, b@example.ru',
  'a@b@example.ru',
  'group: a@example.ru;',
  'a..b@example.ru',
  '.a@example.ru',
  'a@example',
  'a@-example.ru',
  'a@example..ru',
  'a@[127.0.0.1]',
  'a\n@example.ru',
  'a@exa mple.ru',
  '',
  `${'a'.repeat(65)}@example.ru`,
  `a@${'b'.repeat(64)}.ru`,
])('«%s» is refused', (text) => {
  expect(readEmail(text)).toBeNull()
})
