import addressparser from 'nodemailer/lib/addressparser'
import { addressParser } from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { addressKey, parseOneMailbox } from '../domain/mailbox.ts'
import { parseMail } from './parse.ts'

/** What a person would say: the one sender, or nobody. */
const HONEST: [header: string, address: string][] = [
  ['a@x.ru', 'a@x.ru'],
  ['<a@x.ru>', 'a@x.ru'],
  ['A B <a@x.ru>', 'a@x.ru'],
  ['"A B" <a@x.ru>', 'a@x.ru'],
  ['"B, A" <a@x.ru>', 'a@x.ru'],
  ['"A (b) c" <a@x.ru>', 'a@x.ru'],
  ['"a@y.ru" <a@x.ru>', 'a@x.ru'],
  ['A. B. <a.b@x.ru>', 'a.b@x.ru'],
  ['=?utf-8?Q?A?= <a@x.ru>', 'a@x.ru'],
  ['=?utf-8?B?0JDQvdC90LA=?= =?utf-8?B?0JDQvdC90LA=?= <a@x.ru>', 'a@x.ru'],
  ['a+b@x.ru', 'a+b@x.ru'],
  ['a_b-c@x-y.co.ru', 'a_b-c@x-y.co.ru'],
  ["o'neil@x.ru", "o'neil@x.ru"],
  ['A <A@X.RU>', 'a@x.ru'],
  ['a@x.ru <a@x.ru>', 'a@x.ru'],
  ['Компания (Москва) <a@x.ru>', 'a@x.ru'],
  ['a@x.ru (A B)', 'a@x.ru'],
  ['   a@x.ru   ', 'a@x.ru'],
]

const HOSTILE: string[] = [
  'a@x.ru, b@y.ru',
  'a@x.ru; b@y.ru',
  'a@x.ru b@y.ru',
  '<a@x.ru> <b@y.ru>',
  '<a@x.ru>, <b@y.ru>',
  'a@x.ru <b@y.ru>',
  'A <a@x.ru> <b@y.ru>',
  'A <<a@x.ru>>',
  'A <a@x.ru',
  'A a@x.ru>',
  'Group: a@x.ru;',
  'Group: a@x.ru, b@y.ru;',
  'undisclosed-recipients:;',
  'Group: Inner: a@x.ru;;',
  '"a@x.ru"@y.ru',
  '"a b"@x.ru',
  '"user"@example.com(x)evil.com',
  'user@example.com(x)evil.com',
  'user@(x)example.com',
  'user(x)@example.com',
  'A (one (two)) <a@x.ru>',
  'A (one) (two) <a@x.ru>',
  'a@x.ru (A (B))',
  'a@x.ru (b@y.ru)',
  '(a@x.ru) b@y.ru',
  'A "b" <a@x.ru>',
  '"A" "B" <a@x.ru>',
  '"A\\" <a@x.ru>',
  '"A <a@x.ru>',
  'a@x.ru"',
  '<@relay.ru:a@x.ru>',
  'a@[127.0.0.1]',
  'a@x..ru',
  'a..b@x.ru',
  '.a@x.ru',
  'a@.ru',
  'a@@x.ru',
  'a@x.ru@y.ru',
  'a @x.ru',
  'a@ x.ru',
  'a@x.ru\\@y.ru',
  'a@x.ru\u0000@y.ru',
  '=?utf-8?Q?a=40x.ru?=',
  '=?utf-8?Q?=3Ca=40x.ru=3E?=',
  '=?utf-8?Q?a=40x.ru_=3Cb=40y.ru=3E?=',
  'a@=?utf-8?Q?x.ru?=',
  'nobody',
  '',
]

const others = (header: string) => ({
  postal: addressParser(header).map((entry) => entry.address ?? 'group'),
  nodemailer: addressparser(header).map((entry) => ('address' in entry ? entry.address : 'group')),
})

describe('E11: who wrote is read by one strict rule', () => {
  test('the table has at least sixty headers', () => expect(HONEST.length + HOSTILE.length).toBeGreaterThanOrEqual(60))

  test.each(HONEST)('%s is %s to us and to both other parsers', (header, address) => {
    expect(addressKey(parseOneMailbox(header)?.address ?? '')).toBe(address)
    const { postal, nodemailer } = others(header)
    expect([postal.map((one) => addressKey(String(one))), nodemailer.map((one) => addressKey(String(one)))]).toEqual([
      [address],
      [address],
    ])
  })

  test.each(HOSTILE)('%j names nobody', async (header) => {
    expect(parseOneMailbox(header)).toBeNull()
    const mail = await parseMail(Buffer.from(`From: ${header}\r\nSubject: x\r\n\r\nx`))
    expect(mail.from).toBe('unverified')
  })

  test('where the parsers disagree with each other, we name nobody', () => {
    const disagreed = [...HONEST.map(([header]) => header), ...HOSTILE].filter((header) => {
      const { postal, nodemailer } = others(header)
      return postal.join() !== nodemailer.join() || postal.length !== 1
    })
    expect(disagreed.length).toBeGreaterThan(5)
    expect(disagreed.filter((header) => parseOneMailbox(header) !== null)).toEqual([])
  })

  test('two From headers name nobody', async () => {
    const mail = await parseMail(Buffer.from('From: a@x.ru\r\nFrom: b@y.ru\r\nSubject: x\r\n\r\nx'))
    expect(mail.from).toBe('unverified')
  })
})
