import { processRefusals } from '../refusals.ts'
import type { Arithmetic, Comparison, Expression, InTest } from './expression.ts'
import { FUNCTIONS } from './functions.ts'
import { KEYWORDS, type Lexeme, lexemesOf } from './lexer.ts'

const LENGTH_LIMIT = 1_000
const DEPTH_LIMIT = 32
const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Comparison[]

/** Reads an expression; refuses with `process.bad_condition` what the language does not have. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text.trim())
  const expression = parser.whole()
  return expression
}

class Parser {
  private readonly text: string
  private readonly lexemes: Lexeme[]
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
    if (text.length > LENGTH_LIMIT) throw this.fault(`${LENGTH_LIMIT}+`)
    const lexemes = lexemesOf(text)
    if (typeof lexemes === 'string') throw this.fault(lexemes)
    this.lexemes = lexemes
  }

  whole(): Expression {
    const expression = this.expression()
    if (this.at < this.lexemes.length) throw this.here()
    return expression
  }

  private expression(): Expression {
    this.depth += 1
    if (this.depth > DEPTH_LIMIT) throw this.fault('((…))')
    const expression = this.takeName('if') ? this.choice() : this.either()
    this.depth -= 1
    return expression
  }

  private choice(): Expression {
    const when = this.expression()
    this.needName('then')
    const yes = this.expression()
    this.needName('else')
    return { op: 'if', when, yes, no: this.expression() }
  }

  private either(): Expression {
    let left = this.both()
    while (this.takeName('or')) left = { op: 'or', left, right: this.both() }
    return left
  }

  private both(): Expression {
    let left = this.negated()
    while (this.takeName('and')) left = { op: 'and', left, right: this.negated() }
    return left
  }

  private negated(): Expression {
    if (!this.takeName('not')) return this.comparison()
    this.depth += 1
    if (this.depth > DEPTH_LIMIT) throw this.fault('not …')
    const of = this.negated()
    this.depth -= 1
    return { op: 'not', of }
  }

  private comparison(): Expression {
    const left = this.sum()
    if (this.takeName('in')) return { op: 'in', of: left, tests: this.tests() }
    if (this.takeName('between')) {
      const low = this.sum()
      this.needName('and')
      return { op: 'between', of: left, low, high: this.sum() }
    }
    const sign = this.takeSign(...COMPARISONS)
    return sign ? { op: sign as Comparison, left, right: this.sum() } : left
  }

  private tests(): InTest[] {
    const range = this.range()
    if (range) return [range]
    if (!this.takeSign('(')) return [{ type: 'value', value: this.sum() }]
    const tests: InTest[] = []
    do tests.push(this.range() ?? { type: 'value', value: this.sum() })
    while (this.takeSign(','))
    this.needSign(')')
    return tests
  }

  /** `[1..5]`, `(1..5]`, `[1..5)`: anything else that begins with a bracket is left as it was. */
  private range(): InTest | null {
    const back = { at: this.at, depth: this.depth }
    const open = this.takeSign('[', '(')
    if (!open) return null
    const low = this.bound()
    if (low && this.takeSign('..')) {
      const high = this.sum()
      const close = this.takeSign(']', ')')
      if (!close) throw this.here()
      return { type: 'range', low, high, openLow: open === '(', openHigh: close === ')' }
    }
    Object.assign(this, back)
    return null
  }

  /** The lower end of a range is a number, a text or a fact: enough to tell a range from a bracket without trying twice. */
  private bound(): Expression | null {
    const next = this.lexemes[this.at]
    const negative = next?.type === 'sign' && next.text === '-'
    const value = this.lexemes[this.at + (negative ? 1 : 0)]
    const after = this.lexemes[this.at + (negative ? 2 : 1)]
    if (!value || value.type === 'sign' || after?.type !== 'sign' || after.text !== '..') return null
    return this.unary()
  }

  private sum(): Expression {
    let left = this.product()
    for (let sign = this.takeSign('+', '-'); sign; sign = this.takeSign('+', '-')) {
      left = { op: sign as Arithmetic, left, right: this.product() }
    }
    return left
  }

  private product(): Expression {
    let left = this.power()
    for (let sign = this.takeSign('*', '/'); sign; sign = this.takeSign('*', '/')) {
      left = { op: sign as Arithmetic, left, right: this.power() }
    }
    return left
  }

  private power(): Expression {
    let left = this.unary()
    while (this.takeSign('**')) left = { op: '**', left, right: this.unary() }
    return left
  }

  private unary(): Expression {
    if (!this.takeSign('-')) return this.primary()
    this.depth += 1
    if (this.depth > DEPTH_LIMIT) throw this.fault('---')
    const of = this.unary()
    this.depth -= 1
    return of.op === 'value' && typeof of.value === 'number'
      ? { op: 'value', value: -of.value }
      : { op: 'negative', of }
  }

  private primary(): Expression {
    const next = this.lexemes[this.at]
    if (this.takeSign('(')) {
      const inner = this.expression()
      this.needSign(')')
      return inner
    }
    if (this.takeSign('[')) return { op: 'list', items: this.items(']') }
    if (!next || next.type === 'sign') throw this.here()
    if (next.type === 'name' && next.text === 'not') return this.negated()
    this.at += 1
    if (next.type === 'value') return { op: 'value', value: next.value }
    if (next.type === 'function') return this.call(next.text)
    if (!KEYWORDS.has(next.text)) return { op: 'fact', name: next.text }
    if (next.text === 'true' || next.text === 'false') return { op: 'value', value: next.text === 'true' }
    if (next.text === 'null') return { op: 'value', value: null }
    throw this.fault(next.text)
  }

  private call(name: string): Expression {
    const declared = FUNCTIONS.get(name)
    this.needSign('(')
    const args = this.items(')')
    if (!declared || args.length < declared.least || args.length > declared.most) throw this.fault(`${name}(…)`)
    return { op: 'call', name, args }
  }

  private items(close: ')' | ']'): Expression[] {
    const items: Expression[] = []
    if (this.takeSign(close)) return items
    do items.push(this.expression())
    while (this.takeSign(','))
    this.needSign(close)
    return items
  }

  private takeName(word: string): boolean {
    const next = this.lexemes[this.at]
    if (next?.type !== 'name' || next.text !== word) return false
    this.at += 1
    return true
  }

  private takeSign(...signs: string[]): string | null {
    const next = this.lexemes[this.at]
    if (next?.type !== 'sign' || !signs.includes(next.text)) return null
    this.at += 1
    return next.text
  }

  private needName(word: string): void {
    if (!this.takeName(word)) throw this.here()
  }

  private needSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.here()
  }

  private here() {
    const next = this.lexemes[this.at]
    return this.fault(!next ? '…' : next.type === 'value' ? JSON.stringify(next.value) : next.text)
  }

  private fault(reason: string) {
    return processRefusals.refuse('process.bad_condition', { params: { text: this.text.slice(0, 80), reason } })
  }
}
