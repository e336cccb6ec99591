import sanitizeHtml from 'sanitize-html'

/** More than this is cut before reading: nobody writes it, and cleaning costs time in proportion. */
const MAX_HTML_CHARS = 2_000_000
const MAX_NESTING = 60
const MAX_OPEN_TAGS = 2_000
/** Elements that are never, or need not be, closed. */
const SELF_ENDING = new Set([
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'],
  ...['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'option', 'thead', 'tbody', 'tfoot'],
])

const TEXT_TAGS = [
  ...[
    'p',
    'br',
    'hr',
    'div',
    'span',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'strike',
    'del',
    'ins',
    'sub',
    'sup',
    'small',
  ],
  ...[
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'blockquote',
    'pre',
    'code',
    'kbd',
    'samp',
  ],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'a', 'img'],
]

export interface SanitiseOptions {
  /**
   * The address of an image inside the letter (`cid` without `cid:`), `null` when there is none.
   * Without this function `cid:` addresses stay as they are.
   */
  imageUrl?: (cid: string) => string | null
}

/**
 * Hostile HTML to HTML that is safe to show and to send on: words, lists, tables, links and the letter's own images.
 * No scripts, styles, classes, ids, forms or frames; links lead to http, https, mailto and tel only and open apart;
 * pictures from other hosts keep their caption only, because fetching them tells the sender who reads when.
 */
export function sanitiseHtml(html: string, options: SanitiseOptions = {}): string {
  return sanitizeHtml(flattened(html.slice(0, MAX_HTML_CHARS).replaceAll('\0', '')), {
    allowedTags: TEXT_TAGS,
    allowedAttributes: {
      '*': ['dir', 'style'],
      a: ['href', 'rel', 'target'],
      img: ['src', 'alt', 'width', 'height'],
      ol: ['start'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedStyles: {
      '*': {
        'text-align': [/^(?:left|right|center|justify)$/],
        'font-weight': [/^(?:bold|normal|[1-9]00)$/],
        'font-style': [/^(?:italic|normal)$/],
        'text-decoration': [/^(?:underline|line-through|none)$/],
      },
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['cid', 'http', 'https'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'xmp',
      'iframe',
      'noembed',
      'noframes',
      'template',
      'object',
    ],
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    nestingLimit: MAX_NESTING,
    transformTags: { '*': (tag, attributes) => safeAttributes(tag, attributes, options) },
  })
}

/** Drops opening tags that are open too deep, because each costs the reader time in proportion to the depth. */
function flattened(html: string): string {
  let depth = 0
  return html.replace(/<(\/?)([a-z][a-z0-9:-]{0,40})/gi, (tag, slash: string, name: string) => {
    if (SELF_ENDING.has(name.toLowerCase())) return tag
    if (slash === '/') depth = Math.max(0, depth - 1)
    else if (depth >= MAX_OPEN_TAGS) return '<br'
    else depth += 1
    return tag
  })
}

type Attributes = Record<string, string>

function safeAttributes(tagName: string, attributes: Attributes, options: SanitiseOptions) {
  const kept: Attributes = {}
  if (/^(?:ltr|rtl|auto)$/i.test(attributes['dir'] ?? '')) kept['dir'] = attributes['dir'] as string
  if (attributes['style']) kept['style'] = attributes['style']
  if (tagName === 'a') Object.assign(kept, linkAttributes(attributes))
  if (tagName === 'img') Object.assign(kept, imageAttributes(attributes, options))
  for (const name of ['colspan', 'rowspan', 'start'] as const) {
    if (/^[1-9]\d?$/.test(attributes[name] ?? '')) kept[name] = attributes[name] as string
  }
  return { tagName, attribs: kept }
}

function linkAttributes(attributes: Attributes): Attributes {
  const href = linkTarget(attributes['href'] ?? '')
  return href === null ? {} : { href, rel: 'noopener noreferrer nofollow', target: '_blank' }
}

/** Controls, spaces, soft hyphens and direction marks: browsers skip some of them when they read a scheme. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}]/gu

/** The address of a link that may be followed, `null` for all others. Control characters and spaces inside are dropped. */
export function linkTarget(href: string): string | null {
  const compact = href.replace(UNSEEN, '')
  if (/^(?:mailto|tel):[^<>"'`\\]+$/i.test(compact)) return compact
  if (!/^https?:\/\/[^/?#]/i.test(compact)) return null
  return URL.canParse(compact) ? new URL(compact).href : null
}

function imageAttributes(attributes: Attributes, options: SanitiseOptions): Attributes {
  const alt = (attributes['alt'] ?? '').slice(0, 500)
  const cid = /^\s*cid:([^\s<>"'`]{1,500})\s*$/i.exec(attributes['src'] ?? '')?.[1]
  if (cid === undefined) return alt === '' ? {} : { alt }
  const src = options.imageUrl ? options.imageUrl(cid) : `cid:${cid}`
  const size: Attributes = {}
  for (const name of ['width', 'height'] as const) {
    if (/^[1-9]\d{0,3}$/.test(attributes[name] ?? '')) size[name] = attributes[name] as string
  }
  return src === null ? { alt } : { src, alt, ...size }
}

const URL_START = /\b(?:https?:\/\/|mailto:)/gi
const MAX_URL_CHARS = 2_000

/** Plain words as HTML: everything escaped, line ends kept, http, https and mailto addresses made into links. */
export function textToHtml(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replaceAll('\0', '').split('\n')
  return lines.map(lineToHtml).join('<br />\n')
}

function lineToHtml(line: string): string {
  let html = ''
  let position = 0
  for (const match of line.matchAll(URL_START)) {
    if (match.index < position) continue
    const end = endOfUrl(line, match.index)
    const target = linkTarget(line.slice(match.index, end))
    if (target === null) continue
    html += escapeHtml(line.slice(position, match.index))
    const words = escapeHtml(line.slice(match.index, end))
    html += `<a href="${escapeHtml(target)}" rel="noopener noreferrer nofollow" target="_blank">${words}</a>`
    position = end
  }
  return html + escapeHtml(line.slice(position))
}

/** Ends before white space, quotes and angle brackets; punctuation that closes the sentence stays outside. */
function endOfUrl(line: string, start: number): number {
  let end = start
  while (end < line.length && end - start < MAX_URL_CHARS && !/[\s<>"'`«»\\]/.test(line[end] as string)) end += 1
  while (end > start && /[.,;:!?)\]}]/.test(line[end - 1] as string)) {
    const isOwnBracket = line[end - 1] === ')' && line.slice(start, end).includes('(')
    if (isOwnBracket) break
    end -= 1
  }
  return end
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
