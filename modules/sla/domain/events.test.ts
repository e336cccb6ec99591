import { describe, expect, it } from 'vitest'
import { clockEventsOf, type FactRow, inOrder } from './events.ts'

const fact = (id: number, type: string, data: Record<string, unknown> = {}, at = id * 1000): FactRow => ({
  id,
  type,
  at,
  data,
})

describe('rows of a history', () => {
  it('become clock events one to one; facts that clocks do not know are passed over', () => {
    const rows = [
      fact(1, 'opened', {
        priority: 2,
        kind: null,
        topic: 'technical',
        portalId: 4,
        contractId: 9,
        licenceClass: 'partner',
        entitlement: 'covered',
        clientId: 7,
        registeredAt: 500,
      }),
      fact(2, 'place_entered', { place: 'l1' }),
      fact(3, 'kind_changed', { from: null, to: 'incident' }),
      fact(4, 'portal_changed', { field: 'portalId', from: 4, to: null }),
      fact(5, 'noted', { messageId: 1 }),
      fact(6, 'paused', { reason: 'date' }),
    ]
    expect(clockEventsOf(rows)).toEqual([rows[0], rows[2], rows[3], rows[5]])
  })

  it.each([
    ['opened', { priority: 5 }],
    ['opened', { priority: 1, contractId: '9' }],
    ['paused', { reason: 'weather' }],
    ['priority_changed', {}],
    ['kind_changed', { to: 7 }],
    ['agreed_deadline', { dueAt: '2026-03-02T15:00:00Z' }],
    ['answered', { byPerson: 'yes' }],
    ['coupon_spent', {}],
  ])('are refused when the data of %s do not fit: %j', (type, data) => {
    expect(() => clockEventsOf([fact(1, type, data)])).toThrow(TypeError)
  })
})

describe('the order of a history', () => {
  it('is that of the moments, then of the ids; a registration counts from its own moment', () => {
    const events = clockEventsOf([
      fact(9, 'solved', {}, 3000),
      fact(8, 'resumed', {}, 3000),
      fact(2, 'client_wrote', {}, 1000),
      fact(3, 'opened', { priority: 3, registeredAt: 900 }, 2000),
    ])
    expect(inOrder(events, 9999).map((event) => event.type)).toEqual(['opened', 'client_wrote', 'resumed', 'solved'])
    expect(inOrder(events, 999).map((event) => event.type)).toEqual(['opened'])
  })

  it('leaves out an answer from the moment that it was taken back', () => {
    const events = clockEventsOf([
      fact(1, 'answered', { messageId: 5 }),
      fact(2, 'answered', { messageId: 6 }),
      fact(3, 'answer_undone', { messageId: 5 }),
    ])
    expect(inOrder(events, 2000).map((event) => event.id)).toEqual([1, 2])
    expect(inOrder(events, 3000).map((event) => event.id)).toEqual([2, 3])
  })
})
