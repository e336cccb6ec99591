import { describe, expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../testkit/letters.ts'
import { applyFilters, applyFloodBrake, FILTERS } from './filter-chain.ts'

describe('the chain of filters', () => {
  test('is one visible list, loops first', () => {
    expect(FILTERS.map((filter) => filter.name)).toEqual([
      'own_message',
      'own_address',
      'duplicate',
      'size',
      'bounce',
      'auto_reply',
      'bulk',
    ])
  })

  test('lets an ordinary letter through and says what every filter thought', () => {
    const outcome = applyFilters(parsedMail(), filterFacts())
    expect(outcome).toMatchObject({ verdict: 'continue', stoppedBy: null, muted: false })
    expect(outcome.decisions.map((decision) => decision.verdict)).toEqual(FILTERS.map(() => 'pass'))
  })

  test('stops at the first filter that stops', () => {
    const outcome = applyFilters(parsedMail({ sizeBytes: 9_000_000 }), filterFacts({ duplicateOf: '5' }))
    expect(outcome.stoppedBy).toEqual({ filter: 'duplicate', verdict: 'set_aside', reason: 'taken_before' })
    expect(outcome.decisions).toHaveLength(3)
  })

  test('goes on after a mute and remembers it', () => {
    const automation = { ...parsedMail().automation, listId: '<a.b>' }
    expect(applyFilters(parsedMail({ automation }), filterFacts())).toMatchObject({ verdict: 'continue', muted: true })
  })

  test('E8: control headers of ours that come from outside decide nothing', () => {
    const names = [
      'x-desk-ticket',
      'x-desk-internal',
      'x-desk-loop',
      'x-opora-ticket',
      'x-opora-internal',
      'x-opora-loop',
    ]
    const headers = new Map(names.map((name) => [name, ['1']]))
    expect(applyFilters(parsedMail({ headers }), filterFacts())).toEqual(applyFilters(parsedMail(), filterFacts()))
  })

  test('the brake on new tickets is asked apart, for letters that would open one', () => {
    const facts = filterFacts({ ticketsLastHour: 20 })
    expect(applyFilters(parsedMail(), facts).verdict).toBe('continue')
    expect(applyFloodBrake(parsedMail(), facts)).toEqual({
      filter: 'flood',
      verdict: 'quarantine',
      reason: 'too_many_tickets',
    })
  })
})
