import type { Attachment, Email } from 'postal-mime'
import PostalMime, { addressParser, decodeWords } from 'postal-mime'
import { readAuthResults } from '../domain/authentication.ts'
import { automationMarks } from '../domain/automation.ts'
import { readBounce } from '../domain/bounce.ts'
import { htmlToText } from '../domain/html-text.ts'
import { addressKey, mailboxesIn, normaliseAddress, parseOneMailbox } from '../domain/mailbox.ts'
import { messageIdIn, messageIdsIn } from '../domain/message-ids.ts'
import type { AttachedLetter, MailAddress, MailAttachment, MailBounce, ParsedMail } from '../domain/parsed-mail.ts'
import { headerOf } from '../domain/parsed-mail.ts'
import { cleanText, decodeGuessed } from './charset.ts'
import { decodeHeaderWords } from './header-words.ts'
import { repairRaw } from './repair.ts'

/** More text than this is cut: the whole letter stays in the store of raw messages. */
const MAX_TEXT_CHARS = 1_000_000
const MAX_HTML_CHARS = 2_000_000
const MAX_ADDRESSES = 500
const MAX_ATTACHMENTS = 1_000
const LIMITS = { maxNestingDepth: 60, maxHeadersSize: 524_288, forceRfc822Attachments: true } as const
/** Cyrillic read as Western letters: `Ïðèâåò`. */
const MOJIBAKE = /[À-ÿ]{5}/

/**
 * Reads a raw letter. Throws when its structure is beyond the limits (nesting, size of headers); anything else,
 * however broken, gives a letter with what could be read.
 */
export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  const mail = toParsedMail(await readEmail(raw), raw.byteLength)
  const inner = mail.bounce === null ? mail.attachments.find((part) => part.mime === 'message/rfc822') : undefined
  return inner === undefined ? mail : { ...mail, attachedLetter: await readAttached(inner.content) }
}

async function readEmail(raw: Uint8Array): Promise<Email> {
  let email = await PostalMime.parse(raw, LIMITS)
  if (isMisread(email)) email = await PostalMime.parse(repairRaw(raw), LIMITS)
  if (lostItsParts(email)) email.text = bodyAsText(raw)
  return email
}

/** One letter deep; what is broken inside does not make the letter around it unreadable. */
async function readAttached(raw: Uint8Array): Promise<AttachedLetter | null> {
  try {
    const { from, subject, text } = toParsedMail(await readEmail(raw), raw.byteLength)
    return { from, subject, text }
  } catch {
    return null
  }
}

/** A letter that calls itself multipart, and whose boundary never occurs: its body is shown as it came. */
function lostItsParts(email: Email): boolean {
  if (email.text || email.html || email.attachments.length > 0) return false
  return email.headers.some((header) => header.key === 'content-type' && /^\s*multi/i.test(header.value))
}

function bodyAsText(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_TEXT_CHARS))
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1'))
  return end ? decodeGuessed(bytes.subarray(end.index + end[0].length)) : ''
}

function isMisread(email: Email): boolean {
  const bodies = [email.text ?? '', email.html ?? '']
  return (
    bodies.some((body) => body.includes('\ufffd') || MOJIBAKE.test(body.slice(0, 10_000))) ||
    email.headers.some((header) => header.value.includes('\ufffd')) ||
    email.attachments.some((attachment) => attachment.filename?.includes('\ufffd') ?? false)
  )
}

function toParsedMail(email: Email, sizeBytes: number): ParsedMail {
  const headers = headerMap(email)
  const one = (name: string) => headerOf(headers, name)
  const automation = automationMarks(headers)
  const html = email.html === undefined ? null : cleanText(email.html.slice(0, MAX_HTML_CHARS))
  const plain = html === null || email.text?.trim() ? (email.text ?? '') : htmlToText(html)
  const text = cleanText(plain.slice(0, MAX_TEXT_CHARS)).replaceAll('\r\n', '\n').trimEnd()
  const subject = cleanText(decodeHeaderWords(one('subject') ?? ''))
    .replace(/\s+/g, ' ')
    .trim()
  const fromText = cleanText(decodeHeaderWords(one('from') ?? '')).slice(0, 1_000)
  return {
    messageId: messageIdIn(one('message-id')),
    inReplyTo: messageIdsIn(one('in-reply-to') ?? ''),
    references: messageIdsIn(one('references') ?? ''),
    from: senderOf(headers.get('from') ?? []),
    fromText,
    to: mailboxes(headers.get('to')),
    cc: mailboxes(headers.get('cc')),
    replyTo: mailboxes(headers.get('reply-to')),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => deliveredTo(headers.get(name))),
    subject: subject.slice(0, 1_000),
    date: dateOf(one('date')),
    text,
    html,
    cut: plain.length > MAX_TEXT_CHARS || (email.html?.length ?? 0) > MAX_HTML_CHARS,
    attachments: email.attachments.slice(0, MAX_ATTACHMENTS).map((part) => attachmentOf(part, html)),
    headers,
    automation,
    authResults: (headers.get('authentication-results') ?? []).flatMap((value) => readAuthResults(value) ?? []),
    bounce: bounceOf(email, { headers, fromText, subject, text, automation }),
    attachedLetter: null,
    sizeBytes,
  }
}

function headerMap(email: Email): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const { key, value } of email.headers) {
    const values = map.get(key)
    const clean = cleanText(value)
    if (values) values.push(clean)
    else map.set(key, [clean])
  }
  return map
}

/**
 * One From header with one mailbox that our own strict reading and the library's agree on, else nobody.
 * A second reader is asked because a header that two programs read differently is how senders are forged.
 */
function senderOf(values: readonly string[]): MailAddress | 'unverified' {
  const own = values.length === 1 ? parseOneMailbox(values[0] as string) : null
  if (own === null) return 'unverified'
  const other = addressParser(values[0] as string)
  const agreed = other.length === 1 && addressKey(other[0]?.address ?? '') === addressKey(own.address)
  return agreed ? { name: readable(own.name), address: own.address } : 'unverified'
}

function mailboxes(values: readonly string[] | undefined): MailAddress[] {
  const found = (values ?? []).slice(0, 20).flatMap((value) => mailboxesIn(value))
  return found.slice(0, MAX_ADDRESSES).map(({ name, address }) => ({ name: readable(name), address }))
}

function readable(name: string): string {
  return cleanText(decodeHeaderWords(name)).replace(/\s+/g, ' ').trim()
}

function deliveredTo(values: readonly string[] | undefined): string[] {
  return (values ?? []).flatMap((value) => normaliseAddress(value.trim().replace(/^<|>$/g, '')) ?? [])
}

function dateOf(value: string | null): number | null {
  const at = value === null ? Number.NaN : Date.parse(value.replace(/\([^()]*\)/g, '').trim())
  return Number.isFinite(at) ? at : null
}

function attachmentOf(part: Attachment, html: string | null): MailAttachment {
  const content = part.content instanceof Uint8Array ? part.content : new Uint8Array(part.content as ArrayBuffer)
  const cid = part.contentId?.replace(/^<|>$/g, '') || null
  return {
    filename: safeFilename(part.filename),
    mime: /^[\w.+-]+\/[\w.+-]+$/.test(part.mimeType) ? part.mimeType : 'application/octet-stream',
    sizeBytes: content.byteLength,
    content,
    cid: cid === null ? null : cleanText(cid).slice(0, 500),
    inline: cid !== null && (html ?? '').includes(`cid:${cid}`),
  }
}

/** A name without folders, control and direction marks; whatever is left of it is only for showing. */
function safeFilename(given: string | null): string | null {
  if (given === null) return null
  const decoded = cleanText(decodeWords(given))
  const last = decoded.split(/[\\/]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed.
  const clean = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  const name = clean.replace(/^\.{2,}/, '')
  return name === '' || name === '.' ? null : name.slice(-200)
}

type Facts = Pick<ParsedMail, 'headers' | 'fromText' | 'subject' | 'text' | 'automation'>

function bounceOf(email: Email, facts: Facts): MailBounce | null {
  const part = (pattern: RegExp) => email.attachments.find((attachment) => pattern.test(attachment.mimeType))
  const status = part(/^message\/(?:global-)?delivery-status$/)
  const returned = part(/^(?:message\/rfc822|text\/rfc822-headers|message\/global(?:-headers)?)$/)
  return readBounce({
    ...facts,
    deliveryStatus: status ? textOf(status) : null,
    feedbackReport: part(/^message\/feedback-report$/) !== undefined,
    returnedHeaders: returned ? (textOf(returned).split(/\r?\n\r?\n/, 1)[0] ?? '') : null,
  })
}

function textOf(part: Attachment): string {
  const content = part.content as ArrayBuffer
  return cleanText(new TextDecoder().decode(new Uint8Array(content).subarray(0, 200_000)))
}
