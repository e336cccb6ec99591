import { type Actor, systemActor } from '@opora/access'
import type { Json, Tx } from '@opora/platform/database'
import { channelsStore, type RawMessage, type RawOutcome } from '../channels.store.ts'
import { applyFilters, applyFloodBrake } from '../domain/filter-chain.ts'
import type { FilterFacts } from '../domain/filters/filter.ts'
import { addressKey } from '../domain/mailbox.ts'
import { type MatchDecision, matchLetter } from '../domain/matching.ts'
import type { ParsedMail } from '../domain/parsed-mail.ts'
import { hearBounce } from './hear-bounce.ts'
import { judgeSender } from './judge-sender.ts'
import { type KnownOfLetter, readKnown } from './known-of-letter.ts'
import { authorName, bodyOf, type Letter, referenceOf } from './letter.ts'
import { type LetterMatch, lookUpTickets, mailboxOf } from './lookup.ts'
import { openFromLetter } from './open-from-letter.ts'
import type { IntakePorts } from './ports.ts'
import { tellNoAccess } from './tell-no-access.ts'

/** Thrown after the parser gave up: the letter is kept as failed and can be run again. */
export class UnreadableLetter extends Error {}

const SUBJECT_MAX = 300

type Followed = Pick<RawOutcome, 'state' | 'outcome' | 'ticketId' | 'clientId' | 'references'>
/** What the rules decided, or a person in their place. */
type Decision =
  | MatchDecision<number>
  | { act: 'join'; ticketId: number; reason: 'accepted_by_person' }
  | { act: 'open'; linkedTo: number | null; reason: 'accepted_by_person' }

/**
 * Everything that follows from one stored letter, in the caller's transaction: filters, the ticket it belongs to or opens, and the
 * record of why. Running it again on the same letter does nothing twice.
 */
export async function processLetter(ports: IntakePorts, tx: Tx, raw: RawMessage): Promise<RawOutcome> {
  const parsed = await ports.parser.parse(raw.raw)
  if (!parsed.ok) throw new UnreadableLetter(`${parsed.failure}: ${parsed.reason}`)
  const { mail } = parsed
  const judged = await judgeSender(ports, raw, mail)
  const known = await readKnown(tx, raw, mail, judged.dmarc)
  const { sender, mailboxes } = known
  const facts = filterFacts(ports, raw, mail, known)
  const filtered = applyFilters(mail, facts)
  const heading = {
    messageId: mail.messageId,
    subject: mail.subject.slice(0, SUBJECT_MAX),
    fromAddress: sender.address?.address ?? null,
  }
  const story = { filters: filtered.decisions as unknown as Json, sender: { ...judged } as Json }
  if (filtered.verdict === 'report')
    return { ...heading, state: 'done', outcome: { ...story, bounce: await hearBounce(ports, tx, mail) } }
  if (filtered.verdict === 'set_aside') return { ...heading, state: 'ignored', outcome: story }
  if (filtered.verdict === 'quarantine' && raw.accepted === null)
    return { ...heading, state: 'quarantined', outcome: story }
  const mailbox = mailboxOf(mailboxes, mail, raw.envelope.to ?? [])
  const match = await lookUpTickets(tx, ports, mail, known, raw.now)
  const decision = decisionOf(raw, match)
  const letter: Letter = { raw, mail, sender, filtered, mailbox, attachments: await keepAttachments(ports, mail) }
  const made = await follow(ports, tx, letter, decision, match, facts)
  const person = raw.accepted === null ? {} : { accepted: raw.accepted as Json }
  return {
    ...heading,
    ...made,
    outcome: { ...story, ...person, match: decision as unknown as Json, ...(made.outcome as Record<string, Json>) },
  }
}

/** A person who took the letter out of quarantine answers for it, whatever the rules would say. */
function decisionOf(raw: RawMessage, match: LetterMatch): Decision {
  const decided = matchLetter(match.facts)
  if (raw.accepted === null) return decided
  if (raw.accepted.as === 'join') return { act: 'join', ticketId: raw.accepted.ticketId, reason: 'accepted_by_person' }
  const linkedTo = decided.act === 'open' ? decided.linkedTo : decided.ticketId
  return { act: 'open', linkedTo, reason: 'accepted_by_person' }
}

function filterFacts(ports: IntakePorts, raw: RawMessage, mail: ParsedMail, known: KnownOfLetter): FilterFacts {
  const references = known.references.filter((reference) => reference.messageId === mail.messageId)
  const seen = references.find((reference) => reference.direction === 'in')
  return {
    ownAddresses: new Set(known.mailboxes.map((mailbox) => addressKey(mailbox.address))),
    isOwnMessage: references.some((reference) => reference.direction === 'out'),
    duplicateOf: seen ? String(seen.ticketId) : known.sameBytes === null ? null : `letter ${known.sameBytes}`,
    envelopeFrom: raw.envelope.from ?? null,
    maxSizeBytes: ports.settings.maxLetterBytes,
    ticketsLastHour: known.ticketsLastHour,
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
  decision: Decision,
  match: LetterMatch,
  facts: FilterFacts,
): Promise<Followed> {
  if (decision.act === 'open') {
    const flood = applyFloodBrake(letter.mail, facts)
    if (flood.verdict !== 'pass' && letter.raw.accepted === null)
      return { state: 'quarantined', outcome: { flood: flood as unknown as Json } }
    return openFromLetter(ports, tx, letter, decision.linkedTo)
  }
  const { ticketId, clientId } = await survivorOf(tx, match, decision.ticketId)
  // whose letter it would be, so that only who may read that client's tickets sees it waiting
  if (decision.act === 'quarantine') return { state: 'quarantined', outcome: {}, ticketId: null, clientId }
  if (decision.act === 'refuse') {
    const told = await tellNoAccess(ports, tx, letter, ticketId)
    return { state: 'ignored', outcome: { refused: decision.reason, told }, ticketId: null, clientId }
  }
  const messageId = await joinTicket(ports, tx, letter, ticketId, clientId, decision.act === 'join_unverified')
  const references = referenceOf(letter, ticketId, clientId, messageId)
  return { state: 'done', outcome: {}, ticketId, clientId, references }
}

/** Mail to a merged ticket reaches its survivor. A person may name a ticket that the letter does not. */
async function survivorOf(
  tx: Tx,
  match: LetterMatch,
  ticketId: number,
): Promise<{ ticketId: number; clientId: number }> {
  const clientId = match.clientOf.get(ticketId)
  if (clientId !== undefined) return { ticketId: match.survivorOf.get(ticketId) ?? ticketId, clientId }
  const [row] = await channelsStore.relations(tx, [ticketId], {
    contactIds: [],
    staffAccountId: null,
    partnerAccountId: null,
  })
  if (!row) throw new UnreadableLetter('the ticket that a person named is gone')
  return { ticketId: row.mergedInto ?? ticketId, clientId: row.clientId }
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
  const body = bodyOf(letter)
  if (sender.staff && !contact && !unverified) {
    // what the provider's people write by mail stays inside: a note cannot reach the client by mistake
    const note = { text: body.visible, files: [], mentions: [], forPartner: false }
    const actor = { ...systemActor(sender.staff.name), accountId: sender.staff.id }
    return (await ports.tickets.note(tx, actor, ticketId, note)).messageId
  }
  if (sender.partner && !contact && !unverified) return partnerAnswered(ports, tx, letter, sender.partner, ticketId)
  const author = {
    contactId: unverified ? null : (contact?.id ?? null),
    accountId: null,
    name: authorName(sender),
    email: sender.address?.address ?? null,
  }
  const posted = await ports.tickets.clientWrote(tx, systemActor(author.name), ticketId, {
    text: body.full,
    visibleText: body.visible,
    html: body.html,
    channel: 'email',
    author,
    attachments: letter.attachments,
    rawId: letter.raw.id,
    mailMessageId: letter.mail.messageId,
    unverified,
  })
  return posted.messageId
}

/** What a partner writes by mail is their note in the ticket that is open to them; where the process waits for the partner, the answer. */
async function partnerAnswered(
  ports: IntakePorts,
  tx: Tx,
  letter: Letter,
  partner: { id: number; name: string },
  ticketId: number,
): Promise<number> {
  const actor: Actor = { ...systemActor(partner.name), accountId: partner.id, roles: ['in'] }
  const body = bodyOf(letter)
  const files = { files: [], mentions: [], attachments: letter.attachments }
  const { messageId } = await ports.tickets.note(tx, actor, ticketId, {
    text: body.visible,
    forPartner: true,
    ...files,
  })
  await ports.tickets.tellProcess(tx, actor, ticketId, 'partner.answered')
  return messageId
}
