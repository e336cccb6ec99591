import { describe, expect, test } from 'vitest'
import { bounceReason, isHardBounce } from './bounce-reason.ts'

describe('why a letter came back', () => {
  test.each([
    ['5.1.1', '550 5.1.1 User unknown', 'user_unknown', true],
    [null, '550 no such user here', 'user_unknown', true],
    ['5.0.0', '550 Mailbox unavailable', 'user_unknown', true],
    ['5.1.2', 'Host unknown', 'host_unknown', true],
    [null, 'Host or domain name not found. Name service error for name=x', 'host_unknown', true],
    ['5.1.6', 'recipient has moved', 'moved', true],
    ['5.1.10', 'Domain does not accept mail (nullMX)', 'not_accepting', true],
    ['5.2.2', '552 mailbox full', 'mailbox_full', false],
    [null, 'Почтовый ящик переполнен', 'mailbox_full', false],
    ['5.3.4', 'message too big', 'too_big', false],
    ['5.7.1', 'blocked using spamhaus', 'blocked', false],
    ['4.2.0', 'greylisted, try again later', 'blocked', false],
    ['4.4.7', 'delivery time expired', 'expired', false],
    ['4.1.1', 'User unknown', 'user_unknown', false],
    ['2.0.0', 'ok', 'delivered', false],
    [null, 'вот так', 'other', false],
  ] as const)('%s %s is %s, hard: %s', (status, words, reason, hard) => {
    expect(bounceReason(status, words)).toBe(reason)
    expect(isHardBounce(reason, status)).toBe(hard)
  })

  test('P1: long words are read in no time', () => {
    const start = performance.now()
    bounceReason(null, 'mailbox '.repeat(100_000))
    bounceReason(null, `user ${'x '.repeat(500_000)}`)
    expect(performance.now() - start).toBeLessThan(200)
  })
})
