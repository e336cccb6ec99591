import type { HtmlTag } from '../html-text.ts'
import { htmlTags, htmlToText } from '../html-text.ts'
import { isSeparator } from './separators.ts'
import type { VisibleReply } from './visible-reply.ts'

/** Marks by which mail programs wrap what they quote, as they stand in the opening tag. */
const QUOTE_TAGS = [
  /\bclass\s*=\s*["'][^"']*\b(?:gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|OutlookMessageHeader|mailru-blockquote|tutanota_quote|skiff_quote)\b/i,
  /\bid\s*=\s*["'](?:divRplyFwdMsg|appendonsend|reply-intro|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|oriMsgHtmlSeperator|isReplyContent)["']/i,
  /\bdata-marker\s*=\s*["']__HEADERS__["']/i,
  /\btype\s*=\s*["']?cite\b/i,
]
/** Outlook draws a line above the letter it answers. */
const OUTLOOK_LINE = /\bborder-top\s*:\s*solid\s+#(?:E1E1E1|B5C4DF|CCCCCC)\b/i
/** After these marks everything is quoted, whatever element they stand in. */
const TO_THE_END = /divRplyFwdMsg|appendonsend|OutlookMessageHeader|OLK_SRC_BODY_SECTION|moz-cite-prefix|reply-intro/i
/** So many are looked at for a line above them. */
const MAX_BLOCKQUOTES = 100
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])
const FORWARD =
  /-{4,} ?(?:forwarded message|пересылаемое сообщение|пересланное сообщение)|begin forwarded message:|начало (?:переадресованного|пересылаемого) сообщения:/i
/** `12.10.2026, 10:00, "Анна" <anna@x>:` in a block of its own right above a quotation. */
const LEAD_IN =
  /(?:wrote|пишет|написал(?:\(а\)|а)?|писал(?:\(а\)|а|и)?|schrieb|a écrit)\s*:?\s*$|\d{1,2}:\d{2}.{0,200}:\s*$/i

/**
 * What the writer of an HTML letter wrote now, and what he quotes. Both are pieces of the hostile original:
 * clean them before they are shown. A quotation in the middle is cut out, so that answers below it stay.
 */
export function visibleHtml(html: string): VisibleReply {
  const tags = [...htmlTags(html)]
  const cut = findQuotation(html, tags)
  if (cut === null) return { visible: html, quoted: '' }
  const visible = html.slice(0, cut.start) + html.slice(cut.end)
  const quoted = html.slice(cut.start, cut.end)
  if (htmlToText(visible) === '' || FORWARD.test(htmlToText(quoted.slice(0, 5_000))))
    return { visible: html, quoted: '' }
  return { visible, quoted }
}

function findQuotation(html: string, tags: readonly HtmlTag[]): { start: number; end: number } | null {
  let blockquotes = 0
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index] as HtmlTag
    if (tag.name === 'blockquote') blockquotes += 1
    if (tag.kind === 'text' && isSeparator(tag.name.trim().slice(0, 300))) return { start: tag.start, end: html.length }
    if (tag.kind !== 'open') continue
    if (TO_THE_END.test(tag.source) && isQuoteTag(tag)) return { start: tag.start, end: html.length }
    if (tag.name === 'div' && OUTLOOK_LINE.test(tag.source)) return { start: tag.start, end: html.length }
    if (isQuoteTag(tag) || (blockquotes <= MAX_BLOCKQUOTES && isTopBlockquote(html, tag))) {
      return { start: startOfLeadIn(tags, index), end: endOfElement(tags, index, html.length) }
    }
  }
  return null
}

function isQuoteTag(tag: HtmlTag): boolean {
  return tag.source.length < 3_000 && QUOTE_TAGS.some((pattern) => pattern.test(tag.source))
}

/** Yandex and Mail.ru quote in a plain `blockquote` below a line with date and address. */
function isTopBlockquote(html: string, tag: HtmlTag): boolean {
  if (tag.name !== 'blockquote') return false
  return LEAD_IN.test(
    htmlToText(html.slice(Math.max(0, tag.start - 1_500), tag.start))
      .split('\n')
      .at(-1) ?? '',
  )
}

/** The line "… wrote:" right above, with the block it stands in. */
function startOfLeadIn(tags: readonly HtmlTag[], index: number): number {
  let start = (tags[index] as HtmlTag).start
  let words = ''
  for (let back = index - 1; back >= 0 && back > index - 16; back -= 1) {
    const tag = tags[back] as HtmlTag
    if (tag.kind === 'text') words = `${tag.name} ${words}`
    const isBlock = tag.kind === 'open' && /^(?:div|p|span)$/.test(tag.name)
    if ((isBlock || tag.name === 'br') && words.trim() !== '') {
      return words.length < 600 && LEAD_IN.test(htmlToText(words)) ? tag.start : start
    }
    if (isBlock && words.trim() === '') start = Math.min(start, tag.start)
  }
  return start
}

/** One past the closing tag of the element that opens at `index`. */
function endOfElement(tags: readonly HtmlTag[], index: number, end: number): number {
  const name = (tags[index] as HtmlTag).name
  if (VOID.has(name)) return end
  let depth = 0
  for (let i = index; i < tags.length; i += 1) {
    const tag = tags[i] as HtmlTag
    if (tag.name !== name || tag.kind === 'text') continue
    depth += tag.kind === 'open' ? 1 : -1
    if (depth === 0) return tag.end
  }
  return end
}
