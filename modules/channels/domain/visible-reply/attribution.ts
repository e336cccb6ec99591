/**
 * The line above a quotation: "On Monday … wrote:", «Пт, 12 окт. 2026 г. в 10:00, Иван <ivan@x> пишет:».
 * Such a line has a date or an address and a verb (or both an address and a date), and ends with a colon or dashes.
 */
const VERBS =
  /\b(?:wrote|sent|writes|a écrit|escribió|ha scritto|schrieb|schreef|geschreven|skrev|escreveu|kirjoitti|napsala?|yazdı|írta|ezt írta|scris)(?!\p{L})|napisała?(?:\(a\))?|написал(?:\(а\)|а)?|пишет|писал(?:\(а\)|а|и)?(?!\p{L})|пише|написав|đã viết|写道|さんは書きました/iu
const ADDRESS = /[^\s<>()"'@]@[^\s<>()"'@]+\.[^\s<>()"'@]/
const CLOCK_OR_DATE =
  /\d{1,2}[:.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\b\d{4}\b|\b\d{1,2}[ .-]\p{L}{3,}|\p{L}{3,} \d{1,2}\b/u
const STARTS =
  /^(?:вы|on|le|el|il|am|op|den|på|em|vào|dnia|w dniu|dne|tarihinde|в|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)[\s,.]|^\d{1,4}[./: -]/i
/** Russian writers name a day or an hour before a quotation of their own; a program always adds the year. */
const WITH_YEAR = /\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}/
const MAX_LINES = 5
const MAX_CHARS = 420

/** How many lines an attribution that begins at `index` takes; 0 when none begins there. */
export function attributionLength(lines: readonly string[], index: number): number {
  const first = bare(lines[index] ?? '')
  if (first === '') return 0
  if (isAttribution(first) || isBetweenDashes(lines[index] as string)) return 1
  if (!STARTS.test(first) && !(VERBS.test(first) && ADDRESS.test(first))) return 0
  if (isUnfinished(first) && /^\s*>/.test(lines.slice(index + 1).find((line) => line.trim() !== '') ?? '')) return 1
  let joined = first
  for (let count = 2; count <= MAX_LINES && index + count <= lines.length; count += 1) {
    const line = bare(lines[index + count - 1] as string)
    if (line === '' && !mayBreak(joined)) return 0
    if (/^[>|]/.test(line) && line !== '>:' && !VERBS.test(line)) return 0
    joined = `${joined} ${line}`.trim()
    if (joined.length > MAX_CHARS) return 0
    if (isAttribution(joined)) return count
  }
  return 0
}

/** `---- John Smith wrote ----` */
function isBetweenDashes(line: string): boolean {
  return line.length < MAX_CHARS && /^\s*-{2,}[^-].*[^-]-{2,}\s*$/.test(line) && VERBS.test(line)
}

/** `2011/4/7 Nathan <support@example.com>`, the old Gmail form without a colon. */
function isUnfinished(text: string): boolean {
  return text.length < MAX_CHARS && /^\d{4}[/-]\d{1,2}[/-]\d{1,2} [^<>]{1,200}<[^<>\s]+@[^<>\s]+>$/.test(text)
}

/** Where in a line of reply text an attribution begins: `yes On Wed, Apr 4 … wrote:`; -1 when nowhere. */
export function attributionWithin(line: string): number {
  if (line.length > MAX_CHARS) return -1
  const match = /(?:\s|-{2,} ?)(On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, )/.exec(line)
  if (!match || match.index === 0) return -1
  const start = match.index + match[0].length - (match[1] as string).length
  return isAttribution(line.slice(start)) ? match.index : -1
}

/** Programs break the line inside the address, sometimes with a blank one. */
function mayBreak(joined: string): boolean {
  return STARTS.test(joined) && CLOCK_OR_DATE.test(joined) && joined.length < 200 && !/[.!?]$/.test(joined)
}

function bare(line: string): string {
  return line
    .replace(/^[\s*_]+/, '')
    .replace(/^-{2,}/, '')
    .trim()
}

function isAttribution(text: string): boolean {
  const end = /[:：]\s*\**$|-{2,}$/.test(text) || /(?:wrote|пишет|写道)\s*-*$/i.test(text)
  if (!end) return false
  const verbAt = verbIn(text)
  const hasAddress = ADDRESS.test(text)
  const hasDate = CLOCK_OR_DATE.test(text)
  if (verbAt !== null && text.length - verbAt > 120) return false
  if (verbAt !== null && hasAddress) return true
  if (verbAt !== null && hasDate && /[а-яё]/i.test(text[verbAt] as string))
    return STARTS.test(text) && WITH_YEAR.test(text)
  if (verbAt !== null && hasDate) return STARTS.test(text) || text.length - verbAt < 14
  return hasAddress && hasDate && STARTS.test(text)
}

function verbIn(text: string): number | null {
  const match = VERBS.exec(text)
  return match ? match.index : null
}
