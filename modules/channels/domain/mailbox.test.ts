import { describe, expect, test } from 'vitest'
import { addressKey, normaliseAddress, parseOneMailbox, plusTagOf, withoutPlusTag } from './mailbox.ts'

describe('an address', () => {
  test.each([
    ['anna@client.ru', 'anna@client.ru'],
    ['Anna.Petrova+tag@Client.RU', 'Anna.Petrova+tag@client.ru'],
    ["o'neil_x@a-b.co", "o'neil_x@a-b.co"],
    ['иван@пример.рф', null],
    ['ivan@Пример.РФ', 'ivan@xn--e1afmkfd.xn--p1ai'],
    ['ivan@XN--E1AFMKFD.xn--p1ai', 'ivan@xn--e1afmkfd.xn--p1ai'],
    ['root@localhost', 'root@localhost'],
  ])('%s is read as %s', (text, address) => expect(normaliseAddress(text)).toBe(address))

  test.each([
    '"evil@x y"@corp.ru',
    '"user"@corp.ru',
    'a@b@c.ru',
    'a b@c.ru',
    '.a@c.ru',
    'a..b@c.ru',
    'a@c..ru',
    'a@-c.ru',
    'a@[127.0.0.1]',
    'a@c.ru\nBcc: x@y.ru',
    'a@',
    '@c.ru',
    '',
    `${'a'.repeat(65)}@c.ru`,
    `a@${'b'.repeat(250)}.ru`,
  ])('E10: %j is no address', (text) => expect(normaliseAddress(text)).toBeNull())

  test('the two forms of a domain and any case are one address for comparing', () => {
    const key = 'support@xn--e1afmkfd.xn--p1ai'
    for (const form of ['support@пример.рф', 'Support@ПРИМЕР.рф', 'SUPPORT@XN--E1AFMKFD.XN--P1AI']) {
      expect(addressKey(form)).toBe(key)
    }
    expect(addressKey('"odd one"@X')).toBe('"odd one"@x')
  })

  test('a plus tag is taken off and read', () => {
    expect(withoutPlusTag('support+rpl_1@desk.ru')).toBe('support@desk.ru')
    expect(plusTagOf('support+rpl_1@desk.ru')).toBe('rpl_1')
    expect(plusTagOf('support@desk.ru')).toBeNull()
    expect(withoutPlusTag('support@desk+x.ru')).toBe('support@desk+x.ru')
  })
})

describe('a header with one mailbox', () => {
  test.each([
    ['anna@client.ru', { name: '', address: 'anna@client.ru' }],
    ['<anna@client.ru>', { name: '', address: 'anna@client.ru' }],
    ['Анна Петрова <anna@client.ru>', { name: 'Анна Петрова', address: 'anna@client.ru' }],
    ['"Петрова, Анна" <anna@client.ru>', { name: 'Петрова, Анна', address: 'anna@client.ru' }],
    ['"a \\"b\\" c" <anna@client.ru>', { name: 'a "b" c', address: 'anna@client.ru' }],
    ['ООО Ромашка (Москва) <anna@client.ru>', { name: 'ООО Ромашка (Москва)', address: 'anna@client.ru' }],
    ['anna@client.ru <Anna@client.ru>', { name: 'anna@client.ru', address: 'Anna@client.ru' }],
    ['i@пример.рф <i@пример.рф>', { name: 'i@пример.рф', address: 'i@xn--e1afmkfd.xn--p1ai' }],
    ['root@host (Cron Daemon)', { name: 'Cron Daemon', address: 'root@host' }],
    ['=?utf-8?B?0JDQvdC90LA=?= <anna@client.ru>', { name: '=?utf-8?B?0JDQvdC90LA=?=', address: 'anna@client.ru' }],
  ])('%s', (header, mailbox) => expect(parseOneMailbox(header)).toEqual(mailbox))

  test.each([
    '',
    '   ',
    'nobody',
    '"open <a@b.ru>',
    '"a" b <a@b.ru>',
    '"a\\" <a@b.ru>',
    `${'a'.repeat(3_000)} <a@b.ru>`,
  ])('%j names nobody', (header) => expect(parseOneMailbox(header)).toBeNull())
})
