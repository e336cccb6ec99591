import { createContract, terms, withCatalogue } from '@opora/contracts/testkit'
import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isDutyPromised } from './duty-promise.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow('2026-02-08T00:00:00Z')
  await withCatalogue(db)
})
afterAll(() => db.drop())

test('duty is promised at the priorities of the contract, as long as nobody has answered', async () => {
  const { id: clientId } = await createClient(db.owner)
  const duty = { priorities: [1, 2], reactionMinutes: 60 }
  const on = await createContract(db, clientId, {
    terms: terms({ promises: { pausesCounted: null, duty } }),
    startsOn: '2026-01-01',
  })
  const without = await createContract(db, clientId, { terms: terms({}), startsOn: '2026-01-01' })
  const asked = async (contractId: number | null, priority: number, state = 'running') => {
    const [ticket] = await db.owner<{ id: number }[]>`
      insert into ticket (client_id, contract_id, channel, subject, priority) values (${clientId}, ${contractId}, 'email', 'Ночью', ${priority}) returning id`
    await db.owner`
      insert into clock (client_id, ticket_id, metric, seq, state, registered_at, started_at, target_since, priority, target, row_name, row_name_en, policy_code, calendar_code)
      values (${clientId}, ${ticket!.id}, 'reaction', 1, ${state}, app_now(), app_now(), app_now(), ${priority},
        '{"amount": 60, "unit": "clock_minutes"}', '', '', 'x', '24x7@1')`
    return isDutyPromised(db.worker, ticket!.id)
  }
  expect(await asked(on.id, 1)).toBe(true)
  expect(await asked(on.id, 2)).toBe(true)
  expect(await asked(on.id, 3)).toBe(false)
  expect(await asked(on.id, 1, 'met')).toBe(false)
  expect(await asked(without.id, 1)).toBe(false)
  expect(await asked(null, 1)).toBe(false)
})
