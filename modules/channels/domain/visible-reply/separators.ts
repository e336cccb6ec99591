/** The lines that our own letters put above the quoted conversation. */
export const REPLY_LINE = {
  ru: '-- Пожалуйста, пишите выше этой линии --',
  en: '-- Please write above this line --',
} as const

const ORIGINAL =
  /^[\s*>]*-{2,}\s*(?:original message|original appointment|reply message|ursprüngliche nachricht|antwort nachricht|oprindelig meddelelse|message d['’]origine|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|исходное сообщение|первоначальное сообщение|оригинальное сообщение|originál(?:ní)? (?:zpráva|správa)|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość)\s*-{2,}[\s*]*$/i
const HIDDEN_MARK =
  /^\s*(?:-{2,}\s*)?(?:please (?:reply|write|type) above this line|пожалуйста, (?:пишите|отвечайте) выше этой линии)/i

type Kind = 'from' | 'date' | 'to' | 'subject'

const LABELS: readonly (readonly [Kind, RegExp])[] = [
  ['from', /^(?:from|von|de|fra|från|da|od|от|от кого|отправитель|van|lähettäjä)$/],
  [
    'date',
    /^(?:date|sent|gesendet|datum|envoyé|date d'envoi|sendt|dato|skickat|enviado(?: el)?|inviato|data|fecha|wysłano|дата|отправлено|verzonden|lähetetty)$/,
  ],
  ['to', /^(?:to|cc|an|à|til|till|para|a|do|кому|копия|aan|vastaanottaja|répondre à|kopie)$/],
  ['subject', /^(?:subject|betreff|objet|emne|ämne|asunto|oggetto|temat|assunto|тема|onderwerp|aihe)$/],
]
const MAX_BLOCK_LINES = 9

/** `-----Original Message-----` and our own reply line. */
export function isSeparator(line: string): boolean {
  return line.length < 200 && (ORIGINAL.test(line) || isReplyLine(line))
}

export function isReplyLine(line: string): boolean {
  const text = line.replace(/^[\s>*|]+/, '').trim()
  return text === REPLY_LINE.ru || text === REPLY_LINE.en || HIDDEN_MARK.test(text)
}

/** A block `From: / Sent: / To: / Subject:` as Outlook writes it begins here. */
export function startsHeaderBlock(lines: readonly string[], index: number): boolean {
  const first = labelOf(lines[index] ?? '')
  if (first !== 'from' && first !== 'date') return false
  const kinds = new Set<Kind>([first])
  let blanks = 0
  const block = lines.slice(index, index + MAX_BLOCK_LINES)
  for (const line of block.slice(1)) {
    const kind = labelOf(line)
    if (kind !== null) kinds.add(kind)
    blanks += line.trim() === '' ? 1 : 0
    if (blanks > 2) break
  }
  if (kinds.size >= 3) return true
  return kinds.size === 2 && block.join(' ').includes('@') && !(kinds.has('from') && kinds.has('to'))
}

function labelOf(line: string): Kind | null {
  const colon = line.indexOf(':')
  if (colon < 1 || colon > 30) return null
  const label = line
    .slice(0, colon)
    .replace(/[*_>|\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return LABELS.find(([, pattern]) => pattern.test(label))?.[0] ?? null
}
