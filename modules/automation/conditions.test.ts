import { expect, test } from 'vitest'
import { checkCondition, conditionHolds } from './conditions.ts'
import { RULE_EVENTS } from './domain/rule-events.ts'
import { EVENT_NAMES, TICKET_NAMES } from './domain/rule-words.ts'

test.each(TICKET_NAMES)('the example of $name reads and asks it, whatever happened', ({ name, example }) => {
  for (const { code } of RULE_EVENTS) expect(checkCondition(example, code)).toEqual({ fault: null, names: [name] })
})

test.each(EVENT_NAMES)('the example of $name reads where the event tells it, and only there', ({ name, example }) => {
  for (const { code, names } of RULE_EVENTS) {
    const tells = (names as readonly string[]).includes(name)
    expect(checkCondition(example, code).fault === null, code).toBe(tells)
  }
})

test('every name that an event tells is explained', () => {
  const told = new Set(RULE_EVENTS.flatMap((event) => event.names))
  expect([...told].sort()).toEqual(EVENT_NAMES.map((one) => one.name).sort())
})

test('an empty condition always holds; one that comes to no truth never does', () => {
  expect(conditionHolds('', {})).toBe(true)
  expect(conditionHolds('priority <= 2', { priority: 1 })).toBe(true)
  expect(conditionHolds('priority <= 2', {})).toBe(false)
  expect(conditionHolds('list contains(tags, "vip")', { tags: ['vip'] })).toBe(true)
  expect(conditionHolds('subject', { subject: 'true' })).toBe(false)
  expect(conditionHolds('constructor = null', {})).toBe(true)
})
