import { normaliseAddress, parseOneMailbox } from './mailbox.ts'
import type { MailAddress } from './parsed-mail.ts'

export interface ForwardedLetter {
  /** Whose letter was forwarded. */
  from: MailAddress
  subject: string | null
  /** What the forwarder wrote above it. */
  comment: string
  /** The forwarded words. */
  text: string
}

const MARKS = [
  /^-{4,} ?(?:forwarded message|original message|пересылаемое сообщение|пересланное сообщение|исходное сообщение|перенаправленное сообщение) ?-{4,}$/i,
  /^(?:begin forwarded message|начало переадресованного сообщения|начало пересылаемого сообщения):$/i,
]
const FROM_LINE = /^\*?(?:from|от|от кого|отправитель)\*?:\*?[ \t]{0,10}(.{3,400})$/i
const SUBJECT_LINE = /^\*?(?:subject|тема)\*?:\*?[ \t]{0,10}(.{1,500})$/i
const HEADER_LINE = /^\*?[\p{L}][\p{L} -]{1,24}\*?:/u
/** `12.10.2026, 10:00, "Иван" <ivan@x>:` as Yandex writes it. */
const ATTRIBUTION = /^\d{1,2}[.\d/ -]{4,10},? \d{1,2}:\d{2},? (.{3,300}):$/
const MAX_LINES = 5_000

/** Reads a letter that a member of staff forwarded in its text; `null` when the text is no forward. */
export function readForwarded(text: string): ForwardedLetter | null {
  const lines = text.split('\n', MAX_LINES).map((line) => line.replace(/^(?:> ?){1,3}/, '').trim())
  const mark = lines.findIndex((line) => MARKS.some((pattern) => pattern.test(line)))
  const start = mark >= 0 ? mark + 1 : outlookBlock(lines)
  if (start < 0) return null
  const header = headerAfter(lines, start)
  if (header === null) return null
  const comment = lines
    .slice(0, mark >= 0 ? mark : start)
    .join('\n')
    .trim()
  return { from: header.from, subject: header.subject, comment, text: lines.slice(header.end).join('\n').trim() }
}

/** Outlook marks nothing: a line `From:` with `Sent:`/`Date:` and `To:` or `Subject:` below is the block. */
function outlookBlock(lines: readonly string[]): number {
  return lines.findIndex((line, index) => {
    if (!FROM_LINE.test(line)) return false
    const next = lines.slice(index + 1, index + 6).join('\n')
    return /^\*?(?:sent|date|отправлено|дата)\*?:/im.test(next) && /^\*?(?:subject|тема)\*?:/im.test(next)
  })
}

function headerAfter(
  lines: readonly string[],
  start: number,
): { from: MailAddress; subject: string | null; end: number } | null {
  let from: MailAddress | null = null
  let subject: string | null = null
  let end = start
  while (end < lines.length && lines[end] === '') end += 1
  for (; end < Math.min(lines.length, start + 15); end += 1) {
    const line = lines[end] as string
    const named = FROM_LINE.exec(line) ?? ATTRIBUTION.exec(line)
    if (named) from ??= looseMailbox(named[1] as string)
    subject ??= SUBJECT_LINE.exec(line)?.[1]?.trim() ?? null
    if (!named && !HEADER_LINE.test(line)) break
  }
  return from === null ? null : { from, subject, end }
}

/** Programs write `Иван [mailto:ivan@x]`, `Иван <ivan@x<mailto:ivan@x>>` and plainer forms. */
function looseMailbox(text: string): MailAddress | null {
  const exact = parseOneMailbox(text)
  if (exact !== null) return exact
  const address = text
    .split(/[\s<>[\]()"]+/)
    .map((word) => normaliseAddress(word.replace(/^mailto:/i, '')))
    .find((found) => found !== null)
  if (address === undefined || address === null) return null
  const name = (text.split(/[<[]/, 1)[0] ?? '').replaceAll('"', '').trim()
  return { name: name.includes('@') ? '' : name, address }
}
