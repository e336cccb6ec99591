import type { Json } from '@opora/platform/database'
import { sanitiseHtml } from '@opora/tickets/sanitise'
import type { NewReference, RawMessage } from '../channels.store.ts'
import type { FilterOutcome } from '../domain/filter-chain.ts'
import { htmlToText } from '../domain/html-text.ts'
import type { ParsedMail } from '../domain/parsed-mail.ts'
import { visibleHtml } from '../domain/visible-reply/visible-html.ts'
import { visibleReply } from '../domain/visible-reply/visible-reply.ts'
import type { LetterSender } from './lookup.ts'

/** A letter that was read, with all that was found out about it. */
export interface Letter {
  raw: RawMessage
  mail: ParsedMail
  sender: LetterSender
  filtered: FilterOutcome
  attachments: { name: string; mime: string; sizeBytes: number; sha256: string; inlineCid: string | null }[]
  mailbox: { id: number; address: string; formMap: Json | null; defaultTopic: string | null } | null
}

export interface LetterBody {
  /** The whole text, with what it quotes. */
  full: string
  /** What the writer wrote now. */
  visible: string
  /** The same as cleaned HTML; null for a plain letter. */
  html: string | null
}

/** HTML letters mark what they quote better than their plain text does. */
export function bodyOf(letter: Letter): LetterBody {
  const { mail } = letter
  const full = mail.text.trim() || (letter.attachments.length > 0 ? '(только вложения)' : '(пустое письмо)')
  const plain = visibleReply(full).visible.trim() || full
  if (mail.html === null) return { full, visible: plain, html: null }
  const parts = visibleHtml(mail.html)
  const html = sanitiseHtml(parts.visible)
  // without a mark in the HTML the text's own signs (a line of dashes, "wrote:") still tell
  const marked = parts.quoted === '' ? '' : htmlToText(parts.visible).trim()
  return { full, visible: marked === '' ? plain : visibleReply(marked).visible.trim() || marked, html }
}

export function authorName(sender: LetterSender): string {
  return sender.contacts[0]?.name ?? (sender.address?.name || sender.address?.address || 'Неизвестный отправитель')
}

/** So that answers to it are recognised, and the same letter by another way. */
export function referenceOf(letter: Letter, ticketId: number, clientId: number, messageRowId: number): NewReference[] {
  const { messageId } = letter.mail
  return messageId === null ? [] : [{ messageId, direction: 'in', clientId, ticketId, messageRowId }]
}
