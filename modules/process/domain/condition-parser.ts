import type { Comparison, Condition, Operand } from './condition.ts'
import { processRefusals } from './refusals.ts'

const COMPARISONS: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>=']

const LENGTH_LIMIT = 1_000
const DEPTH_LIMIT = 32
const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_.]*)|(-?\d+(?:\.\d+)?)|"([^"]*)"|'([^']*)'|(==|!=|<=|>=|[=<>(),]))/y

type Token = { type: 'word'; text: string } | { type: 'value'; value: string | number } | { type: 'sign'; text: string }
type Keyword = 'and' | 'or' | 'not' | 'in' | 'true' | 'false' | 'null'
const KEYWORDS = new Set<string>(['and', 'or', 'not', 'in', 'true', 'false', 'null'] satisfies Keyword[])

/** Reads a condition; refuses with `process.bad_condition` what the language does not have. */
export function parseCondition(text: string): Condition {
  const parser = new Parser(text)
  const condition = parser.either(0)
  parser.end()
  return condition
}

class Parser {
  private readonly text: string
  private readonly tokens: Token[]
  private at = 0

  constructor(text: string) {
    this.text = text.trim()
    if (this.text.length > LENGTH_LIMIT) throw this.fault(`${LENGTH_LIMIT}+`)
    this.tokens = this.cut()
  }

  either(depth: number): Condition {
    let left = this.both(depth)
    while (this.takeWord('or')) left = { op: 'or', left, right: this.both(depth) }
    return left
  }

  end(): void {
    if (this.at < this.tokens.length) throw this.fault(describe(this.tokens[this.at]))
  }

  private both(depth: number): Condition {
    let left = this.single(depth)
    while (this.takeWord('and')) left = { op: 'and', left, right: this.single(depth) }
    return left
  }

  private single(depth: number): Condition {
    if (depth > DEPTH_LIMIT) throw this.fault('((…))')
    if (this.takeWord('not')) return { op: 'not', of: this.single(depth + 1) }
    if (this.takeSign('(')) {
      const inner = this.either(depth + 1)
      this.needSign(')')
      return inner
    }
    return this.comparison()
  }

  private comparison(): Condition {
    const left = this.operand()
    if (this.takeWord('in')) return { op: 'in', left, of: this.list() }
    const next = this.tokens[this.at]
    const sign = next?.type === 'sign' ? (next.text === '==' ? '=' : next.text) : null
    const op = COMPARISONS.find((candidate) => candidate === sign)
    if (!op) return { op: 'truthy', of: left }
    this.at += 1
    return { op, left, right: this.operand() }
  }

  private list(): Operand[] {
    this.needSign('(')
    const operands = [this.operand()]
    while (this.takeSign(',')) operands.push(this.operand())
    this.needSign(')')
    return operands
  }

  private operand(): Operand {
    const token = this.tokens[this.at]
    this.at += 1
    if (token?.type === 'value') return { value: token.value }
    if (token?.type !== 'word') throw this.fault(describe(token))
    if (!KEYWORDS.has(token.text)) return { fact: token.text }
    if (token.text === 'true' || token.text === 'false') return { value: token.text === 'true' }
    if (token.text === 'null') return { value: null }
    throw this.fault(token.text)
  }

  private takeWord(word: Keyword): boolean {
    const token = this.tokens[this.at]
    if (token?.type !== 'word' || token.text !== word) return false
    this.at += 1
    return true
  }

  private takeSign(sign: string): boolean {
    const token = this.tokens[this.at]
    if (token?.type !== 'sign' || token.text !== sign) return false
    this.at += 1
    return true
  }

  private needSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.fault(describe(this.tokens[this.at]))
  }

  private cut(): Token[] {
    const tokens: Token[] = []
    TOKEN.lastIndex = 0
    while (TOKEN.lastIndex < this.text.length) {
      const from = TOKEN.lastIndex
      const match = TOKEN.exec(this.text)
      if (!match) throw this.fault(this.text.slice(from, from + 10).trim())
      const [, word, number, double, single, sign] = match
      if (word !== undefined) tokens.push({ type: 'word', text: word })
      else if (number !== undefined) tokens.push({ type: 'value', value: Number(number) })
      else if (sign !== undefined) tokens.push({ type: 'sign', text: sign })
      else tokens.push({ type: 'value', value: double ?? single ?? '' })
    }
    return tokens
  }

  private fault(reason: string) {
    return processRefusals.refuse('process.bad_condition', { params: { text: this.text.slice(0, 80), reason } })
  }
}

function describe(token: Token | undefined): string {
  if (!token) return '…'
  return token.type === 'value' ? JSON.stringify(token.value) : token.text
}
