import { compileCalendar, READY_CALENDARS } from '@opora/calendar'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Callable, callingOrder } from './calling-order.ts'

const ready = new Map(Object.entries(READY_CALENDARS).map(([code, spec]) => [code, compileCalendar(spec)]))
const calendars = (code: string) => ready.get(code) ?? null
const someone = (id: number, given: Partial<Callable> = {}): Callable => ({
  id,
  zone: 'Europe/Moscow',
  hours: null,
  calls: 0,
  roles: 1,
  load: 0,
  ...given,
})
const order = (people: Callable[], iso: string) =>
  callingOrder(people, calendars, Date.parse(iso)).map(({ person, onShift }) => (onShift ? person.id : -person.id))

describe('the order of calls', () => {
  it('begins with who is on shift; then comes whose hours begin soonest', () => {
    const people = [someone(1), someone(2, { hours: '24x7' }), someone(3, { hours: 'mon-sat-9-19' })]
    expect(order(people, '2026-02-08T03:00:00+03:00')).toEqual([2, -3, -1])
  })

  it('spares who is called already, who has other roles, and who has much in hand', () => {
    const people = [
      someone(5, { roles: 4 }),
      someone(1, { calls: 1 }),
      someone(2, { load: 7 }),
      someone(3, { load: 2 }),
      someone(4, { load: 2 }),
    ]
    expect(order(people, '2026-02-03T12:00:00+03:00')).toEqual([3, 4, 2, 5, 1])
  })

  it('names everybody once, and nobody off shift before somebody on shift', () => {
    const hours = fc.constantFrom(null, '24x7', 'mon-sat-9-19', 'mon-fri-10-18')
    const people = fc.uniqueArray(
      fc.record({
        id: fc.nat(99),
        hours,
        calls: fc.nat(3),
        load: fc.nat(5),
        roles: fc.nat(9),
        zone: fc.constant('Europe/Moscow'),
      }),
      { selector: (one) => one.id, maxLength: 8 },
    )
    const moment = fc.integer({ min: Date.parse('2026-01-01T00:00Z'), max: Date.parse('2026-12-31T00:00Z') })
    fc.assert(
      fc.property(people, moment, (all, at) => {
        const called = callingOrder(all, calendars, at)
        expect(called.map(({ person }) => person.id).sort()).toEqual(all.map((one) => one.id).sort())
        const firstOff = called.findIndex(({ onShift }) => !onShift)
        expect(firstOff === -1 || called.slice(firstOff).every(({ onShift }) => !onShift)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
