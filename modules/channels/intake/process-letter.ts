import { type Actor, systemActor } from '@opora/access'
import type { KnownContact } from '@opora/people'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { sanitiseHtml } from '@opora/tickets/sanitise'
import { channelsStore, type RawMessage, type RawOutcome } from '../channels.store.ts'
import { applyFilters, applyFloodBrake, type FilterOutcome } from '../domain/filter-chain.ts'
import type { FilterFacts } from '../domain/filters/filter.ts'
import { readForwarded } from '../domain/forwarded.ts'
import { addressKey } from '../domain/mailbox.ts'
import { type MatchDecision, matchLetter } from '../domain/matching.ts'
import type { ParsedMail } from '../domain/parsed-mail.ts'
import { readSiteForm, type SiteFormSettings } from '../domain/site-form.ts'
import { visibleReply } from '../domain/visible-reply/visible-reply.ts'
import { hearBounce } from './hear-bounce.ts'
import {
  contactForNewTicket,
  type LetterMatch,
  type LetterSender,
  lookUpSender,
  lookUpTickets,
  mailboxOf,
  portalOf,
} from './lookup.ts'
import type { IntakePorts } from './ports.ts'

/** Thrown after the parser gave up: the letter is kept as failed and can be run again. */
export class UnreadableLetter extends Error {}

const SUBJECT_MAX = 300
const NO_SUBJECT = '(без темы)'

interface Letter {
  raw: RawMessage
  mail: ParsedMail
  sender: LetterSender
  filtered: FilterOutcome
  attachments: { name: string; mime: string; sizeBytes: number; sha256: string; inlineCid: string | null }[]
  mailbox: { id: number; address: string; formMap: Json | null; defaultTopic: string | null } | null
}

/**
 * Everything that follows from one stored letter, in the caller's transaction: filters, the ticket it belongs to or opens, and the
 * record of why. Running it again on the same letter does nothing twice.
 */
export async function processLetter(ports: IntakePorts, tx: Tx, raw: RawMessage): Promise<RawOutcome> {
  const parsed = await ports.parser.parse(raw.raw)
  if (!parsed.ok) throw new UnreadableLetter(`${parsed.failure}: ${parsed.reason}`)
  const { mail } = parsed
  const now = await databaseNow(tx)
  if (mail.messageId) await channelsStore.lockMessageId(tx, mail.messageId)
  const [sender, mailboxes] = await Promise.all([lookUpSender(tx, ports, mail), channelsStore.activeMailboxes(tx)])
  const facts = await filterFacts(ports, tx, raw, mail, mailboxes)
  const filtered = applyFilters(mail, facts)
  const known = {
    messageId: mail.messageId,
    subject: mail.subject.slice(0, SUBJECT_MAX),
    fromAddress: sender.address?.address ?? null,
  }
  const story = { filters: filtered.decisions as unknown as Json }
  if (filtered.verdict === 'report')
    return { ...known, state: 'done', outcome: { ...story, bounce: await hearBounce(ports, tx, mail) } }
  if (filtered.verdict === 'set_aside') return { ...known, state: 'ignored', outcome: story }
  if (filtered.verdict === 'quarantine') return { ...known, state: 'quarantined', outcome: story }
  const mailbox = mailboxOf(mailboxes, mail, raw.envelope.to ?? [])
  const match = await lookUpTickets(tx, ports, mail, sender, now)
  const decision = matchLetter(match.facts)
  const letter: Letter = { raw, mail, sender, filtered, mailbox, attachments: await keepAttachments(ports, mail) }
  const made = await follow(ports, tx, letter, decision, match, facts)
  return {
    ...known,
    ...made,
    outcome: { ...story, match: decision as unknown as Json, ...(made.outcome as Record<string, Json>) },
  }
}

async function filterFacts(
  ports: IntakePorts,
  tx: Tx,
  raw: RawMessage,
  mail: ParsedMail,
  mailboxes: readonly { address: string }[],
): Promise<FilterFacts> {
  const references = mail.messageId ? await channelsStore.referencesOf(tx, [mail.messageId]) : []
  const sender = mail.from === 'unverified' ? null : mail.from.address
  const seen = references.find((reference) => reference.direction === 'in')
  return {
    ownAddresses: new Set(mailboxes.map((mailbox) => addressKey(mailbox.address))),
    isOwnMessage: references.some((reference) => reference.direction === 'out'),
    duplicateOf: seen ? String(seen.ticketId) : null,
    envelopeFrom: raw.envelope.from ?? null,
    maxSizeBytes: ports.settings.maxLetterBytes,
    ticketsLastHour: sender === null ? 0 : await channelsStore.ticketsLastHour(tx, sender),
    maxTicketsPerHour: ports.settings.maxTicketsPerHour,
  }
}

/** Files are kept by content before the transaction commits: a file too many does no harm, a lost one would. */
async function keepAttachments(ports: IntakePorts, mail: ParsedMail): Promise<Letter['attachments']> {
  return Promise.all(
    mail.attachments.map(async (file, index) => {
      const kept = await ports.files.put(
        Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength),
      )
      return { name: file.filename ?? `attachment-${index + 1}`, mime: file.mime, ...kept, inlineCid: file.cid }
    }),
  )
}

async function follow(
  ports: IntakePorts,
  tx: Tx,
  letter: Letter,
  decision: MatchDecision<number>,
  match: LetterMatch,
  facts: FilterFacts,
): Promise<Pick<RawOutcome, 'state' | 'outcome' | 'ticketId' | 'clientId'>> {
  if (decision.act === 'quarantine') return { state: 'quarantined', outcome: {}, ticketId: null }
  if (decision.act === 'refuse') return { state: 'ignored', outcome: { refused: decision.reason }, ticketId: null }
  if (decision.act === 'open') {
    const flood = applyFloodBrake(letter.mail, facts)
    if (flood.verdict !== 'pass') return { state: 'quarantined', outcome: { flood: flood as unknown as Json } }
    return openFromLetter(ports, tx, letter, decision.linkedTo)
  }
  const ticketId = match.survivorOf.get(decision.ticketId) ?? decision.ticketId
  const messageId = await joinTicket(
    ports,
    tx,
    letter,
    ticketId,
    match.clientOf.get(decision.ticketId) ?? 0,
    decision.act === 'join_unverified',
  )
  await remember(tx, letter, ticketId, match.clientOf.get(decision.ticketId) ?? 0, messageId)
  return { state: 'done', outcome: {}, ticketId, clientId: match.clientOf.get(decision.ticketId) ?? null }
}

async function joinTicket(
  ports: IntakePorts,
  tx: Tx,
  letter: Letter,
  ticketId: number,
  clientId: number,
  unverified: boolean,
): Promise<number> {
  const { sender } = letter
  const contact = sender.contacts.find((one) => one.clientId === clientId) ?? null
  const text = textOf(letter)
  if (sender.staff && !contact && !unverified) {
    // what the provider's people write by mail stays inside: a note cannot reach the client by mistake
    const note = { text: text.visible || text.full, files: [], mentions: [], forPartner: false }
    return (
      await ports.tickets.note(tx, { ...systemActor(sender.staff.name), accountId: sender.staff.id }, ticketId, note)
    ).messageId
  }
  const author = {
    contactId: unverified ? null : (contact?.id ?? null),
    accountId: null,
    name: authorName(sender),
    email: sender.address?.address ?? null,
  }
  const actor: Actor = { ...systemActor(author.name) }
  const posted = await ports.tickets.clientWrote(tx, actor, ticketId, {
    text: text.full,
    visibleText: text.visible,
    html: letter.mail.html === null ? null : sanitiseHtml(letter.mail.html),
    channel: 'email',
    author,
    attachments: letter.attachments,
    rawId: letter.raw.id,
    mailMessageId: letter.mail.messageId,
    unverified,
  })
  return posted.messageId
}

interface NewRequest {
  contact: KnownContact
  subject: string
  text: string
  visible: string
  staffAccountId: number | null
}

async function openFromLetter(
  ports: IntakePorts,
  tx: Tx,
  letter: Letter,
  linkedTo: number | null,
): Promise<Pick<RawOutcome, 'state' | 'outcome' | 'ticketId' | 'clientId'>> {
  const request = await readRequest(ports, tx, letter)
  if (request === null) return { state: 'quarantined', outcome: { reason: 'sender_unreadable' } }
  const { contact } = request
  const portals = await channelsStore.portalsOf(tx, contact.clientId)
  const opened = await ports.tickets.open(tx, systemActor(contact.name), {
    clientId: contact.clientId,
    contactId: contact.id,
    portalId: portalOf(portals, `${request.subject}\n${request.text}`),
    subject: request.subject,
    text: request.text,
    visibleText: request.visible,
    html: letter.mail.html === null ? null : sanitiseHtml(letter.mail.html),
    channel: 'email',
    topic: letter.mailbox?.defaultTopic ?? null,
    author: { contactId: contact.id, accountId: request.staffAccountId, name: contact.name, email: contact.email },
    attachments: letter.attachments,
    sourceKey: `raw:${letter.raw.id}`,
    rawId: letter.raw.id,
    mailMessageId: letter.mail.messageId,
    automatic: letter.filtered.muted,
    // the ticket is registered when the letter arrived, however long it waited to be read
    registeredAt: letter.raw.receivedAt,
  })
  if (linkedTo !== null) await ports.tickets.link(tx, systemActor(), opened.id, linkedTo, 'related')
  await remember(tx, letter, opened.id, contact.clientId, opened.messageId)
  return {
    state: 'done',
    outcome: { number: opened.number, entitlement: opened.entitlement },
    ticketId: opened.id,
    clientId: contact.clientId,
  }
}

/** Whose request it is: a site form names the initiator, a person of the provider forwards somebody's letter, else the sender asks. */
async function readRequest(ports: IntakePorts, tx: Tx, letter: Letter): Promise<NewRequest | null> {
  const { mail, sender } = letter
  const subject = mail.subject.trim() || NO_SUBJECT
  if (letter.mailbox?.formMap) {
    const reading = readSiteForm(mail, letter.mailbox.formMap as unknown as SiteFormSettings, sender.dmarc === 'fail')
    if (!reading.read) return null
    const { email, name, text, subject: asked } = reading.letter
    const contacts = (await lookUpSender(tx, ports, { ...mail, from: { name, address: email } })).contacts
    const contact = await contactForNewTicket(tx, ports.people, { address: { name, address: email }, contacts })
    return { contact, subject: asked ?? subject, text, visible: text, staffAccountId: null }
  }
  if (sender.address === null) return null
  const text = textOf(letter)
  const forwarded = sender.staff?.active && sender.dmarc !== 'fail' ? readForwarded(mail.text) : null
  if (forwarded && sender.staff) {
    const contacts = (await lookUpSender(tx, ports, { ...mail, from: forwarded.from })).contacts
    const contact = await contactForNewTicket(tx, ports.people, { address: forwarded.from, contacts })
    return {
      contact,
      subject: forwarded.subject ?? subject,
      text: forwarded.text,
      visible: forwarded.text,
      staffAccountId: sender.staff.id,
    }
  }
  const contact = await contactForNewTicket(tx, ports.people, { address: sender.address, contacts: sender.contacts })
  return { contact, subject, text: text.full, visible: text.visible || text.full, staffAccountId: null }
}

function textOf(letter: Letter): { full: string; visible: string } {
  const full = letter.mail.text.trim() || (letter.attachments.length > 0 ? '(только вложения)' : '(пустое письмо)')
  return { full, visible: visibleReply(full).visible.trim() || full }
}

function authorName(sender: LetterSender): string {
  return sender.contacts[0]?.name ?? (sender.address?.name || sender.address?.address || 'Неизвестный отправитель')
}

async function remember(
  tx: Tx,
  letter: Letter,
  ticketId: number,
  clientId: number,
  messageRowId: number,
): Promise<void> {
  if (letter.mail.messageId)
    await channelsStore.addReference(tx, {
      messageId: letter.mail.messageId,
      direction: 'in',
      clientId,
      ticketId,
      messageRowId,
    })
}
