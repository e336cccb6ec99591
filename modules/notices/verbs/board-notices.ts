import { type Instant, isoInstant } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { formatDateTime } from '@opora/platform/i18n'
import { announce } from '@opora/platform/live'
import type { TicketHead } from '@opora/tickets'
import { windowLetter } from '../letters/letters.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { noticesStore } from '../notices.store.ts'
import { linkFor, orderOf } from './client-letters.ts'

export interface VoteAsked {
  ticket: TicketHead
  roundId: number
  occasion: 'opened' | 'again' | 'reminder'
  accountIds: number[]
  deadlineAt: Instant | null
  now: Instant
}

export interface BoardDecided {
  ticket: TicketHead
  roundId: number
  decision: 'approved' | 'rejected' | 'lapsed'
  accountIds: number[]
  now: Instant
}

const VOTE_KINDS = { opened: 'vote_asked', again: 'vote_again', reminder: 'vote_reminder' } as const

/** Whoever may vote is asked; by letter in their own hours, once an occasion. */
export async function askToVote(ports: NoticePorts, tx: Tx, event: VoteAsked): Promise<void> {
  const { roundId, occasion, deadlineAt } = event
  for (const accountId of event.accountIds) {
    const deadline = deadlineAt === null ? '' : await inTheirWords(tx, accountId, deadlineAt)
    await tellOne(ports, tx, event, accountId, VOTE_KINDS[occasion], `vote:${roundId}:${occasion}`, { deadline })
  }
}

export async function tellDecided(ports: NoticePorts, tx: Tx, event: BoardDecided): Promise<void> {
  for (const accountId of event.accountIds) {
    await tellOne(ports, tx, event, accountId, `board_${event.decision}`, `vote:${event.roundId}:ended`, {})
  }
}

export async function tellReviewLate(
  ports: NoticePorts,
  tx: Tx,
  event: { ticket: TicketHead; accountIds: number[]; now: Instant },
): Promise<void> {
  for (const accountId of event.accountIds) {
    await tellOne(ports, tx, event, accountId, 'review_late', `review_late:${isoInstant(event.now)}`, {})
  }
}

/** A window to the responsible contacts, with a link to the request where it is agreed to. */
export async function mailWindow(
  ports: NoticePorts,
  tx: Tx,
  event: { ticket: TicketHead; changeId: number; from: Instant; until: Instant; now: Instant },
): Promise<void> {
  const { ticket, from, until } = event
  const company = await noticesStore.companyName(tx)
  for (const recipient of await noticesStore.responsible(tx, ticket.clientId)) {
    const link = await linkFor(ports, tx, recipient, 'ticket.view', { ticketId: ticket.id })
    const letter = windowLetter(company, recipient, ticket, { from, until, link })
    await ports.outbox.enqueue(tx, orderOf(ticket, recipient, 'window', `${event.changeId}:${from}`, letter))
  }
}

async function tellOne(
  ports: NoticePorts,
  tx: Tx,
  { ticket, now }: { ticket: TicketHead; now: Instant },
  accountId: number,
  kind: string,
  dedupe: string,
  data: Record<string, string>,
): Promise<void> {
  const made = await noticesStore.addNotice(tx, {
    accountId,
    clientId: ticket.clientId,
    ticketId: ticket.id,
    kind,
    dedupe: `${ticket.id}:${dedupe}`,
    data: { number: ticket.number, subject: ticket.subject, ...data },
    deliverAt: await ports.nextWorkingMoment(tx, now, accountId),
  })
  if (made) await announce(tx, { topic: 'notice', clientId: null, accountId, ticketId: ticket.id })
}

async function inTheirWords(tx: Tx, accountId: number, at: Instant): Promise<string> {
  return formatDateTime(at, await noticesStore.readerOf(tx, accountId), 'short')
}
