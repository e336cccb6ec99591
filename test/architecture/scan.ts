/** What the rules look at in a source text, found by a small scanner: exact enough for this repository's style, and fast. */
export interface Import {
  specifier: string
  line: number
  kind: 'import' | 'export' | 'dynamic'
  /** `import type …`, or every name marked `type`: gone at run time. */
  typeOnly: boolean
}

/**
 * The text with comments and the insides of strings, templates and regular expressions turned into spaces.
 * Every character keeps its place, so that what is found here can be read in the original.
 */
export function blanked(text: string): string {
  const out = text.split('')
  const templateDepths: number[] = []
  let depth = 0
  let at = 0
  const blank = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' '
  }
  while (at < text.length) {
    const two = text.slice(at, at + 2)
    const char = text[at] as string
    let end = at + 1
    if (two === '//') {
      end = endOfLine(text, at)
      blank(at, end)
    } else if (two === '/*') {
      const close = text.indexOf('*/', at + 2)
      end = close < 0 ? text.length : close + 2
      blank(at, end)
    } else if (char === "'" || char === '"') {
      end = endOfString(text, at, char)
      blank(at + 1, end - 1)
    } else if (char === '/' && startsRegex(text, at)) {
      end = endOfRegex(text, at)
      blank(at + 1, end - 1)
    } else if (char === '`' || (char === '}' && templateDepths.at(-1) === depth)) {
      if (char === '}') templateDepths.pop()
      const stop = endOfTemplatePart(text, at + 1)
      blank(at + 1, stop.at)
      end = stop.at + stop.length
      if (stop.opens) templateDepths.push(depth)
    } else if (char === '{') depth++
    else if (char === '}') depth--
    at = end
  }
  return out.join('')
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** A quote never closed on its line is no string: an apostrophe in the text of a page. */
function endOfString(text: string, from: number, quote: string): number {
  const lineEnd = endOfLine(text, from)
  for (let i = from + 1; i < lineEnd; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote) return i + 1
  }
  return from + 1
}

function startsRegex(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd()
  return before === '' || /[(,=:[!&|?{;+]$/.test(before) || /\b(return|typeof|case)$/.test(before)
}

function endOfRegex(text: string, from: number): number {
  const lineEnd = endOfLine(text, from)
  let inClass = false
  for (let i = from + 1; i < lineEnd; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '[') inClass = true
    else if (text[i] === ']') inClass = false
    else if (text[i] === '/' && !inClass) return i + 1
  }
  return from + 1
}

function endOfTemplatePart(text: string, from: number): { at: number; length: number; opens: boolean } {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '`') return { at: i, length: 1, opens: false }
    else if (text.startsWith('${', i)) return { at: i, length: 2, opens: true }
  }
  return { at: text.length, length: 0, opens: false }
}

const STATIC = /(?:^|[\n;])[ \t]*(import|export)\b(\s+type\b)?([^'"`;=]*?\bfrom)?\s*(['"])/g
const DYNAMIC = /\bimport\s*\(\s*(['"])/g

export function importsOf(text: string): Import[] {
  const code = blanked(text)
  const found: Import[] = []
  for (const match of code.matchAll(STATIC)) {
    const [whole, word, type, names] = match
    if (names === undefined && word === 'export') continue
    const quoteAt = (match.index ?? 0) + whole.length - 1
    const typeOnly = type !== undefined || allNamesAreTypes(names ?? '')
    found.push({
      specifier: stringAt(text, quoteAt),
      line: lineOf(text, quoteAt),
      kind: word as 'import' | 'export',
      typeOnly,
    })
  }
  for (const match of code.matchAll(DYNAMIC)) {
    const quoteAt = (match.index ?? 0) + match[0].length - 1
    found.push({ specifier: stringAt(text, quoteAt), line: lineOf(text, quoteAt), kind: 'dynamic', typeOnly: false })
  }
  return found
}

function allNamesAreTypes(names: string): boolean {
  const inside = /^\s*\{([^}]*)\}\s*from$/.exec(names)?.[1]
  if (inside === undefined) return false
  const list = inside
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return list.length > 0 && list.every((name) => name.startsWith('type '))
}

function stringAt(text: string, quoteAt: number): string {
  return text.slice(quoteAt + 1, text.indexOf(text[quoteAt] as string, quoteAt + 1))
}

export function lineOf(text: string, at: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++
  return line
}
