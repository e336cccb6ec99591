import { systemActor } from '@opora/access'
import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { availableBuckets } from './domain/draws.ts'
import { ledgerOf } from './index.ts'
import { ledgerSince } from './ledger.read-model.ts'
import { contractsForTests, createContract, deposit, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase }
const { contracts } = contractsForTests()
const START = Date.parse('2026-01-01T06:00:00Z')
const HOUR = 3_600_000

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-20T09:00:00Z')
  await withCatalogue(state.db)
})
afterAll(() => state.db.drop())

test('what a draw may take is the same by the short reading and by the whole history', {
  timeout: 60_000,
}, async () => {
  const history = fc.array(
    fc.record({ hour: fc.integer({ min: 0, max: 1_800 }), minutes: fc.integer({ min: 1, max: 600 }) }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  const moments = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 5, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(history, moments, async (pieces, hours) => {
      const { db } = state
      const { id: clientId } = await createClient(db.owner)
      const forms = [subscription({ minutesPerMonth: 1_200 }), deposit({ minutes: 3_600 })]
      const { id } = await createContract(db, clientId, { terms: terms({ calendarCode: '24x7', forms }) })
      for (const [index, piece] of pieces.entries()) {
        const from = START + piece.hour * HOUR
        const work = {
          id: `${id}-${index}`,
          revision: 0,
          ticketId: '1',
          personId: '1',
          activity: 'configuration',
          grade: null,
          service: null,
          urgent: false,
          onSite: false,
          when: { from, to: from + piece.minutes * 60_000 },
        }
        await db.begin({ as: 'worker' }, (tx) => contracts.drawTime(tx, systemActor(), { contractId: id, work }))
      }
      const whole = await ledgerOf(db.staff, id)
      for (const hour of hours) {
        const at = START + hour * HOUR
        const short = availableBuckets(await ledgerSince(db.staff, id, at), at)
        const long = availableBuckets(whole, at)
        const figures = (list: typeof long) =>
          list.map((one) => [one.bucket.id, one.availableMinutes] as const).toSorted((a, b) => (a[0] < b[0] ? -1 : 1))
        expect(figures(short)).toEqual(figures(long))
      }
    }),
    { numRuns: 12 },
  )
})
