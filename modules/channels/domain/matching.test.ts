import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MatchFacts, SenderRelation, TicketFacts } from './matching.ts'
import { matchLetter } from './matching.ts'
import type { AuthVerdict } from './parsed-mail.ts'

const ANNA = { recipientId: 'c1', isStaff: false }
const AGENT = { recipientId: 's7', isStaff: true }

interface World {
  tokens?: { ticketId: number; recipientId: string }[]
  mentions?: MatchFacts<number>['mentions']
  dmarc?: AuthVerdict
  relation?: SenderRelation
  state?: TicketFacts['state']
  sender?: typeof ANNA | typeof AGENT
}

/** Ticket 1 exists; the sender's relation to it is as given. */
function match(world: World) {
  return matchLetter<number>({
    tokens: world.tokens ?? [],
    mentions: world.mentions ?? [],
    sender: { ...(world.sender ?? ANNA), dmarc: world.dmarc ?? 'none' },
    tickets: new Map([[1, { relation: world.relation ?? 'participant', state: world.state ?? 'joinable' }]]),
  })
}

const token = [{ ticketId: 1, recipientId: 'c1' }]
const mention = (by: 'plus_address' | 'reference' | 'subject') => [{ ticketId: 1, by }]

describe('a valid token', () => {
  test.each(['pass', 'none'] as const)('and a participant join, DMARC %s', (dmarc) => {
    expect(match({ tokens: token, dmarc })).toEqual({ act: 'join', ticketId: 1, reason: 'token_participant' })
  })

  test('and a participant whose DMARC fails wait for a person', () => {
    expect(match({ tokens: token, dmarc: 'fail' })).toEqual({
      act: 'quarantine',
      ticketId: 1,
      reason: 'token_dmarc_fail',
    })
  })

  test.each(['pass', 'none', 'fail'] as const)(
    'E6: and a stranger are kept unseen by the client, DMARC %s',
    (dmarc) => {
      expect(match({ tokens: token, relation: 'stranger', dmarc })).toEqual({
        act: 'join_unverified',
        ticketId: 1,
        reason: 'token_stranger',
      })
    },
  )

  test('E5: and somebody who has lost access are refused', () => {
    expect(match({ tokens: token, relation: 'revoked', dmarc: 'pass' })).toEqual({
      act: 'refuse',
      ticketId: 1,
      reason: 'access_revoked',
    })
  })

  test('E5: a forged letter of somebody without access is not answered with a refusal', () => {
    expect(match({ tokens: token, relation: 'revoked', dmarc: 'fail' }).act).toBe('quarantine')
  })

  test('E3: of a client does not lend the authority of staff to whoever writes their name', () => {
    expect(match({ tokens: token, sender: AGENT, dmarc: 'none' })).toEqual({
      act: 'join_unverified',
      ticketId: 1,
      reason: 'token_of_another_for_staff',
    })
    expect(match({ tokens: token, sender: AGENT, dmarc: 'pass' }).act).toBe('join')
    expect(match({ tokens: [{ ticketId: 1, recipientId: 's7' }], sender: AGENT }).act).toBe('join')
  })

  test('for a ticket closed long ago opens a new one, linked', () => {
    expect(match({ tokens: token, state: 'late' })).toEqual({ act: 'open', linkedTo: 1, reason: 'ticket_late' })
  })

  test('wins over a number in the subject', () => {
    const tickets = new Map<number, TicketFacts>([
      [1, { relation: 'participant', state: 'joinable' }],
      [2, { relation: 'participant', state: 'joinable' }],
    ])
    const facts = {
      tokens: token,
      mentions: [{ ticketId: 2, by: 'subject' as const }],
      sender: { ...ANNA, dmarc: 'pass' as const },
      tickets,
    }
    expect(matchLetter(facts)).toMatchObject({ act: 'join', ticketId: 1 })
  })

  test('of a ticket that is gone says nothing', () => {
    expect(match({ tokens: [{ ticketId: 9, recipientId: 'c1' }] })).toEqual({
      act: 'open',
      linkedTo: null,
      reason: 'names_no_ticket',
    })
  })
})

describe.each(['reference', 'subject', 'plus_address'] as const)('without a token, a ticket named by %s', (by) => {
  test('is joined by a participant whose DMARC passes', () => {
    expect(match({ mentions: mention(by), dmarc: 'pass' })).toEqual({
      act: 'join',
      ticketId: 1,
      reason: 'mention_participant_dmarc_pass',
    })
  })

  test('is only linked to a new one when DMARC is none', () => {
    expect(match({ mentions: mention(by), dmarc: 'none' })).toEqual({
      act: 'open',
      linkedTo: 1,
      reason: 'mention_not_proved',
    })
  })

  test('E1: is untouched when DMARC of the participant fails; the letter waits for a person', () => {
    expect(match({ mentions: mention(by), dmarc: 'fail' })).toEqual({
      act: 'quarantine',
      ticketId: 1,
      reason: 'mention_dmarc_fail',
    })
  })

  test.each(['stranger', 'revoked'] as const)('is only linked to a new one when the sender is %s', (relation) => {
    expect(match({ mentions: mention(by), relation, dmarc: 'pass' })).toEqual({
      act: 'open',
      linkedTo: 1,
      reason: 'mention_not_proved',
    })
  })
})

describe('a letter that names no ticket', () => {
  test('opens one', () => expect(match({})).toEqual({ act: 'open', linkedTo: null, reason: 'names_no_ticket' }))
})

test('whatever the letter, only a participant ever joins, and never with a DMARC that fails', () => {
  const relation = fc.constantFrom<SenderRelation>('participant', 'revoked', 'stranger')
  const state = fc.constantFrom<TicketFacts['state']>('joinable', 'late')
  const dmarc = fc.constantFrom<AuthVerdict>('pass', 'fail', 'none')
  const id = fc.integer({ min: 1, max: 3 })
  const facts = fc.record({
    tokens: fc.array(fc.record({ ticketId: id, recipientId: fc.constantFrom('c1', 's7') }), { maxLength: 3 }),
    mentions: fc.array(
      fc.record({
        ticketId: id,
        by: fc.constantFrom('plus_address' as const, 'reference' as const, 'subject' as const),
      }),
      { maxLength: 3 },
    ),
    sender: fc.record({ recipientId: fc.constantFrom('c1', 's7', null), isStaff: fc.boolean(), dmarc }),
    tickets: fc.array(fc.tuple(id, fc.record({ relation, state })), { maxLength: 3 }).map((rows) => new Map(rows)),
  })
  fc.assert(
    fc.property(facts, (world) => {
      const decision = matchLetter(world)
      if (decision.act !== 'join') return
      expect(world.tickets.get(decision.ticketId)).toEqual({ relation: 'participant', state: 'joinable' })
      expect(world.sender.dmarc).not.toBe('fail')
      const hasToken = world.tokens.some((entry) => entry.ticketId === decision.ticketId)
      expect(hasToken || world.sender.dmarc === 'pass').toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
