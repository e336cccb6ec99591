import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ContractFacts, RISK_CODES, type RiskRule, risksOf, weightOf } from './risks.ts'

const RULES: RiskRule[] = [
  { code: 'ending', enabled: true, threshold: 45 },
  { code: 'guarantee', enabled: true, threshold: 14 },
  { code: 'exhausted', enabled: true, threshold: 20 },
  { code: 'runs_out', enabled: true, threshold: 3 },
  { code: 'overspent', enabled: true, threshold: 10 },
  { code: 'over_budget', enabled: true, threshold: 110 },
  { code: 'unprofitable', enabled: true, threshold: 15 },
]

function facts(overrides: Partial<ContractFacts> = {}): ContractFacts {
  return {
    today: '2026-03-10',
    endsOn: null,
    followed: false,
    signed: true,
    letterUntil: null,
    hours: null,
    budget: null,
    margin: null,
    ...overrides,
  }
}
const hours = (overrides: object) => ({
  leftMinutes: 600,
  ofMinutes: 1_200,
  drawnMinutes: 0,
  periodEndsOn: '2026-03-31',
  overMinutes: 0,
  overKopecks: 0,
  ...overrides,
})
const found = (given: Partial<ContractFacts>) =>
  risksOf(facts(given), RULES).map(({ code, level, value }) => [code, level, value])

describe('a contract is at risk', () => {
  test('when it ends within the threshold and none follows', () => {
    expect(found({ endsOn: '2026-04-24' })).toEqual([['ending', 'warn', 45]])
    expect(found({ endsOn: '2026-04-25' })).toEqual([])
    expect(found({ endsOn: '2026-03-20' })).toEqual([['ending', 'danger', 10]])
    expect(found({ endsOn: '2026-03-20', followed: true })).toEqual([])
  })
  test('when it goes on a letter of guarantee that ends', () => {
    expect(found({ signed: false, letterUntil: '2026-03-20' })).toEqual([['guarantee', 'warn', 10]])
    expect(found({ signed: true, letterUntil: '2026-03-20' })).toEqual([])
  })
  test('when a fifth of the hours is left, and more so when none is', () => {
    expect(found({ hours: hours({ leftMinutes: 240 }) })).toEqual([['exhausted', 'warn', 20]])
    expect(found({ hours: hours({ leftMinutes: 241 }) })).toEqual([])
    expect(found({ hours: hours({ leftMinutes: 0 }) })).toEqual([['exhausted', 'danger', 0]])
  })
  test('when its hours run out before the period does, by the pace of four weeks', () => {
    // 600 minutes at 60 a day: until 20 March, eleven days before the 31st
    expect(found({ hours: hours({ drawnMinutes: 1_680 }) })).toEqual([['runs_out', 'warn', 11]])
    expect(found({ hours: hours({ drawnMinutes: 1_680, periodEndsOn: '2026-03-22' }) })).toEqual([])
    expect(found({ hours: hours({ drawnMinutes: 1_680, periodEndsOn: null }) })).toEqual([])
  })
  test('when work went beyond the package, when it costs more than planned, when it brings too little', () => {
    expect(found({ hours: hours({ overMinutes: 120, overKopecks: 400_000 }) })).toEqual([['overspent', 'warn', 10]])
    expect(found({ hours: hours({ overMinutes: 119 }) })).toEqual([])
    expect(found({ budget: { planKopecks: 100_000, factKopecks: 110_001 } })).toEqual([['over_budget', 'warn', 110]])
    expect(found({ budget: { planKopecks: 100_000, factKopecks: 110_000 } })).toEqual([])
    expect(found({ margin: { revenueKopecks: 100_000, costKopecks: 85_100 } })).toEqual([['unprofitable', 'warn', 14]])
    expect(found({ margin: { revenueKopecks: 100_000, costKopecks: 85_000 } })).toEqual([])
    expect(found({ margin: { revenueKopecks: 0, costKopecks: 1 } })).toEqual([['unprofitable', 'danger', -100]])
  })
})

const anyFacts = fc.record({
  endsOn: fc.option(fc.constantFrom('2026-03-01', '2026-03-15', '2026-04-10', '2027-01-01')),
  followed: fc.boolean(),
  signed: fc.boolean(),
  letterUntil: fc.option(fc.constantFrom('2026-03-01', '2026-03-20', '2026-12-31')),
  hours: fc.option(
    fc.record({
      leftMinutes: fc.nat(2_000),
      ofMinutes: fc.nat(2_000),
      drawnMinutes: fc.nat(4_000),
      periodEndsOn: fc.option(fc.constantFrom('2026-03-12', '2026-03-31')),
      overMinutes: fc.nat(2_000),
      overKopecks: fc.nat(1e6),
    }),
  ),
  budget: fc.option(fc.record({ planKopecks: fc.nat(1e6), factKopecks: fc.nat(1e6) })),
  margin: fc.option(fc.record({ revenueKopecks: fc.nat(1e6), costKopecks: fc.nat(1e6) })),
})

test('every risk names its reason and its rule with the threshold, in both languages', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      for (const risk of risksOf(facts(given), RULES)) {
        for (const text of [risk.reason.ru, risk.reason.en]) expect(text).not.toMatch(/undefined|null|NaN/)
        expect(risk.rule.ru).toContain(String(risk.threshold))
        expect(risk.rule.en).toContain(String(risk.threshold))
      }
    }),
  )
})

test('a rule that is off is silent, and rules do not lean on each other', () => {
  fc.assert(
    fc.property(anyFacts, fc.subarray([...RISK_CODES]), (given, on) => {
      const rules = RULES.map((rule) => ({ ...rule, enabled: on.includes(rule.code) }))
      const all = risksOf(facts(given), RULES)
      expect(risksOf(facts(given), rules)).toEqual(all.filter(({ code }) => on.includes(code)))
    }),
  )
})

test('nothing that costs money is told when the margin is not given', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const risks = risksOf(facts({ ...given, margin: null }), RULES)
      expect(risks.map(({ code }) => code)).not.toContain('unprofitable')
      expect(JSON.stringify(risks)).not.toMatch(/затраты|cost/)
    }),
  )
})

test('one danger weighs more than any number of warnings', () => {
  const [warn, danger] = [
    risksOf(facts({ endsOn: '2026-04-24' }), RULES),
    risksOf(facts({ endsOn: '2026-03-11' }), RULES),
  ]
  expect(weightOf(danger)).toBeGreaterThan(weightOf([...warn, ...warn, ...warn, ...warn, ...warn, ...warn, ...warn]))
})
