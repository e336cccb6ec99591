import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayPrefixes, FIRST_DAY, isExact, LAST_DAY, wantsAll, withinDays, wordsOnDays } from './search-days.ts'

const day = fc.integer({ min: FIRST_DAY, max: LAST_DAY })

it('stands for every day of a span and for no other', () => {
  fc.assert(
    fc.property(day, day, fc.integer({ min: -3, max: 3 }), (one, other, step) => {
      const span = { from: Math.min(one, other), to: Math.max(one, other) }
      const prefixes = dayPrefixes(span)
      const times = (at: number) => prefixes.filter((prefix) => String(at).startsWith(prefix)).length
      for (const at of [span.from, span.to, Math.floor((span.from + span.to) / 2)]) expect(times(at)).toBe(1)
      for (const at of [span.from + step, span.to + step].map(withinDays))
        expect(times(at)).toBe(at >= span.from && at <= span.to ? 1 : 0)
      expect(prefixes.length).toBeLessThanOrEqual(90)
    }),
  )
})

it.each([
  [{ from: 20_775, to: 20_799 }, ['20775', '20776', '20777', '20778', '20779', '2078', '2079']],
  [{ from: 20_779, to: 20_779 }, ['20779']],
  [{ from: 99_998, to: 99_999 }, ['99998', '99999']],
  [{ from: FIRST_DAY, to: LAST_DAY }, ['1', '2', '3', '4', '5', '6', '7', '8', '9']],
])('names the days %j by their fewest beginnings', (days, prefixes) => {
  expect(dayPrefixes(days)).toEqual(prefixes)
})

it.each([
  ["'сделк' & 'закрыт'", null, "('сделк\u001F':*) & ('закрыт\u001F':*)"],
  ["'сделк' <-> 'закрыт' <2> 'до'", null, "('сделк\u001F':*) & ('закрыт\u001F':*) & ('до\u001F':*)"],
  [
    "'сделк' | 'it''s' & 'c:\\\\x'",
    { from: 20_779, to: 20_779 },
    "('сделк\u001F20779') | ('it''s\u001F20779') & ('c:\\\\x\u001F20779')",
  ],
  ["'сделк' <-> 'сделк' & 'закрыт' & 'сделк'", null, "('сделк\u001F':*) & ('закрыт\u001F':*)"],
  ["'сделк' | 'сделк' | 'закрыт'", null, "('сделк\u001F':*) | ('закрыт\u001F':*)"],
  ["'сделк'", { from: 20_799, to: 20_809 }, "('сделк\u001F20799'|'сделк\u001F2080':*)"],
] as const)('asks the index for %s on the days %j', (query, days, asked) => {
  expect(wordsOnDays(query, days)).toBe(asked)
})

it.each([
  ["'сделк' & 'закрыт' <-> 'до'", true],
  ["'a|b!'", true],
  ["'сделк' | 'закрыт'", false],
  ["'сделк' & !'закрыт'", false],
])('says whether every hit of %s has all its words: %s', (query, all) => {
  expect(wantsAll(query)).toBe(all)
})

it.each([
  ["'сделк' & 'закрыт' | 'a<b!'", true],
  ["'сделк' <-> 'закрыт'", false],
  ["'сделк' & !'закрыт'", false],
  [`'${'о'.repeat(100)}'`, true],
  [`'${'о'.repeat(101)}'`, false],
])('says whether the index alone answers %s: %s', (query, exact) => {
  expect(isExact(query)).toBe(exact)
})
