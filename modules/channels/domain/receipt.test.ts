import { describe, expect, test } from 'vitest'
import type { ReceiptFacts } from './receipt.ts'
import { receiptDecision } from './receipt.ts'

const facts = (overrides: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  muted: false,
  senderIsReadable: true,
  senderIsKnown: true,
  dmarcFailed: false,
  sentForTicket: 0,
  sentLastDay: 0,
  sentLastHour: 0,
  answeredAtOnce: 0,
  ...overrides,
})

describe('a receipt', () => {
  test('goes once to a known sender, with all it has to say', () => {
    expect(receiptDecision(facts())).toEqual({ send: true, form: 'full' })
  })

  test('E16: goes to an unknown sender without a word of the letter', () => {
    expect(receiptDecision(facts({ senderIsKnown: false }))).toEqual({ send: true, form: 'plain' })
  })

  test.each([
    [{ muted: true }, 'automatic_letter'],
    [{ senderIsReadable: false }, 'unreadable_sender'],
    [{ dmarcFailed: true }, 'forged_sender'],
    [{ sentForTicket: 1 }, 'already_answered'],
    [{ senderIsKnown: false, sentLastDay: 3 }, 'unknown_sender_brake'],
    [{ senderIsKnown: false, sentLastHour: 1 }, 'unknown_sender_brake'],
  ])('is not sent when %j', (overrides, reason) => {
    expect(receiptDecision(facts(overrides))).toEqual({ send: false, reason, alarm: false })
  })

  test('E14: is not sent to whoever answered two of them within a minute each, and raises an alarm', () => {
    expect(receiptDecision(facts({ answeredAtOnce: 1 })).send).toBe(true)
    expect(receiptDecision(facts({ answeredAtOnce: 2 }))).toEqual({
      send: false,
      reason: 'answers_at_once',
      alarm: true,
    })
  })

  test('to a known sender stops at two hundred a day and raises an alarm', () => {
    expect(receiptDecision(facts({ sentLastDay: 199 })).send).toBe(true)
    expect(receiptDecision(facts({ sentLastDay: 200 }))).toEqual({
      send: false,
      reason: 'known_sender_brake',
      alarm: true,
    })
  })
})

describe('E14: a robot that answers every letter', () => {
  test('without any mark gets one receipt per ticket and three a day', () => {
    let sent = 0
    const perTicket = new Map<number, number>()
    const hours: number[] = []
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const ticket = Math.floor(minute / 10)
      const hour = Math.floor(minute / 60)
      const decision = receiptDecision(
        facts({
          senderIsKnown: false,
          sentForTicket: perTicket.get(ticket) ?? 0,
          sentLastDay: sent,
          sentLastHour: hours.filter((at) => at === hour).length,
        }),
      )
      if (!decision.send) continue
      sent += 1
      hours.push(hour)
      perTicket.set(ticket, (perTicket.get(ticket) ?? 0) + 1)
    }
    expect(sent).toBe(3)
    expect(Math.max(...perTicket.values())).toBe(1)
  })

  test('E16: a hundred letters in a stranger’s name bring him one letter an hour', () => {
    let sentLastHour = 0
    for (let i = 0; i < 100; i += 1) {
      if (receiptDecision(facts({ senderIsKnown: false, sentLastHour, sentLastDay: sentLastHour })).send)
        sentLastHour += 1
    }
    expect(sentLastHour).toBe(1)
  })
})
