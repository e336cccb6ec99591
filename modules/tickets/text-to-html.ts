import { linkTarget } from './sanitise.ts'

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
