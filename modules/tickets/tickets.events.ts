import type { Actor } from '@opora/access'
import type { Instant, Locale } from '@opora/core'
import type { TicketFact } from './domain/apply-commands.ts'

/** What is known of a ticket when something happened to it: enough for clocks, notices and mail without reading it again. */
export interface TicketHead {
  id: number
  number: number
  clientId: number
  contractId: number | null
  contactId: number | null
  portalId: number | null
  subject: string
  channel: string
  topic: string | null
  kind: string | null
  priority: number
  licenceClass: string
  state: string
  entitlement: string
  assigneeId: number | null
  lane: string | null
  place: string | null
  registeredAt: Instant
}

export interface KeptFact extends TicketFact {
  id: number
  at: Instant
}

/** Announced inside the transaction of the change; every handler runs in it. */
export interface TicketEvents {
  /** A ticket was registered; `facts` are the first of its history, `coupon` tells that one was spent. */
  'ticket.opened': {
    actor: Actor
    ticket: TicketHead
    facts: KeptFact[]
    messageId: number
    entitlementReason: { ru: string; en: string } | null
    coupon: boolean
    automatic: boolean
    now: Instant
  }
  /** Facts were added to a ticket's history: clocks are computed anew. */
  'ticket.facts': { actor: Actor; ticket: TicketHead; facts: KeptFact[]; now: Instant }
  /** A public message of the provider's people, to be delivered by the ticket's channel once `sendAt` has come. */
  'ticket.replied': {
    actor: Actor
    ticket: TicketHead
    messageId: number
    sendAt: Instant
    now: Instant
    /** Nobody wrote it: a template that a process or a rule sent. */
    automatic?: boolean
  }
  /** The client's people wrote. */
  'ticket.client_wrote': { actor: Actor; ticket: TicketHead; messageId: number; now: Instant }
  /** The provider proposed a term: the client is asked. */
  'ticket.deadline_offered': {
    actor: Actor
    ticket: TicketHead
    offer: { id: number; dueAt: Instant; reason: string }
    now: Instant
  }
  /** Somebody asked to read a ticket outside their reach, or may now for a while. `deciders` could give their word. */
  'ticket.glass': {
    actor: Actor
    ticket: TicketHead
    step: 'asked' | 'opened'
    glassId: number
    reader: string
    reason: string
    deciders: number[]
    now: Instant
  }
  /** A partner is invited to this ticket, or is sent the letter again. */
  'ticket.partner_invited': {
    actor: Actor
    ticket: TicketHead
    invitation: {
      id: number
      accountId: number
      email: string
      name: string
      locale: Locale
      zone: string
      note: string
      endsAt: Instant
      letters: number
    }
    now: Instant
  }
  /** A partner's access to this ticket ends soon, or is over. */
  'ticket.partner_ending': {
    actor: Actor
    ticket: TicketHead
    partner: { id: number; name: string; endsAt: Instant; invitedBy: number }
    over: boolean
    now: Instant
  }
  /** A partner wrote a note: at the desk, or by answering the invitation's letter. */
  'ticket.partner_wrote': { actor: Actor; ticket: TicketHead; messageId: number; now: Instant }
  /** The vendor has not answered, and a reminder has come due. */
  'ticket.vendor_silent': {
    ticket: TicketHead
    wait: { id: number; number: string; askedAt: Instant; askedBy: number | null; reminder: string; late: boolean }
    now: Instant
  }
  'ticket.noted': { actor: Actor; ticket: TicketHead; messageId: number; mentions: number[]; now: Instant }
  'ticket.assigned': { actor: Actor; ticket: TicketHead; accountId: number | null; now: Instant }
  /** The process put the ticket before a role. */
  'ticket.place_entered': { actor: Actor; ticket: TicketHead; place: string; role: string | null; now: Instant }
  /** The process asks another module to do something. */
  'ticket.action': { actor: Actor; ticket: TicketHead; name: string; params: Record<string, unknown>; now: Instant }
}
