import { attributionLength, attributionWithin } from './attribution.ts'
import { isReplyLine, isSeparator, startsHeaderBlock } from './separators.ts'

/** `quoted` is what a reader folds away: earlier letters and the signature. Nothing of the letter is in neither. */
export interface VisibleReply {
  visible: string
  quoted: string
}

const MAX_LINES = 20_000
/** What somebody passes on is what he has to say: it is not folded. */
const FORWARD_MARK =
  /^\s*(?:-{4,} ?(?:forwarded message|пересылаемое сообщение|пересланное сообщение) ?-{4,}|begin forwarded message:|начало (?:переадресованного|пересылаемого) сообщения:)\s*$/i
const MAX_SIGNATURE_LINES = 14
const MOBILE_SIGNATURE =
  /^(?:sent (?:from|via|with|on) (?:my |a |an )?[\p{L}\d][\p{L}\d .,'<>:/?=-]{1,80}|get outlook for .{2,60}|отправлено (?:с|из|через|от) .{2,80}|отправлен[оа]? с .{2,60}|envoyé (?:de|depuis) .{2,60}|von meinem .{2,40} gesendet|--)\.?$/iu

/** What the writer of a plain-text letter wrote now, apart from what he quotes and signs with. */
export function visibleReply(text: string): VisibleReply {
  const all = text.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').split('\n')
  const lines = all.slice(0, MAX_LINES)
  const kept: string[] = []
  const folded: string[] = []
  let index = 0
  while (index < lines.length) {
    if (FORWARD_MARK.test(lines[index] as string)) {
      kept.push(...lines.slice(index))
      break
    }
    const quote = quoteAt(lines, index)
    if (quote === null) {
      kept.push(lines[index] as string)
      index += 1
      continue
    }
    if (quote.before !== '') kept.push(quote.before)
    dropLeadIn(kept, folded)
    const end = quote.end === lines.length && kept.every(isBlank) ? quote.headEnd : quote.end
    folded.push(...lines.slice(index, end))
    index = end
  }
  foldTrailingQuote(kept, folded)
  foldSignature(kept, folded)
  const visible = trimBlank(kept)
  const rest = all.slice(MAX_LINES).join('\n')
  return visible === '' ? { visible: text.trim(), quoted: '' } : { visible, quoted: trimBlank([...folded, rest]) }
}

interface Quote {
  /** Reply text on the quotation's own first line. */
  before: string
  /** One past the last line of its head: where nothing was written above, what follows is the letter itself. */
  headEnd: number
  /** One past the quotation's last line. */
  end: number
}

function quoteAt(lines: readonly string[], index: number): Quote | null {
  const line = lines[index] as string
  if (line.trim() === '') return null
  const restIsQuoted = { before: '', headEnd: lines.length, end: lines.length }
  if (isReplyLine(line) || isSeparator(line) || startsHeaderBlock(lines, index)) return restIsQuoted
  if (/^\s*[_-]{10,}\s*$/.test(line) && startsHeaderBlock(lines, nextText(lines, index + 1))) return restIsQuoted
  const within = attributionWithin(line)
  if (within > 0) return quotation(lines, line.slice(0, within).trimEnd(), index + 1)
  const length = attributionLength(lines, index)
  return length === 0 ? null : quotation(lines, '', index + length)
}

function quotation(lines: readonly string[], before: string, headEnd: number): Quote {
  return { before, headEnd, end: endOfQuotation(lines, headEnd) }
}

/** Marked with `>`: to the end of the marked lines, the reply may go on below. Unmarked: all the rest. */
function endOfQuotation(lines: readonly string[], from: number): number {
  const first = nextText(lines, from)
  if (!isMarked(lines[first] ?? '')) return lines.length
  let end = first
  for (let index = first; index < lines.length; index += 1) {
    const line = lines[index] as string
    if (isMarked(line)) end = index + 1
    else if (line.trim() !== '' && !isTornLine(lines, index)) break
  }
  return end
}

/** A long marked line that a mail program broke in two: marked lines stand right above and below. */
function isTornLine(lines: readonly string[], index: number): boolean {
  return isMarked(lines[index - 1] ?? '') && isMarked(lines[index + 1] ?? '') && (lines[index + 1] ?? '').length > 0
}

function isMarked(line: string): boolean {
  return /^\s{0,4}[>|]/.test(line) && !/^>>> >>>/.test(line)
}

function isBlank(line: string): boolean {
  return line.trim() === ''
}

function nextText(lines: readonly string[], from: number): number {
  let index = from
  while (index < lines.length && (lines[index] as string).trim() === '') index += 1
  return index
}

/** "Sent from my phone" right above an attribution belongs to what is folded. */
function dropLeadIn(kept: string[], folded: string[]): void {
  for (let at = kept.length - 1; at >= 0 && at > kept.length - 4; at -= 1) {
    const line = (kept[at] as string).trim()
    if (line === '') continue
    if (MOBILE_SIGNATURE.test(line) || /^_{10,}$/.test(line)) folded.push(...kept.splice(at))
    return
  }
}

/** A quotation without attribution at the very end; quotations among answers stay, they are what is answered. */
function foldTrailingQuote(kept: string[], folded: string[]): void {
  let start = kept.length
  while (start > 0 && (isMarked(kept[start - 1] as string) || (kept[start - 1] as string).trim() === '')) start -= 1
  if (kept.slice(start).some(isMarked)) folded.unshift(...kept.splice(start))
}

function foldSignature(kept: string[], folded: string[]): void {
  const tail = Math.max(1, startOfTail(kept))
  const mark = kept.findIndex((line, index) => index >= tail && /^(?:--|__|_{20,}) ?$/.test(line.trimStart()))
  if (mark > 0) folded.unshift(...kept.splice(mark))
  for (let round = 0; round < 3; round += 1) {
    let last = kept.length - 1
    while (last >= 0 && (kept[last] as string).trim() === '') last -= 1
    if (last < 1 || !MOBILE_SIGNATURE.test((kept[last] as string).trim())) return
    folded.unshift(...kept.splice(last))
  }
}

/** Where the last few lines with words begin: a signature is short. */
function startOfTail(lines: readonly string[]): number {
  let index = lines.length
  for (let words = 0; index > 0; index -= 1) {
    words += isBlank(lines[index - 1] as string) ? 0 : 1
    if (words > MAX_SIGNATURE_LINES) break
  }
  return index
}

function trimBlank(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
}
