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
  const lastClose = html.lastIndexOf('>')
  let position = 0
  while (position < html.length) {
    const open = html.indexOf('<', position)
    const textEnd = open < 0 || open > lastClose ? html.length : open
    if (textEnd > position) yield text(html, position, textEnd)
    if (textEnd === html.length) return
    const name = /^<(\/?)([a-z][a-z0-9:-]{0,40})/i.exec(html.slice(open, open + 44))
    if (name) {
      const kind = name[1] === '/' ? 'close' : 'open'
      position = endOfTag(html, open)
      yield {
        kind,
        name: (name[2] as string).toLowerCase(),
        source: html.slice(open, position),
        start: open,
        end: position,
      }
    } else if (/^<[!?/]/.test(html.slice(open, open + 2))) {
      position = endOfDeclaration(html, open)
    } else {
      position = open + 1
      yield text(html, open, position)
    }
  }
}

function text(html: string, start: number, end: number): HtmlTag {
  return { kind: 'text', name: html.slice(start, end), source: '', start, end }
}

function endOfDeclaration(html: string, open: number): number {
  const isComment = html.startsWith('<!--', open)
  const close = html.indexOf(isComment ? '-->' : '>', isComment ? open + 4 : open)
  return close < 0 ? html.length : close + (isComment ? 3 : 1)
}

/** The index after the `>` that ends a tag; a `>` inside a quoted attribute does not. A `>` follows somewhere. */
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
  return html.indexOf('>', open) + 1
}

/** The words of an HTML letter with its line breaks; links keep their text only. The result is text, never HTML. */
export function htmlToText(html: string): string {
  const out = createLines()
  let silentUntil: string | null = null
  for (const tag of htmlTags(html)) {
    if (silentUntil !== null) {
      if (tag.kind === 'close' && tag.name === silentUntil) silentUntil = null
    } else if (tag.kind === 'text') {
      out.add(decodeEntities(tag.name.replace(/[ \t\r\n\f]+/g, ' ')))
    } else if (tag.kind === 'open' && SILENT.has(tag.name)) {
      silentUntil = tag.name
    } else if (tag.name === 'br') {
      out.end()
    } else if (BLOCK.has(tag.name)) {
      out.endUnlessEmpty()
      if (tag.name === 'p' && tag.kind === 'close') out.end()
    } else if (tag.kind === 'close' && (tag.name === 'td' || tag.name === 'th')) {
      out.add(' ')
    }
  }
  return out.text()
}

/** Collects lines piece by piece; at the start of a line and after a space no space is added. */
function createLines() {
  const pieces: string[] = []
  let lineIsEmpty = true
  let endsWithSpace = true
  function end(): void {
    pieces.push('\n')
    lineIsEmpty = true
    endsWithSpace = true
  }
  return {
    add(words: string) {
      const piece = endsWithSpace ? words.trimStart() : words
      if (piece === '') return
      pieces.push(piece)
      lineIsEmpty = false
      endsWithSpace = piece.endsWith(' ')
    },
    end,
    endUnlessEmpty() {
      if (!lineIsEmpty) end()
    },
    text: () =>
      pieces
        .join('')
        .replaceAll('\u00a0', ' ')
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
  }
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? whole
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
  })
}
