import { Refusal } from '@opora/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, holds, knownFrom } from './compile.ts'
import { type Expression, expressionText, type FeelValue, factsOf } from './expression.ts'
import { parseExpression } from './parse.ts'

const FACTS = { kind: 'accident', priority: 2, emergency: true, window_at: null, text: 'b', 'client.class': 'A' }
const comesTo = (text: string): FeelValue => compileExpression(parseExpression(text))(knownFrom(FACTS))

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
    ['not(emergency)', false],
    ['emergency = true', true],
    ['emergency = "true"', false],
    ['kind in ("incident", "accident")', true],
    ['kind in ["incident", "accident"]', true],
    ['priority in (3, 4)', false],
    ['priority in [1..2]', true],
    ['priority in [1..2)', false],
    ['priority in (2..4]', false],
    ['priority in (7, [1..3])', true],
    ['priority between 1 and 2', true],
    ['priority between 3 and 4 or emergency', true],
    ['unknown = null', true],
    ['unknown != false', true],
    ['unknown < 1 or unknown >= 1', false],
    ['not(unknown < 1)', false],
    ['window_at = null', true],
    ['priority < "3"', false],
    ['text > "a"', true],
    ['kind = "x" or priority = 2 and emergency', true],
    ['(kind = "x" or priority = 2) and not emergency', false],
    ['not (kind = "x")', true],
    ['priority > -1.5', true],
    ['constructor = null', true],
    ['kind', false],
    ['client.class = "A"', true],
    ['if emergency then priority = 2 else false', true],
    ['starts with(kind, "acc") and ends with(kind, "dent")', true],
    ['contains(upper case(kind), "CID")', true],
    ['is defined(window_at)', false],
    ['get or else(window_at, 5) = 5', true],
    ['list contains([1, 2], priority)', true],
    ['[1, [2]] = [1, [2]]', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(parseExpression(text), FACTS)).toBe(expected)
  })

  it.each<[string, FeelValue]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ** 3 ** 2', 64],
    ['-priority - -1', -1],
    ['7 / 2', 3.5],
    ['1 / 0', null],
    ['"a" + "b"', 'ab'],
    ['"a" + 1', null],
    ['"say \\"no\\""', 'say "no"'],
    ['unknown + 1', null],
    ['true and unknown', null],
    ['false and unknown', false],
    ['true or unknown', true],
    ['false or unknown', null],
    ['not(unknown)', null],
    ['if unknown then 1 else 2', 2],
    ['string length(kind)', 8],
    ['lower case("ШУМ")', 'шум'],
    ['abs(-2) + floor(2.7) + ceiling(2.1)', 7],
    ['min(3, 1, 2) + max([4, 5]) + sum(1, 2)', 9],
    ['count([1, 2, 3])', 3],
    ['count(kind)', null],
    ['max([])', null],
    ['[1, 2]', [1, 2]],
  ])('%s comes to %j', (text, expected) => {
    expect(comesTo(text)).toEqual(expected)
  })

  it('does not let a text grow without bound', () => {
    const twice = (text: string) => `(${text} + ${text})`
    expect(comesTo(twice(twice(twice(`"${'x'.repeat(60)}"`))))).toHaveLength(480)
    const grown = compileExpression(parseExpression('a + a'))(knownFrom({ a: 'x'.repeat(6_000) }))
    expect(grown).toBeNull()
  })

  it.each([
    '',
    'kind =',
    '= 1',
    'kind = "open',
    'process.exit()',
    'constructor("x")()',
    'kind = accident"',
    'a b',
    '(a',
    'a)',
    'a = 1;',
    'in (1)',
    'a in ()',
    'a in [1..',
    '{a}',
    'a ? b',
    'a => b',
    '`x`',
    'and',
    'if a then b',
    'contains("a")',
    'sum()',
    '('.repeat(200),
    '['.repeat(200),
    'not '.repeat(200),
    `${'-'.repeat(200)}1`,
    `a = "${'x'.repeat(2_000)}"`,
  ])('refuses %s', (text) => {
    expect(() => parseExpression(text)).toThrow(Refusal)
  })

  it('names the facts it looks at', () => {
    const text = 'a = b and not(c in (d, 1, [l..h]) or e) and (if f then g + 1 > -i else count([j]) between k and 2)'
    expect(factsOf(parseExpression(text))).toEqual(['a', 'b', 'c', 'd', 'l', 'h', 'e', 'f', 'g', 'i', 'j', 'k'])
  })
})

describe('an expression as text', () => {
  const fact: fc.Arbitrary<Expression> = fc
    .constantFrom('kind', 'priority', 'client.class', 'x_1', 'срок')
    .map((name) => ({ op: 'fact', name }))
  const number = fc.integer({ min: -99, max: 99 }).map((value): Expression => ({ op: 'value', value: value + 0 }))
  const value: fc.Arbitrary<Expression> = fc.oneof(
    number,
    fc
      .oneof(fc.boolean(), fc.constant(null), fc.string({ maxLength: 5 }))
      .map((one): Expression => ({ op: 'value', value: one })),
  )
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
    const part = tie('expression')
    const test = fc.oneof(
      fc.record({ type: fc.constant('value' as const), value: part }),
      fc.record({
        ...{ type: fc.constant('range' as const), low: fc.oneof(fact, number), high: part },
        ...{ openLow: fc.boolean(), openHigh: fc.boolean() },
      }),
    )
    return {
      expression: fc.oneof(
        { maxDepth: 3 },
        fact,
        value,
        fc.record({
          op: fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '**', 'and', 'or'),
          left: part,
          right: part,
        }),
        fc.record({ op: fc.constant('in'), of: part, tests: fc.array(test, { minLength: 1, maxLength: 2 }) }),
        fc.record({ op: fc.constant('not'), of: part }),
        fc.record({ op: fc.constant('negative'), of: fact }),
        fc.record({ op: fc.constant('between'), of: part, low: part, high: part }),
        fc.record({ op: fc.constant('if'), when: part, yes: part, no: part }),
        fc.record({ op: fc.constant('list'), items: fc.array(part, { maxLength: 2 }) }),
        fc.record({ op: fc.constant('call'), name: fc.constant('starts with'), args: fc.tuple(part, part) }),
      ) as fc.Arbitrary<Expression>,
    }
  })

  it('reads back what it writes, and comes to the same', () => {
    fc.assert(
      fc.property(expression, (written) => {
        const text = expressionText(written)
        fc.pre(text.length < 1_000)
        const read = parseExpression(text)
        expect(read).toEqual(written)
        expect(compileExpression(read)(knownFrom(FACTS))).toEqual(compileExpression(written)(knownFrom(FACTS)))
      }),
      { numRuns: 500 },
    )
  })

  it('never throws anything but a refusal, whatever the text', () => {
    const words = fc.constantFrom(
      'a',
      '1',
      '"x"',
      'and',
      'not',
      'in',
      '(',
      ')',
      '[',
      ']',
      '..',
      ',',
      '+',
      '-',
      '<',
      'if',
      'then',
      'else',
      'sum',
    )
    const anything = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(words, { maxLength: 14 }).map((all) => all.join(' ')),
    )
    fc.assert(
      fc.property(anything, (text) => {
        try {
          expect(typeof holds(parseExpression(text), FACTS)).toBe('boolean')
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
      { numRuns: 500 },
    )
  })
})
