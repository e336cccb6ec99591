import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageIdWithToken, replyAddress, replyTokensIn, signReplyToken, verifyReplyToken } from './reply-token.ts'

const KEY = Buffer.alloc(32, 7)
const KEYS = new Map<string, Uint8Array>([
  ['1', KEY],
  ['2', Buffer.alloc(32, 9)],
])
const TOKEN = signReplyToken(KEY, '1', 12, 55)

describe('a reply token', () => {
  test('proves ticket and recipient, and survives in an address and a Message-ID', () => {
    expect(verifyReplyToken(KEYS, TOKEN)).toEqual({ ticketId: '12', recipientId: '55', keyId: '1' })
    expect(replyTokensIn(`<${replyAddress('support@desk.ru', TOKEN)}>`)).toEqual([TOKEN])
    expect(replyTokensIn(`<a@b> <${messageIdWithToken(TOKEN, 'k3f9', 'desk.ru')}>`)).toEqual([TOKEN])
  })

  test('is the same for the same facts, another for any other', () => {
    expect(signReplyToken(KEY, '1', 12, 55)).toBe(TOKEN)
    const others = [
      signReplyToken(KEY, '1', 1, 255),
      signReplyToken(KEY, '1', 125, 5),
      signReplyToken(KEYS.get('2')!, '2', 12, 55),
    ]
    expect(new Set([TOKEN, ...others].map((token) => token.slice(-26))).size).toBe(4)
  })

  test('of an old key holds while the key is kept, and is void without it', () => {
    const old = signReplyToken(KEYS.get('2')!, '2', 12, 55)
    expect(verifyReplyToken(KEYS, old)).not.toBeNull()
    expect(verifyReplyToken(new Map([['1', KEY]]), old)).toBeNull()
  })

  test('fits a plus-address with ids of eight digits', () => {
    const address = replyAddress('support@desk.ru', signReplyToken(KEY, '1', 12_345_678, 'c1234567'))
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64)
    expect(() => replyAddress(`${'a'.repeat(30)}@desk.ru`, TOKEN)).toThrow(RangeError)
  })

  test.each(['', 'A', 'a_b', 'a|b', '../x', 'ы', '-', 'a'.repeat(41)])('%j is no id that a token carries', (id) => {
    expect(() => signReplyToken(KEY, '1', id, 1)).toThrow(RangeError)
  })

  test('is not signed with a weak key', () => {
    expect(() => signReplyToken(randomBytes(16), '1', 1, 1)).toThrow(RangeError)
  })
})

describe('E4: no other token is accepted', () => {
  const [head, mac] = [TOKEN.slice(0, -26), TOKEN.slice(-26)]
  test.each([
    ['an empty MAC', head],
    ['a MAC cut short', head + mac.slice(0, 25)],
    ['a MAC made longer', `${TOKEN}a`],
    ['the MAC of another ticket', signReplyToken(KEY, '1', 12, 55).replace('_12_', '_13_')],
    ['the MAC of another recipient', TOKEN.replace('_55_', '_56_')],
    ['the MAC under another key', TOKEN.replace('rpl_1_', 'rpl_2_')],
    ['a key that does not exist', TOKEN.replace('rpl_1_', 'rpl_9_')],
    ['upper case', TOKEN.toUpperCase()],
    ['an older form', 't12.k3f9'],
    ['something huge', TOKEN + 'a'.repeat(1_000_000)],
  ])('%s', (_, token) => expect(verifyReplyToken(KEYS, token)).toBeNull())

  test('ten thousand mutations', () => {
    const character = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567_-0189AZ.=+')
    const mutation = fc.tuple(
      fc.nat({ max: TOKEN.length - 1 }),
      character,
      fc.constantFrom('replace', 'insert', 'delete'),
    )
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let token = TOKEN
        for (const [at, char, kind] of mutations) {
          token = token.slice(0, at) + (kind === 'delete' ? '' : char) + token.slice(kind === 'insert' ? at : at + 1)
        }
        return token === TOKEN || verifyReplyToken(KEYS, token) === null
      }),
      { numRuns: 10_000 },
    )
  })
})
