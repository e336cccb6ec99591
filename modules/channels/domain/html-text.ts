const BLOCK = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tr',
  'ul',
])
const SILENT = new Set([
  'script',
  'style',
  'title',
  'head',
  'template',
  'noscript',
  'textarea',
  'select',
  'svg',
  'math',
])
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  copy: '©',
  reg: '®',
  trade: '™',
  bull: '•',
  middot: '·',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  bdquo: '„',
  sect: '§',
  deg: '°',
  plusmn: '±',
  times: '×',
  euro: '€',
  numero: '№',
  minus: '−',
  shy: '',
  zwnj: '',
  zwj: '',
}

export interface HtmlTag {
  kind: 'open' | 'close' | 'text'
  /** Lower-case element name; for text, the raw text. */
  name: string
  /** The tag as written, for looking at its attributes. */
  source: string
  /** Position of the first character, and one past the last. */
  start: number
  end: number
}

/** Cuts HTML into tags and text in one pass. Comments and declarations are left out. Not a parser: nothing is nested. */
export function* htmlTags(html: string): Generator<HtmlTag> {
  let position = 0
  while (position < html.length) {
    const open = html.indexOf('<', position)
    const textEnd = open < 0 ? html.length : open
    if (textEnd > position) {
      yield { kind: 'text', name: html.slice(position, textEnd), source: '', start: position, end: textEnd }
    }
    if (open < 0) return
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4)
      position = close < 0 ? html.length : close + 3
      continue
    }
    const name = /^<(\/?)([a-z][a-z0-9:-]{0,40})/i.exec(html.slice(open, open + 44))
    const end = name ? endOfTag(html, open) : html.indexOf('>', open) + 1
    if (!name) {
      const declaration = html[open + 1] === '!' || html[open + 1] === '?' || html[open + 1] === '/'
      if (!declaration) yield { kind: 'text', name: '<', source: '', start: open, end: open + 1 }
      position = declaration ? end || html.length : open + 1
      continue
    }
    const kind = name[1] === '/' ? 'close' : 'open'
    yield { kind, name: (name[2] as string).toLowerCase(), source: html.slice(open, end), start: open, end }
    position = end
  }
}

/** The index after the `>` that ends a tag; a `>` inside a quoted attribute does not. */
function endOfTag(html: string, open: number): number {
  let quote = ''
  for (let i = open + 1; i < html.length; i += 1) {
    const char = html[i] as string
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '"' || char === "'") {
      if (html[i - 1] === '=' || html[i - 1] === ' ') quote = char
    } else if (char === '>') return i + 1
  }
  const plain = html.indexOf('>', open)
  return plain < 0 ? html.length : plain + 1
}

/** The words of an HTML letter with its line breaks; links keep their text only. The result is text, never HTML. */
export function htmlToText(html: string): string {
  const lines: string[] = ['']
  let silentUntil: string | null = null
  for (const tag of htmlTags(html)) {
    if (silentUntil !== null) {
      if (tag.kind === 'close' && tag.name === silentUntil) silentUntil = null
    } else if (tag.kind === 'text') {
      const text = decodeEntities(tag.name.replace(/[ \t\r\n\f]+/g, ' '))
      const last = lines.length - 1
      lines[last] += lines[last] === '' || lines[last]?.endsWith(' ') ? text.trimStart() : text
    } else if (tag.kind === 'open' && SILENT.has(tag.name)) {
      silentUntil = tag.name
    } else if (tag.name === 'br' || BLOCK.has(tag.name)) {
      if (tag.name === 'br' || lines.at(-1) !== '') lines.push('')
      if (tag.name === 'p' && tag.kind === 'close' && lines.at(-2) !== '') lines.push('')
    } else if (tag.kind === 'close' && (tag.name === 'td' || tag.name === 'th')) {
      lines[lines.length - 1] += ' '
    }
  }
  return lines
    .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? whole
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
  })
}
