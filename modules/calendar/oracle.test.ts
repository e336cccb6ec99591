import { expect, it } from 'vitest'
import { compileCalendar } from './index.ts'
import { minuteOracle } from './minute-oracle.fixture.ts'
import { compareWithOracle } from './oracle-cases.fixture.ts'

// A million of them: `npm run bench -- calendar`.
it('answers twenty thousand random questions as the minute-by-minute oracle does', { timeout: 60_000 }, () => {
  const { cases, disagreements } = compareWithOracle({ cases: 20_000, seed: 20_251_101, perCalendar: 150 })
  expect(disagreements).toEqual([])
  expect(cases).toBe(20_000)
})

it('is compared with an oracle that would see a difference', () => {
  const spec = { zone: 'Europe/Moscow', week: { wed: [['10:00', '18:00']] }, dayRule: 'every_listed_day' } as const
  const wednesday = Date.parse('2026-02-04T00:00+03:00')
  const other = { ...spec, week: { wed: [['10:00', '18:01']] } } as const
  const oracle = minuteOracle(other as never, wednesday / 60_000, wednesday / 60_000 + 1_440)
  const calendar = compileCalendar(spec)
  expect(oracle.between(wednesday, wednesday + 86_400_000 - 60_000) / 60_000).toBe(481)
  expect(calendar.between(wednesday, wednesday + 86_400_000)).toBe(480)
})
