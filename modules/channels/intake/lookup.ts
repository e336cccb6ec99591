import { findClientByDomain, findContactsByEmail, type KnownContact, type People } from '@opora/people'
import type { Tx } from '@opora/platform/database'
import { channelsStore } from '../channels.store.ts'
import { addressKey, plusTagOf, withoutPlusTag } from '../domain/mailbox.ts'
import type { MatchFacts, TicketFacts } from '../domain/matching.ts'
import type { AuthVerdict, MailAddress, ParsedMail } from '../domain/parsed-mail.ts'
import { replyTokensIn, verifyReplyToken } from '../mail/reply-token.ts'
import { answeredBy, type KnownOfLetter } from './known-of-letter.ts'
import type { IntakePorts } from './ports.ts'

const DAY_MS = 86_400_000

/** Who wrote, as far as the address tells: mail identity is no authentication. */
export interface LetterSender {
  address: MailAddress | null
  contacts: KnownContact[]
  staff: { id: number; name: string; email: string; roles: string[]; active: boolean } | null
  /** A partner's person: what they write is a note for partners in a ticket that is open to them. */
  partner: { id: number; name: string; active: boolean } | null
  dmarc: AuthVerdict
}

export function lookUpContacts(tx: Tx, address: string): Promise<KnownContact[]> {
  return findContactsByEmail(tx, address)
}

export interface LetterMatch {
  facts: MatchFacts<number>
  clientOf: ReadonlyMap<number, number>
  /** A merged ticket's survivor. */
  survivorOf: ReadonlyMap<number, number>
}

/** Everything that the decision "which ticket" rests on. */
export async function lookUpTickets(
  tx: Tx,
  ports: IntakePorts,
  mail: ParsedMail,
  known: KnownOfLetter,
  now: number,
): Promise<LetterMatch> {
  const tokens = tokensOf(ports, mail)
  const { sender, numbered } = known
  const answered = new Set(answeredBy(mail))
  const references = known.references.filter((reference) => answered.has(reference.messageId))
  const mentions = [
    ...references.map((reference) => ({ ticketId: reference.ticketId, by: 'reference' as const })),
    ...numbered.map((ticketId) => ({ ticketId, by: 'subject' as const })),
  ]
  const ids = [...new Set([...tokens.map((token) => token.ticketId), ...mentions.map((mention) => mention.ticketId)])]
  const relations = await channelsStore.relations(tx, ids, {
    contactIds: sender.contacts.map((contact) => contact.id),
    staffAccountId: sender.staff?.active ? sender.staff.id : null,
    partnerAccountId: sender.partner?.id ?? null,
  })
  const reopenMs = ports.settings.reopenDays * DAY_MS
  const tickets = new Map<number, TicketFacts>(
    relations.map((row) => [
      row.ticketId,
      { relation: row.relation, state: row.closedAt !== null && row.closedAt < now - reopenMs ? 'late' : 'joinable' },
    ]),
  )
  return {
    facts: {
      tokens,
      mentions,
      sender: {
        recipientId: recipientIdOf(sender),
        isStaff: sender.staff !== null || sender.partner !== null,
        dmarc: sender.dmarc,
      },
      tickets,
    },
    clientOf: new Map(relations.map((row) => [row.ticketId, row.clientId])),
    survivorOf: new Map(
      relations.flatMap((row) => (row.mergedInto === null ? [] : [[row.ticketId, row.mergedInto] as const])),
    ),
  }
}

/** A token's recipient: `c12` a contact, `a3` an account. */
export function recipientIdOf(sender: Pick<LetterSender, 'staff' | 'partner' | 'contacts'>): string | null {
  const account = sender.staff ?? sender.partner
  if (account) return `a${account.id}`
  return sender.contacts[0] ? `c${sender.contacts[0].id}` : null
}

function tokensOf(ports: IntakePorts, mail: ParsedMail): { ticketId: number; recipientId: string }[] {
  const addresses = [...mail.to, ...mail.cc].map((mailbox) => mailbox.address).concat(mail.deliveredTo)
  const tags = addresses.flatMap((address) => plusTagOf(address) ?? [])
  const texts = [...tags, ...mail.inReplyTo, ...[...mail.references].reverse()]
  return texts
    .flatMap((text) => replyTokensIn(text))
    .flatMap((token) => {
      const facts = verifyReplyToken(ports.replyKeys, token)
      return facts ? [{ ticketId: Number(facts.ticketId), recipientId: facts.recipientId }] : []
    })
}

/** Which mailbox of ours a letter came to: the first of its addresses that we know. */
export function mailboxOf<M extends { address: string }>(
  mailboxes: readonly M[],
  mail: ParsedMail,
  envelopeTo: readonly string[],
): M | null {
  const keys = [...envelopeTo, ...mail.deliveredTo, ...[...mail.to, ...mail.cc].map((mailbox) => mailbox.address)].map(
    (address) => addressKey(withoutPlusTag(address)),
  )
  return mailboxes.find((mailbox) => keys.includes(addressKey(mailbox.address))) ?? null
}

/**
 * The contact in whose name a new ticket is opened: the known one (of the client with a portal in the letter, else the first), else an
 * unconfirmed person of the client whose mail domain it is, else a prospect with the slowest class.
 */
export async function contactForNewTicket(
  tx: Tx,
  people: People,
  sender: { address: MailAddress; contacts: KnownContact[] },
): Promise<KnownContact> {
  const known =
    sender.contacts.find((contact) => contact.status !== 'blocked' && contact.clientKind === 'customer') ??
    sender.contacts.find((contact) => contact.status !== 'blocked')
  if (known) return known
  const person = { email: sender.address.address, name: sender.address.name }
  const client = await findClientByDomain(tx, sender.address.address.slice(sender.address.address.lastIndexOf('@') + 1))
  return client ? people.openUnconfirmedContact(tx, client.id, person) : people.openProspect(tx, person)
}

/** The portal that a letter names by its address; the client's only one when it names none. */
export function portalOf(portals: readonly { id: number; address: string }[], text: string): number | null {
  const words = text.toLowerCase()
  const named = portals.find((portal) => words.includes(hostOf(portal.address)))
  return named?.id ?? (portals.length === 1 ? portals[0]!.id : null)
}

function hostOf(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
}
