import { expect, test } from 'vitest'
import { emptyTicket, newTicketBody, restored } from './new-values.ts'

const client = { key: '7', label: 'Ромашка' }

test('picked things go as ids, what was left open is null or left out', () => {
  const body = newTicketBody({ ...emptyTicket, client, subject: 'Почта', text: 'Не приходит', impact: '2' }, ['f'])
  expect(body).toEqual({
    clientId: 7,
    contactId: null,
    portalId: null,
    subject: 'Почта',
    text: 'Не приходит',
    channel: 'phone',
    topic: null,
    impact: 2,
    urgency: null,
    files: ['f'],
  })
  expect(newTicketBody({ ...emptyTicket, client, priority: '1', coupon: ' AB ' }, [])).toMatchObject({
    priority: 1,
    couponCode: 'AB',
  })
})

test('a draft comes back whole, and one of another making is no draft', () => {
  expect(restored(JSON.stringify({ client, subject: 'Почта' }))).toEqual({ ...emptyTicket, client, subject: 'Почта' })
  expect(restored('{')).toBeNull()
  expect(restored(undefined)).toBeNull()
})
