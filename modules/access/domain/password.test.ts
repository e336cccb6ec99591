import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgePassword, normalisePassword } from './password.ts'

const common = new Set(
  readFileSync(join(import.meta.dirname, '../data/common-passwords.txt'), 'utf8')
    .split('\n')
    .filter(Boolean),
)
const personal = ['anna.petrova@romashka.ru', 'Анна Петрова', 'ООО Ромашка']
const judge = (password: string) => judgePassword(password, { common, personal })

test('a password is long enough by its characters, not by its bytes', () => {
  expect(judge('коротко')).toBe('short')
  expect(judge('семь футов под')).toBeNull()
  expect(judge('🦊🐻🐼🦁🐯🐨🐸🐵🐔🐧🐤')).toBe('short')
  expect(judge('x'.repeat(100) + 'abcdefgh '.repeat(30))).toBe('long')
})

test.each([
  'password1234',
  'PASSWORD!!!!!',
  'passwordpassword',
  'support-support-1',
  'битрикс24-2026',
  'qwertyuiopasdfghjkl',
  '1q2w3e4r5t6y',
  'qwertyuiop123',
  '123456789012345',
  'abcdefghijkl',
  'aaaaaaaaaaaa',
  '121212121212',
  'Администратор2026',
])('«%s» is too common', (password) => {
  expect(judge(password)).toBe('common')
})

test.each(['anna.petrova@romashka.ru', 'Anna.Petrova2026', 'аннапетрова1', '!оооромашка!!!'])(
  '«%s» says who it is',
  (password) => {
    expect(judge(password)).toBe('personal')
  },
)

test.each(['a tall grey lighthouse', 'correct-horse-battery', 'Гром и молния над Окой', 'kT9$vQ2!mZ7#'])(
  '«%s» will do',
  (password) => {
    expect(judge(password)).toBeNull()
  },
)

test('random passwords pass, and the same keys in another encoding are the same password', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'abcdefghkmnpqrstuvwxyz23456789'), minLength: 20, maxLength: 40 }),
      (text) => {
        fc.pre(new Set(text).size >= 8)
        expect(judge(text)).toBeNull()
      },
    ),
    { numRuns: 200 },
  )
  expect(normalisePassword('e\u0301toile')).toBe(normalisePassword('\u00e9toile'))
})
