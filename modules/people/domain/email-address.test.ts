import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPublicMailDomain, readEmailAddress } from './email-address.ts'

test('one well-formed mailbox is read, with its domain in lower case', () => {
  expect(readEmailAddress(' Ivan.Petrov+crm@Corp.RU ')).toBe('Ivan.Petrov+crm@corp.ru')
  expect(readEmailAddress("o'neil@mail.corp.ru")).toBe("o'neil@mail.corp.ru")
  expect(readEmailAddress('info@почта.рф')).toBe('info@xn--80a1acny.xn--p1ai')
})

test.each([
  '"evil@x y"@corp.ru',
  '"a"@corp.ru',
  'a@b@corp.ru',
  'a@corp.ru, b@corp.ru',
  'a@corp.ru b@corp.ru',
  'Ivan <a@corp.ru>',
  'a(comment)@corp.ru',
  'a@corp.ru(x)evil.com',
  'group: a@corp.ru;',
  'a..b@corp.ru',
  '.a@corp.ru',
  'a.@corp.ru',
  'a@corp',
  'a@-corp.ru',
  'a@corp-.ru',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'a@corp.ru.',
  'a@co rp.ru',
  'a\r\nBcc: x@y.ru@corp.ru',
  'a@corp.ru\u0000',
  `${'a'.repeat(65)}@corp.ru`,
  `a@${'b'.repeat(64)}.ru`,
  '@corp.ru',
  'a@',
  '',
  'a@corp.ru/path',
  'a@corp.ru:25',
  'a@corp%2eru.ru',
])('E10 CVE-2025-13033: %j is not one mailbox', (text) => {
  expect(readEmailAddress(text)).toBeNull()
})

test('whatever is read holds exactly one @, no space and no quote, and reads the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
      const address = readEmailAddress(text)
      if (address === null) return
      expect(address).toMatch(/^[^\s@"<>(),:;[\]\\]+@[a-z0-9.-]+$/)
      expect(readEmailAddress(address)).toBe(address)
    }),
    { numRuns: 2000 },
  )
})

test('public mail says nothing about the company', () => {
  expect([isPublicMailDomain('Mail.ru'), isPublicMailDomain('gmail.com'), isPublicMailDomain('corp.ru')]).toEqual([
    true,
    true,
    false,
  ])
})
