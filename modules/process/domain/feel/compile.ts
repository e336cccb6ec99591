import type { Expression, FeelValue, InTest } from './expression.ts'
import { FUNCTIONS } from './functions.ts'

/** Where an expression finds its facts; a name that is not known is `null`. */
export interface Known {
  get(name: string): FeelValue
}

/** An expression ready to run. Never throws, changes nothing, and takes time by the length of its text only. */
export type Compiled = (known: Known) => FeelValue

/** A text longer than this comes to `null`: joining must not grow without bound. */
const TEXT_LIMIT = 10_000

const compiled = new WeakMap<Expression, Compiled>()

/** The same expression gives the same closure, made once. */
export function compileExpression(expression: Expression): Compiled {
  const known = compiled.get(expression)
  if (known) return known
  const made = make(expression)
  compiled.set(expression, made)
  return made
}

/** Whether the expression is `true` for these facts: neither `null` nor a text nor a number is. */
export function holds(expression: Expression, facts: Readonly<Record<string, FeelValue>>): boolean {
  return compileExpression(expression)(knownFrom(facts)) === true
}

export function knownFrom(facts: Readonly<Record<string, FeelValue>>): Known {
  return { get: (name) => (Object.hasOwn(facts, name) ? (facts[name] ?? null) : null) }
}

function make(expression: Expression): Compiled {
  switch (expression.op) {
    case 'value': {
      const { value } = expression
      return () => value
    }
    case 'fact': {
      const { name } = expression
      return (known) => known.get(name)
    }
    case 'list': {
      const items = expression.items.map(make)
      return (known) => items.map((item) => item(known))
    }
    case 'call': {
      const { act } = FUNCTIONS.get(expression.name) ?? { act: () => null }
      const args = expression.args.map(make)
      return (known) => act(args.map((argument) => argument(known)))
    }
    case 'if': {
      const [when, then, otherwise] = [make(expression.when), make(expression.yes), make(expression.no)]
      return (known) => (when(known) === true ? then(known) : otherwise(known))
    }
    default:
      return makeLogic(expression)
  }
}

type Logic = Exclude<Expression, { op: 'value' | 'fact' | 'list' | 'call' | 'if' }>

function makeLogic(expression: Logic): Compiled {
  switch (expression.op) {
    case 'not': {
      const of = make(expression.of)
      return (known) => {
        const value = of(known)
        return typeof value === 'boolean' ? !value : null
      }
    }
    case 'negative': {
      const of = make(expression.of)
      return (known) => {
        const value = of(known)
        return typeof value === 'number' ? -value : null
      }
    }
    case 'between': {
      const [of, low, high] = [make(expression.of), make(expression.low), make(expression.high)]
      return (known) => {
        const value = of(known)
        return both(compare('>=', value, low(known)), compare('<=', value, high(known)))
      }
    }
    case 'in': {
      const of = make(expression.of)
      const tests = expression.tests.map(makeTest)
      return (known) => {
        const value = of(known)
        return tests.some((test) => test(value, known))
      }
    }
    default:
      return makeBinary(expression)
  }
}

function makeBinary(expression: Extract<Expression, { left: Expression }>): Compiled {
  const { op } = expression
  const left = make(expression.left)
  const right = make(expression.right)
  switch (op) {
    case 'and':
      return (known) => {
        const value = left(known)
        return value === false ? false : both(value, right(known))
      }
    case 'or':
      return (known) => {
        const value = left(known)
        if (value === true) return true
        const other = right(known)
        return other === true ? true : value === false && other === false ? false : null
      }
    case '=':
      return (known) => equal(left(known), right(known))
    case '!=':
      return (known) => !equal(left(known), right(known))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (known) => compare(op, left(known), right(known))
    default:
      return (known) => calculate(op, left(known), right(known))
  }
}

/** FEEL's "and": what is neither true nor false makes it unknown, unless the other side is false. */
function both(left: FeelValue, right: FeelValue): FeelValue {
  if (left === false || right === false) return false
  return left === true && right === true ? true : null
}

function equal(left: FeelValue, right: FeelValue): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right
  return left.length === right.length && left.every((item, at) => equal(item, right[at] as FeelValue))
}

function compare(op: '<' | '<=' | '>' | '>=', left: FeelValue, right: FeelValue): boolean | null {
  const numbers = typeof left === 'number' && typeof right === 'number'
  const texts = typeof left === 'string' && typeof right === 'string'
  if (!numbers && !texts) return null
  const [one, other] = [left as number, right as number]
  if (op === '<') return one < other
  if (op === '<=') return one <= other
  return op === '>' ? one > other : one >= other
}

function calculate(op: '+' | '-' | '*' | '/' | '**', left: FeelValue, right: FeelValue): FeelValue {
  if (op === '+' && typeof left === 'string' && typeof right === 'string') {
    return left.length + right.length > TEXT_LIMIT ? null : left + right
  }
  if (typeof left !== 'number' || typeof right !== 'number') return null
  const result = op === '+' ? left + right : op === '-' ? left - right : product(op, left, right)
  return Number.isFinite(result) ? result : null
}

function product(op: '*' | '/' | '**', left: number, right: number): number {
  if (op === '*') return left * right
  return op === '/' ? left / right : left ** right
}

function makeTest(test: InTest): (value: FeelValue, known: Known) => boolean {
  if (test.type === 'range') {
    const [low, high] = [make(test.low), make(test.high)]
    const [above, below] = [test.openLow ? '>' : '>=', test.openHigh ? '<' : '<='] as const
    return (value, known) => compare(above, value, low(known)) === true && compare(below, value, high(known)) === true
  }
  const wanted = make(test.value)
  return (value, known) => {
    const found = wanted(known)
    return Array.isArray(found) && !Array.isArray(value)
      ? found.some((item) => equal(item as FeelValue, value))
      : equal(found, value)
  }
}
