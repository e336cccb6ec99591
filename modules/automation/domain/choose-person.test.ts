import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastLoaded } from './choose-person.ts'

const people = fc.uniqueArray(fc.record({ id: fc.nat(50), openTickets: fc.nat(5) }), {
  selector: (person) => person.id,
  maxLength: 12,
})

test('nobody has fewer open tickets than whoever is chosen, and of equals the first by number is', () => {
  fc.assert(
    fc.property(people, (all) => {
      const chosen = leastLoaded(all)
      expect(chosen === null).toBe(all.length === 0)
      for (const other of all) {
        expect(chosen!.openTickets).toBeLessThanOrEqual(other.openTickets)
        if (other.openTickets === chosen!.openTickets) expect(chosen!.id).toBeLessThanOrEqual(other.id)
      }
    }),
  )
})

test('the choice does not depend on the order in which people come', () => {
  fc.assert(
    fc.property(
      people.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, other]) => {
        expect(leastLoaded(other)).toEqual(leastLoaded(all))
      },
    ),
  )
})
