const OPENING =
  /^(?:-{2,}\s*(?:Исходное сообщение|Пересылаемое сообщение|Original Message)\s*-{2,}|(?:On|Le)\s.{4,120}\swrote:|.{6,140}(?:написал|написала|пишет|написал\(а\)):|От:\s.+|From:\s.+@.+)$/i
const SIGNATURE_LINES_MAX = 2

/** A letter's own words and what it quotes: from the first line that opens a quotation, or from the closing run of `>` lines. */
export function splitQuote(text: string): { own: string; quoted: string } {
  const lines = text.split('\n')
  const opening = lines.findIndex((line, index) => index > 0 && OPENING.test(line.trim()))
  const closing = closingRun(lines)
  const cut = opening < 0 ? closing : Math.min(opening, closing)
  return { own: lines.slice(0, cut).join('\n').trimEnd(), quoted: lines.slice(cut).join('\n').trim() }
}

/** Where the `>` lines at the end begin; a short signature may follow them. The end of the text when there are none. */
function closingRun(lines: readonly string[]): number {
  let end = lines.length
  let skipped = 0
  while (end > 0 && !isQuoted(lines[end - 1]!) && skipped <= SIGNATURE_LINES_MAX) {
    if (lines[end - 1]!.trim() !== '') skipped += 1
    end -= 1
  }
  if (end === 0 || !isQuoted(lines[end - 1]!)) return lines.length
  let start = end
  while (start > 0 && (isQuoted(lines[start - 1]!) || lines[start - 1]!.trim() === '')) start -= 1
  return start === 0 ? lines.length : start
}

function isQuoted(line: string): boolean {
  return line.trimStart().startsWith('>')
}
