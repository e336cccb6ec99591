import { expect, test } from 'vitest'
import { NO_AGREEMENT } from './agreement.ts'
import { type RemindedContract, remindersOf } from './reminders.ts'

const contract = (given: Partial<RemindedContract> = {}): RemindedContract => ({
  number: 'Д-1',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  signedOn: '2026-01-01',
  letterUntil: null,
  letterKopecks: null,
  usedKopecks: 0,
  agreement: undefined,
  ...given,
})
const keys = (given: RemindedContract, today: string) => remindersOf(given, today).map((one) => one.key)

test('the end is told at each step of days once, the latest that has been reached', () => {
  expect(keys(contract(), '2026-10-31')).toEqual([])
  expect(keys(contract(), '2026-11-01')).toEqual(['ending:2026-12-31:60'])
  expect(keys(contract(), '2026-12-26')).toEqual(['ending:2026-12-31:7'])
  expect(keys(contract(), '2027-01-01')).toEqual([])
  expect(keys(contract({ endsOn: null }), '2026-12-26')).toEqual([])
  expect(remindersOf(contract(), '2026-12-26')[0]?.words.ru).toBe(
    'Договор Д-1 заканчивается 31.12.2026, осталось дней: 5; согласуйте продление.',
  )
})

test('a contract that goes on by itself tells the last day for notice against it', () => {
  const renewal = { kind: 'automatic' as const, months: 12, noticeDays: 30 }
  const given = contract({ agreement: { ...NO_AGREEMENT, remindDays: [], renewal } })
  expect(keys(given, '2026-11-23')).toEqual([])
  expect(keys(given, '2026-11-25')).toEqual(['notice:2026-12-31'])
  expect(keys(given, '2026-12-02')).toEqual([])
})

test('a letter of guarantee is told by its last day and by its sum, until the contract is signed', () => {
  const given = contract({ endsOn: null, signedOn: null, letterUntil: '2026-02-10', letterKopecks: 1_000_000 })
  expect(keys(given, '2026-01-20')).toEqual([])
  expect(keys(given, '2026-02-04')).toEqual(['letter:2026-02-10:7'])
  expect(keys({ ...given, usedKopecks: 800_000 }, '2026-01-20')).toEqual(['letter-sum:1000000:near'])
  expect(keys({ ...given, usedKopecks: 1_000_000 }, '2026-01-20')).toEqual(['letter-sum:1000000:over'])
  expect(keys({ ...given, signedOn: '2026-01-15', usedKopecks: 1_000_000 }, '2026-02-04')).toEqual([])
})

test('a revision of prices is told a week before its notice has to go out', () => {
  const indexation = { everyMonths: 12, noticeDays: 30, limitBasisPoints: 1_000 }
  const given = contract({ endsOn: null, agreement: { ...NO_AGREEMENT, indexation } })
  expect(keys(given, '2026-11-24')).toEqual([])
  expect(keys(given, '2026-11-25')).toEqual(['indexation:2027-01-01'])
  expect(keys(given, '2027-01-01')).toEqual([])
})
