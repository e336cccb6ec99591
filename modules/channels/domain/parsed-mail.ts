import type { Instant } from '@opora/core'

/** One mailbox. `address` is `local@domain`, the domain in lower case; `name` may be empty. */
export interface MailAddress {
  name: string
  address: string
}

export interface MailAttachment {
  /** The name the sender gave, without folders and control characters; `null` when there was none. */
  filename: string | null
  /** Lower case, for example `image/png`. */
  mime: string
  sizeBytes: number
  content: Uint8Array
  /** Content-ID without angle brackets. */
  cid: string | null
  /** Shown inside the letter's HTML rather than beside it. */
  inline: boolean
}

/** What a letter says about having been written by a program. */
export interface AutomationMarks {
  /** First word of Auto-Submitted in lower case (RFC 3834), `null` when the header is absent. */
  autoSubmitted: string | null
  /** Precedence or X-Precedence in lower case. */
  precedence: string | null
  /** Name of the header by which an auto-responder gave itself away. */
  autoReplyHeader: string | null
  listId: string | null
  hasListUnsubscribe: boolean
  /** Return-Path is `<>`. */
  nullReturnPath: boolean
}

export type AuthVerdict = 'pass' | 'fail' | 'none'

/** One Authentication-Results header (RFC 8601). Anybody can write one: trust it only from one's own `authservId`. */
export interface AuthResult {
  authservId: string
  dmarc: AuthVerdict
  spf: AuthVerdict
  dkim: AuthVerdict
  /** `header.from` of the dmarc result, lower case. */
  fromDomain: string | null
}

export interface BounceRecipient {
  /** `null` when the report does not name the address in a readable way. */
  address: string | null
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** Enhanced status code (RFC 3463) such as `5.1.1`; `null` when the report gives none. */
  status: string | null
  diagnostic: string
  /** Why, in one word: see `bounceReason`. */
  reason: BounceReason
  /** The address itself is dead: nothing more should be sent there. */
  hard: boolean
}

export type BounceReason =
  | 'user_unknown'
  | 'host_unknown'
  | 'moved'
  | 'not_accepting'
  | 'mailbox_full'
  | 'too_big'
  | 'blocked'
  | 'filtered'
  | 'expired'
  | 'suspended'
  | 'network'
  | 'delivered'
  | 'other'

export interface MailBounce {
  kind: 'bounce' | 'delay' | 'delivered' | 'feedback'
  recipients: BounceRecipient[]
  /** Message-ID (no angle brackets) of the letter that came back. */
  originalMessageId: string | null
}

export interface AttachedLetter {
  from: MailAddress | 'unverified'
  subject: string
  text: string
}

/**
 * A letter that was read. Every string is well-formed Unicode without NUL; nothing in it is to be trusted,
 * and `html` is as hostile as it came.
 */
export interface ParsedMail {
  /** Without angle brackets; `null` when absent or unreadable. */
  messageId: string | null
  inReplyTo: string[]
  /** In the order of the header: oldest first. */
  references: string[]
  /** `unverified`: From is not exactly one well-formed mailbox, so it names nobody. */
  from: MailAddress | 'unverified'
  /** From as it was written, for people to look at. */
  fromText: string
  to: MailAddress[]
  cc: MailAddress[]
  /** Never the author: for showing only. */
  replyTo: MailAddress[]
  /** Addresses of Delivered-To, X-Original-To and Envelope-To. */
  deliveredTo: string[]
  subject: string
  date: Instant | null
  /** The plain text, or the text of the HTML where the letter has no plain part. */
  text: string
  html: string | null
  /** Text or HTML was longer than what is kept of it. */
  cut: boolean
  attachments: MailAttachment[]
  /** Names in lower case; values unfolded, in the order of the letter. */
  headers: ReadonlyMap<string, readonly string[]>
  automation: AutomationMarks
  authResults: AuthResult[]
  bounce: MailBounce | null
  /** The first letter among the attachments, as people forward one; `null` when there is none or it is a report's. */
  attachedLetter: AttachedLetter | null
  sizeBytes: number
}

/** The first value of a header, or `null`. `name` in lower case. */
export function headerOf(headers: ReadonlyMap<string, readonly string[]>, name: string): string | null {
  return headers.get(name)?.[0] ?? null
}
