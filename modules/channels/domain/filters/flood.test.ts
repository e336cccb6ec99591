import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import { floodFilter } from './flood.ts'

test('E14, E16: the ticket beyond the hourly number waits for a person', () => {
  const facts = (ticketsLastHour: number) => filterFacts({ ticketsLastHour, maxTicketsPerHour: 5 })
  expect(floodFilter.decide(parsedMail(), facts(4)).verdict).toBe('pass')
  expect(floodFilter.decide(parsedMail(), facts(5))).toEqual({ verdict: 'quarantine', reason: 'too_many_tickets' })
})
