import { FUNCTION_NAMES } from './functions.ts'

export type Lexeme =
  | { type: 'name'; text: string }
  | { type: 'function'; text: string }
  | { type: 'value'; value: string | number }
  | { type: 'sign'; text: string }

export const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'between',
  'if',
  'then',
  'else',
  'true',
  'false',
  'null',
])

const SPACE = /\s+/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy
const NUMBER = /\d+(?:\.\d+)?/y
const TEXT = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y
const SIGN = /==|!=|<=|>=|\*\*|\.\.|[=<>(),[\]+\-*/]/y

// FEEL's own functions have names of several words; the longest name that stands before a bracket is meant.
const FUNCTIONS = [...FUNCTION_NAMES].sort((one, other) => other.length - one.length)
const FUNCTION = new RegExp(`(?:${FUNCTIONS.map((name) => name.replaceAll(' ', '\\s+')).join('|')})(?=\\s*\\()`, 'y')

/** Cuts a text into the words of the language; a `string` is the piece that belongs to none of them. */
export function lexemesOf(text: string): Lexeme[] | string {
  const lexemes: Lexeme[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  for (take(SPACE); at < text.length; take(SPACE)) {
    const lexeme = next(take)
    if (!lexeme) return text.slice(at, at + 10)
    lexemes.push(lexeme)
  }
  return lexemes
}

function next(take: (pattern: RegExp) => RegExpExecArray | null): Lexeme | null {
  const call = take(FUNCTION)
  if (call) return { type: 'function', text: call[0].replaceAll(/\s+/g, ' ') }
  const name = take(NAME)
  if (name) return { type: 'name', text: name[0] }
  const number = take(NUMBER)
  if (number) return { type: 'value', value: Number(number[0]) }
  const quoted = take(TEXT)
  if (quoted) return { type: 'value', value: (quoted[1] ?? quoted[2] ?? '').replaceAll(/\\(.)/g, '$1') }
  const sign = take(SIGN)
  return sign ? { type: 'sign', text: sign[0] === '==' ? '=' : sign[0] } : null
}
