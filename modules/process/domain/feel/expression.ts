/**
 * An expression of the diagram, read: a part of FEEL (see the engine's README). Plain data, made by `parseExpression`
 * and run by `compileExpression`. There is no access to anything but named facts, and no call but of the listed functions.
 */
export type Expression =
  | { op: 'value'; value: string | number | boolean | null }
  | { op: 'fact'; name: string }
  | { op: 'list'; items: Expression[] }
  | { op: 'and' | 'or' | Comparison | Arithmetic; left: Expression; right: Expression }
  | { op: 'negative' | 'not'; of: Expression }
  | { op: 'between'; of: Expression; low: Expression; high: Expression }
  | { op: 'in'; of: Expression; tests: InTest[] }
  | { op: 'if'; when: Expression; yes: Expression; no: Expression }
  | { op: 'call'; name: string; args: Expression[] }

/** One of the tests of `x in (…)`: a value or list to be found in, or an interval with open or closed ends. */
export type InTest =
  | { type: 'value'; value: Expression }
  | { type: 'range'; low: Expression; high: Expression; openLow: boolean; openHigh: boolean }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '**'

/** What an expression can come to. Lists live only while an expression is worked out; facts are never lists. */
export type FeelValue = string | number | boolean | null | readonly FeelValue[]

/** The names of all facts that the expression looks at, each once, in order. */
export function factsOf(expression: Expression): string[] {
  const names = new Set<string>()
  const walk = (part: Expression): void => {
    if (part.op === 'fact') names.add(part.name)
    for (const inner of partsOf(part)) walk(inner)
  }
  walk(expression)
  return [...names]
}

function partsOf(part: Expression): Expression[] {
  switch (part.op) {
    case 'value':
    case 'fact':
      return []
    case 'list':
      return part.items
    case 'call':
      return part.args
    case 'negative':
    case 'not':
      return [part.of]
    case 'between':
      return [part.of, part.low, part.high]
    case 'if':
      return [part.when, part.yes, part.no]
    case 'in':
      return [part.of, ...part.tests.flatMap((test) => (test.type === 'value' ? [test.value] : [test.low, test.high]))]
    default:
      return [part.left, part.right]
  }
}

/** The expression as text that `parseExpression` reads back to the same expression. */
export function expressionText(expression: Expression): string {
  const text = expressionText
  switch (expression.op) {
    case 'value':
      return literalText(expression.value)
    case 'fact':
      return expression.name
    case 'list':
      return `[${expression.items.map(text).join(', ')}]`
    case 'call':
      return `${expression.name}(${expression.args.map(text).join(', ')})`
    case 'negative':
      return `-(${text(expression.of)})`
    case 'not':
      return `(not(${text(expression.of)}))`
    case 'between':
      return `(${text(expression.of)} between ${text(expression.low)} and ${text(expression.high)})`
    case 'if':
      return `(if ${text(expression.when)} then ${text(expression.yes)} else ${text(expression.no)})`
    case 'in':
      return `(${text(expression.of)} in (${expression.tests.map(testText).join(', ')}))`
    default:
      return `(${text(expression.left)} ${expression.op} ${text(expression.right)})`
  }
}

function testText(test: InTest): string {
  if (test.type === 'value') return expressionText(test.value)
  const bounds = `${expressionText(test.low)}..${expressionText(test.high)}`
  return `${test.openLow ? '(' : '['}${bounds}${test.openHigh ? ')' : ']'}`
}

function literalText(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value)
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
