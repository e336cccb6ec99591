import type { AuthVerdict } from './parsed-mail.ts'

export type TicketId = string | number

/**
 * How the sender stands to one ticket.
 * - `participant`: may read it now and takes part in it (asked at this moment, not when the letter was sent);
 * - `revoked`: took part once and may not any more;
 * - `stranger`: neither.
 */
export type SenderRelation = 'participant' | 'revoked' | 'stranger'

export interface TicketFacts {
  relation: SenderRelation
  /** `late`: closed longer ago than a reply may reopen it, or archived. */
  state: 'joinable' | 'late'
}

/** All that the decision rests on, looked up beforehand. */
export interface MatchFacts<Id extends TicketId = TicketId> {
  /** Tokens that were verified, in the order Reply-To address, In-Reply-To, References (newest first). */
  tokens: readonly { ticketId: Id; recipientId: string }[]
  /** Tickets that the letter names without a valid token, in the order of trust. */
  mentions: readonly { ticketId: Id; by: 'plus_address' | 'reference' | 'subject' }[]
  sender: {
    /** Staff or contact id as tokens carry it; `null` for a sender nobody knows. */
    recipientId: string | null
    isStaff: boolean
    dmarc: AuthVerdict
  }
  tickets: ReadonlyMap<Id, TicketFacts>
}

export type MatchReason =
  | 'token_participant'
  | 'token_stranger'
  | 'token_of_another_for_staff'
  | 'token_dmarc_fail'
  | 'mention_participant_dmarc_pass'
  | 'mention_dmarc_fail'
  | 'mention_not_proved'
  | 'access_revoked'
  | 'ticket_late'
  | 'names_no_ticket'

/**
 * - `join`: the letter is the sender's message in the ticket;
 * - `join_unverified`: kept in the ticket as an "unverified sender", unseen by the client until a person accepts it;
 * - `open`: a new ticket; `linkedTo` is the old one it may belong to, a link that staff see and the client does not;
 * - `quarantine`: waits for a person, changes nothing;
 * - `refuse`: the sender is told that he has no access; nothing is added.
 * In none of them do the letter's copies gain access to the ticket.
 */
export type MatchDecision<Id extends TicketId = TicketId> =
  | { act: 'join' | 'join_unverified' | 'quarantine' | 'refuse'; ticketId: Id; reason: MatchReason }
  | { act: 'open'; linkedTo: Id | null; reason: MatchReason }

/**
 * Mail identity is no authentication (security rule 6). A token is what counts; a name in From only together with it,
 * or with DMARC that passed. Stricter than the rule in one place: a letter in the name of staff that carries somebody
 * else's token speaks with staff's authority only when DMARC passes.
 */
export function matchLetter<Id extends TicketId>(facts: MatchFacts<Id>): MatchDecision<Id> {
  for (const token of facts.tokens) {
    const ticket = facts.tickets.get(token.ticketId)
    if (ticket) return byToken(facts, token, ticket)
  }
  for (const mention of facts.mentions) {
    const ticket = facts.tickets.get(mention.ticketId)
    if (ticket) return byMention(facts, mention.ticketId, ticket)
  }
  return { act: 'open', linkedTo: null, reason: 'names_no_ticket' }
}

function byToken<Id extends TicketId>(
  facts: MatchFacts<Id>,
  token: { ticketId: Id; recipientId: string },
  ticket: TicketFacts,
): MatchDecision<Id> {
  const { ticketId } = token
  const { sender } = facts
  if (ticket.relation === 'revoked') {
    return sender.dmarc === 'fail'
      ? { act: 'quarantine', ticketId, reason: 'token_dmarc_fail' }
      : { act: 'refuse', ticketId, reason: 'access_revoked' }
  }
  if (ticket.relation === 'participant' && sender.dmarc === 'fail') {
    return { act: 'quarantine', ticketId, reason: 'token_dmarc_fail' }
  }
  if (ticket.state === 'late') return { act: 'open', linkedTo: ticketId, reason: 'ticket_late' }
  if (ticket.relation === 'stranger') return { act: 'join_unverified', ticketId, reason: 'token_stranger' }
  if (sender.isStaff && token.recipientId !== sender.recipientId && sender.dmarc !== 'pass') {
    return { act: 'join_unverified', ticketId, reason: 'token_of_another_for_staff' }
  }
  return { act: 'join', ticketId, reason: 'token_participant' }
}

function byMention<Id extends TicketId>(facts: MatchFacts<Id>, ticketId: Id, ticket: TicketFacts): MatchDecision<Id> {
  const { dmarc } = facts.sender
  if (ticket.relation === 'participant' && dmarc === 'fail') {
    return { act: 'quarantine', ticketId, reason: 'mention_dmarc_fail' }
  }
  if (ticket.relation === 'participant' && dmarc === 'pass') {
    return ticket.state === 'late'
      ? { act: 'open', linkedTo: ticketId, reason: 'ticket_late' }
      : { act: 'join', ticketId, reason: 'mention_participant_dmarc_pass' }
  }
  return { act: 'open', linkedTo: ticketId, reason: 'mention_not_proved' }
}
