/** What is known when a letter has opened or joined a ticket and an automatic answer might go back. */
export interface ReceiptFacts {
  /** A filter said that nothing may be answered. */
  muted: boolean
  /** The author was read from one well-formed mailbox. */
  senderIsReadable: boolean
  /** A contact or a member of staff, as opposed to an address nobody knows. */
  senderIsKnown: boolean
  /** DMARC failed: the letter is probably not the sender's, and an answer would hit a bystander. */
  dmarcFailed: boolean
  /** Automatic replies that this sender has had for this ticket, and in the last day and hour altogether. */
  sentForTicket: number
  sentLastDay: number
  sentLastHour: number
  /** Of the last ten minutes' automatic letters, how many were followed within a minute by a letter of this sender's, this one included. */
  answeredAtOnce: number
}

export interface ReceiptLimits {
  unknownPerDay: number
  unknownPerHour: number
  knownPerDay: number
  answeredAtOnce: number
}

/** Security rule 11; one an hour to strangers keeps a forger from using the desk as a mail bomb. */
export const RECEIPT_LIMITS: ReceiptLimits = {
  unknownPerDay: 3,
  unknownPerHour: 1,
  knownPerDay: 200,
  answeredAtOnce: 2,
}

export type ReceiptDecision =
  /** `plain`: fixed subject and no word of the sender's, because the sender may be forged. */
  { send: true; form: 'full' | 'plain' } | { send: false; reason: ReceiptRefusal; alarm: boolean }

export type ReceiptRefusal =
  | 'automatic_letter'
  | 'unreadable_sender'
  | 'forged_sender'
  | 'already_answered'
  | 'unknown_sender_brake'
  | 'known_sender_brake'
  | 'answers_at_once'

export function receiptDecision(facts: ReceiptFacts, limits: ReceiptLimits = RECEIPT_LIMITS): ReceiptDecision {
  if (facts.muted) return no('automatic_letter')
  if (!facts.senderIsReadable) return no('unreadable_sender')
  if (facts.dmarcFailed) return no('forged_sender')
  if (facts.sentForTicket > 0) return no('already_answered')
  // a program that leaves no trace of the thread is told by its haste: a person who writes so fast loses a receipt, not a request
  if (facts.answeredAtOnce >= limits.answeredAtOnce) return { send: false, reason: 'answers_at_once', alarm: true }
  if (!facts.senderIsKnown) {
    const tooMany = facts.sentLastDay >= limits.unknownPerDay || facts.sentLastHour >= limits.unknownPerHour
    return tooMany ? no('unknown_sender_brake') : { send: true, form: 'plain' }
  }
  if (facts.sentLastDay >= limits.knownPerDay) return { send: false, reason: 'known_sender_brake', alarm: true }
  return { send: true, form: 'full' }
}

function no(reason: ReceiptRefusal): ReceiptDecision {
  return { send: false, reason, alarm: false }
}
