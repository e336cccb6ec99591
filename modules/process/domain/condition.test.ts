import { Refusal } from '@opora/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, conditionText, factsOf, holds, type Operand } from './condition.ts'
import { parseCondition } from './condition-parser.ts'

const FACTS = { kind: 'accident', priority: 2, emergency: true, window_at: null, text: 'b' }

describe('a condition over facts', () => {
  it.each([
    ['kind = "accident"', true],
    ["kind == 'incident'", false],
    ['kind != "incident"', true],
    ['priority <= 2', true],
    ['priority < 2', false],
    ['priority >= 2 and priority > 1', true],
    ['emergency', true],
    ['not emergency', false],
    ['emergency = true', true],
    ['emergency = "true"', false],
    ['kind in ("incident", "accident")', true],
    ['priority in (3, 4)', false],
    ['unknown = null', true],
    ['unknown != false', true],
    ['unknown < 1 or unknown >= 1', false],
    ['window_at = null', true],
    ['priority < "3"', false],
    ['text > "a"', true],
    ['kind = "x" or priority = 2 and emergency', true],
    ['(kind = "x" or priority = 2) and not emergency', false],
    ['not (kind = "x")', true],
    ['priority > -1.5', true],
    ['constructor = null', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(parseCondition(text), FACTS)).toBe(expected)
  })

  it.each([
    '',
    'kind =',
    '= 1',
    'kind = "open',
    'process.exit()',
    'kind = accident"',
    'a b',
    '(a',
    'a)',
    'a + 1',
    'a = 1;',
    'in (1)',
    'a in ()',
    '{a}',
    'a ? b',
    'and',
    '('.repeat(200),
    'not '.repeat(200),
    `a = "${'x'.repeat(2_000)}"`,
  ])('refuses %s', (text) => {
    expect(() => parseCondition(text)).toThrow(Refusal)
  })

  it('names the facts it looks at', () => {
    expect(factsOf(parseCondition('a = b and not (c in (d, 1) or e)'))).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  const name = fc.constantFrom('kind', 'priority', 'a.b', 'x_1')
  const value = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ maxLength: 5 }).map((text) => text.replaceAll(/["']/g, '')),
  )
  const operand: fc.Arbitrary<Operand> = fc.oneof(
    name.map((fact) => ({ fact })),
    value.map((literal) => ({ value: literal })),
  )
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4 },
      fc.record({ op: fc.constantFrom('=', '!=', '<', '<=', '>', '>='), left: operand, right: operand }),
      fc.record({ op: fc.constant('truthy'), of: operand }),
      fc.record({ op: fc.constant('in'), left: operand, of: fc.array(operand, { minLength: 1, maxLength: 3 }) }),
      fc.record({ op: fc.constant('not'), of: tie('condition') }),
      fc.record({ op: fc.constantFrom('and', 'or'), left: tie('condition'), right: tie('condition') }),
    ) as fc.Arbitrary<Condition>,
  }))

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(condition, (written) => {
        const text = conditionText(written)
        fc.pre(text.length < 1_000)
        expect(parseCondition(text)).toEqual(written)
      }),
    )
  })

  it('never throws anything but a refusal, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          expect(typeof holds(parseCondition(text), FACTS)).toBe('boolean')
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
    )
  })
})
