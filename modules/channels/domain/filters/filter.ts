import type { ParsedMail } from '../parsed-mail.ts'

/**
 * What a filter thinks of a letter.
 * - `pass`: nothing to object to;
 * - `mute`: goes on, but nothing is answered automatically;
 * - `set_aside`: kept and shown in the list of letters; opens and answers no ticket;
 * - `report`: a delivery report about a letter of ours; goes to whoever watches addresses;
 * - `quarantine`: waits for a person.
 */
export type FilterVerdict = 'pass' | 'mute' | 'set_aside' | 'report' | 'quarantine'

export interface FilterDecision {
  filter: string
  verdict: FilterVerdict
  /** One word for the reason, stable for screens and tests. */
  reason: string
}

/** What was looked up about a letter before the filters run. */
export interface FilterFacts {
  /** Every address that letters to us come in by or ours go out from; keys as `addressKey` makes them. */
  ownAddresses: ReadonlySet<string>
  /** The letter's Message-ID is that of a letter we sent. */
  isOwnMessage: boolean
  /** The letter was taken before (same mailbox and Message-ID, or the same bytes): which one. */
  duplicateOf: string | null
  /** MAIL FROM of the SMTP session: `''` is the null sender, `null` is unknown (fetched by IMAP). */
  envelopeFrom: string | null
  maxSizeBytes: number
  /** Tickets that this sender opened in the last hour, and how many are too many. */
  ticketsLastHour: number
  maxTicketsPerHour: number
}

export interface Filter {
  name: string
  decide(mail: ParsedMail, facts: FilterFacts): { verdict: FilterVerdict; reason: string }
}

export const PASS = { verdict: 'pass', reason: 'ok' } as const
