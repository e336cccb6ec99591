import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHAIN_MAX, type Chain, judge, RUNS_AN_HOUR_MAX } from './chain.ts'

/** Rules that hear events and announce events: which of them, by number. */
interface World {
  hears: number[]
  announces: number[][]
}

const EVENTS = 4
const world: fc.Arbitrary<World> = fc.integer({ min: 1, max: 6 }).chain((rules) =>
  fc.record({
    hears: fc.array(fc.nat(EVENTS - 1), { minLength: rules, maxLength: rules }),
    announces: fc.array(fc.array(fc.nat(EVENTS - 1), { maxLength: 2 }), { minLength: rules, maxLength: rules }),
  }),
)

/** Lets everything happen that an event leads to; gives what ran and what was stopped. */
function follow({ hears, announces }: World, first: number, most: number) {
  const waiting: { event: number; chain: Chain }[] = [{ event: first, chain: [] }]
  const ran: Chain[] = []
  const stopped: { why: string; chain: Chain }[] = []
  for (let happened = waiting.pop(); happened; happened = waiting.pop()) {
    if (ran.length + stopped.length > most) return { ended: false, ran, stopped }
    const { event, chain } = happened
    for (const [rule, heard] of hears.entries()) {
      if (heard !== event) continue
      const verdict = judge(chain, rule)
      if (!verdict.run) {
        stopped.push(verdict)
        continue
      }
      ran.push(verdict.chain)
      for (const next of announces[rule] ?? []) waiting.push({ event: next, chain: verdict.chain })
    }
  }
  return { ended: true, ran, stopped }
}

/** Whether a rule can lead to itself, by whatever way. */
function canMeetItself({ hears, announces }: World, first: number): boolean {
  const next = (rule: number) => hears.flatMap((event, other) => (announces[rule]?.includes(event) ? [other] : []))
  const walk = (rule: number, path: readonly number[]): boolean =>
    path.includes(rule) || next(rule).some((other) => walk(other, [...path, rule]))
  return hears.some((event, rule) => event === first && walk(rule, []))
}

test('whatever the rules are, an event comes to an end, and no chain names a rule twice or is longer than the limit', () => {
  fc.assert(
    fc.property(world, fc.nat(EVENTS - 1), (rules, first) => {
      const { ended, ran } = follow(rules, first, 200_000)
      expect(ended).toBe(true)
      for (const chain of ran) {
        expect(new Set(chain).size).toBe(chain.length)
        expect(chain.length).toBeLessThanOrEqual(CHAIN_MAX)
      }
    }),
    { numRuns: 300 },
  )
})

test('a rule is stopped exactly where it can meet itself, and every stop shows the chain from its first meeting to the second', () => {
  fc.assert(
    fc.property(world, fc.nat(EVENTS - 1), (rules, first) => {
      const { stopped } = follow(rules, first, 200_000)
      expect(stopped.length > 0).toBe(canMeetItself(rules, first))
      for (const { why, chain } of stopped) {
        const last = chain.at(-1)!
        expect(why).toBe('itself')
        expect(chain.indexOf(last)).toBeLessThan(chain.length - 1)
        for (const [at, rule] of chain.slice(1).entries()) {
          expect(rules.announces[chain[at]!]).toContain(rules.hears[rule])
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('a chain of many rules, each of them once, is not followed beyond the limit', () => {
  const long = Array.from({ length: CHAIN_MAX }, (_, index) => index + 1)
  expect(judge(long.slice(1), 99)).toEqual({ run: true, chain: [...long.slice(1), 99] })
  expect(judge(long, 99)).toMatchObject({ run: false, why: 'too_long' })
})

test('a rule that comes round through the outside world is stopped by how often it acts on one ticket', () => {
  expect(judge([], 1, RUNS_AN_HOUR_MAX - 1).run).toBe(true)
  expect(judge([], 1, RUNS_AN_HOUR_MAX)).toEqual({ run: false, why: 'too_often', chain: [1] })
})
