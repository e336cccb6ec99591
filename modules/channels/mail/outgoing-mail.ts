import type { MailAddress } from '../domain/parsed-mail.ts'

/**
 * Who wrote a letter of ours.
 * - `reply`: a person;
 * - `notice`: the system, of its own accord (`Auto-Submitted: auto-generated`);
 * - `auto_reply`: the system, in answer to a letter (`auto-replied`, sent with the null sender so that it cannot bounce).
 */
export type OutgoingKind = 'reply' | 'notice' | 'auto_reply'

export interface OutgoingAttachment {
  filename: string
  mime: string
  content: Uint8Array
  /** Set for an image that the HTML shows as `cid:…`. */
  cid?: string
}

/** A letter to one recipient: its token and its Message-ID are his alone. */
export interface OutgoingMail {
  kind: OutgoingKind
  /** The mailbox of the desk, from its settings; never from what somebody typed. */
  from: MailAddress
  to: MailAddress
  /** The address with the token, see `replyAddress`. */
  replyTo: string | null
  subject: string
  text: string
  html: string | null
  /** Without angle brackets, see `messageIdWithToken`. */
  messageId: string
  inReplyTo: string | null
  references: readonly string[]
  attachments?: readonly OutgoingAttachment[]
}

/** `permanent`: this recipient will never get it; `configuration`: our own access is refused, all letters wait. */
export type SendFailure = 'permanent' | 'temporary' | 'configuration'

export type SendFault = 'bad_address' | 'rejected' | 'deferred' | 'auth' | 'network' | 'tls' | 'too_big' | 'other'

export type SendOutcome =
  | { sent: true }
  | {
      sent: false
      failure: SendFailure
      /** A closed list, fit for screens and logs. */
      fault: SendFault
      smtpCode: number | null
      /** The server's words about the recipient or the letter, one line; empty for faults of our own access. */
      reply: string
    }

/** How letters leave. */
export interface MailTransport {
  host: string
  port: number
  /** `tls` from the first byte, `starttls` demanded, `none` for servers on the same machine only. */
  security: 'tls' | 'starttls' | 'none'
  auth: { user: string; pass: string } | { user: string; accessToken: string } | null
  /** What we call ourselves in EHLO; default: the domain of From. */
  name?: string
  dkim?: { domain: string; selector: string; privateKey: string }
}
