import { findContactsByEmail } from '@opora/people'
import type { Tx } from '@opora/platform/database'
import { channelsStore, type RawMessage } from '../channels.store.ts'
import type { AuthVerdict, ParsedMail } from '../domain/parsed-mail.ts'
import { ticketNumberIn } from '../domain/subject-tag.ts'
import type { LetterSender } from './lookup.ts'

// what a letter of a long thread names last is its own conversation
const NAMED_MAX = 50

/** What the database says of a letter before anything is decided about it. */
export interface KnownOfLetter {
  sender: LetterSender
  mailboxes: Awaited<ReturnType<typeof channelsStore.activeMailboxes>>
  /** Letters that we know by their Message-ID: this one itself, and those that it answers. */
  references: Awaited<ReturnType<typeof channelsStore.referencesOf>>
  /** The tickets whose number stands in the subject. */
  numbered: number[]
  sameBytes: number | null
  ticketsLastHour: number
}

/**
 * Asked together, in one round trip: no question rests on the answer to another. The lock goes first, and each statement sees what is
 * committed when its turn comes: what the letter before this one has done is seen by all that follow.
 */
export async function readKnown(tx: Tx, raw: RawMessage, mail: ParsedMail, dmarc: AuthVerdict): Promise<KnownOfLetter> {
  const address = mail.from === 'unverified' ? null : mail.from
  const number = ticketNumberIn(mail.subject)
  const own = mail.messageId === null ? [] : [mail.messageId]
  const [, mailboxes, contacts, accounts, references, numbered, sameBytes, ticketsLastHour] = await Promise.all([
    channelsStore.lockMessageId(tx, mail.messageId ?? raw.sha256),
    channelsStore.activeMailboxes(tx),
    address === null ? [] : findContactsByEmail(tx, address.address),
    address === null ? [] : channelsStore.accountsByEmail(tx, address.address),
    channelsStore.referencesOf(tx, [...own, ...answeredBy(mail)]),
    channelsStore.ticketIdsOfNumbers(tx, number === null ? [] : [number]),
    mail.messageId === null ? channelsStore.sameBytesDone(tx, raw.sha256, raw.id) : null,
    address === null ? 0 : channelsStore.ticketsLastHour(tx, address.address),
  ])
  const sender: LetterSender = {
    address,
    contacts,
    staff: accounts.find((account) => account.side === 'staff') ?? null,
    partner: accounts.find((account) => account.side === 'partner') ?? null,
    dmarc: address === null ? 'none' : dmarc,
  }
  return { sender, mailboxes, references, numbered, sameBytes, ticketsLastHour }
}

/** The letters that this one names as those before it, oldest first. */
export function answeredBy(mail: ParsedMail): string[] {
  return [...mail.inReplyTo, ...mail.references].slice(-NAMED_MAX)
}
