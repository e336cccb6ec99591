import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketEvents, TicketHead } from '@opora/tickets'
import type { NoticePorts } from '../notices.ports.ts'
import { type NoticedTicket, noticesStore } from '../notices.store.ts'

interface Telling {
  kind: string
  /** Names the occasion: the same one is told once. */
  occasion: string
  now: Instant
  /** At any hour; otherwise the letter waits for the reader's working time. */
  urgent?: boolean
  data?: Record<string, Json>
}

async function tell(
  ports: NoticePorts,
  tx: Tx,
  accountIds: readonly number[],
  ticket: NoticedTicket,
  telling: Telling,
): Promise<void> {
  const { kind, occasion, now } = telling
  const deliverAt = telling.urgent ? now : await ports.nextWorkingMoment(tx, now)
  const data = { number: ticket.number, subject: ticket.subject, ...telling.data }
  for (const accountId of new Set(accountIds)) {
    const made = await noticesStore.addNotice(tx, {
      accountId,
      clientId: ticket.clientId,
      ticketId: ticket.id,
      kind,
      dedupe: `${ticket.id}:${occasion}`,
      data,
      deliverAt,
    })
    if (made) await announce(tx, { topic: 'notice', clientId: null, accountId, ticketId: ticket.id })
  }
}

export async function tellClientWrote(
  ports: NoticePorts,
  tx: Tx,
  event: TicketEvents['ticket.client_wrote'],
): Promise<void> {
  const { ticket } = event
  const assignee = ticket.assigneeId === null ? [] : [ticket.assigneeId]
  await tell(ports, tx, [...assignee, ...(await noticesStore.watchersOf(tx, ticket.id))], ticket, {
    kind: 'client_wrote',
    occasion: `m${event.messageId}`,
    now: event.now,
    urgent: ticket.priority === 1,
  })
}

export async function tellMentioned(ports: NoticePorts, tx: Tx, event: TicketEvents['ticket.noted']): Promise<void> {
  await tell(ports, tx, event.mentions, event.ticket, {
    kind: 'mentioned',
    occasion: `m${event.messageId}`,
    now: event.now,
  })
}

export async function tellAssigned(ports: NoticePorts, tx: Tx, event: TicketEvents['ticket.assigned']): Promise<void> {
  const { ticket, accountId, now } = event
  if (accountId === null || accountId === event.actor.accountId) return
  await tell(ports, tx, [accountId], ticket, {
    kind: 'assigned',
    occasion: `assigned:${now}`,
    now,
    urgent: ticket.priority === 1,
  })
}

/** An accident, or a coupon at any hour: everybody who may have to act, at once. */
export async function pageOnCall(
  ports: NoticePorts,
  tx: Tx,
  ticket: TicketHead,
  now: Instant,
  kind: 'page' | 'coupon_used' = 'page',
): Promise<void> {
  const people = [
    ...(await noticesStore.accountsOfRole(tx, 'it', ticket.clientId)),
    ...(await noticesStore.accountsOfRole(tx, 'im', ticket.clientId)),
  ]
  await tell(ports, tx, people, ticket, { kind, occasion: `page:${now}`, now, urgent: true })
}

export interface Alarm {
  ticket: TicketHead
  metric: string
  kind: string
  seq: number
  now: Instant
  aroundTheClock: boolean
  superseded: boolean
}

/** Warnings go to whoever has the ticket, then wider; at night only where the contract or priority 1 says so. */
export async function tellAlarm(ports: NoticePorts, tx: Tx, event: Alarm): Promise<void> {
  const { ticket, kind } = event
  if (kind === 'warn50' || event.superseded) return
  const wide = kind !== 'warn75' || ticket.assigneeId === null
  const manager = kind === 'breach' ? await noticesStore.managerOf(tx, ticket.clientId) : null
  const people = [
    ...(ticket.assigneeId === null ? [] : [ticket.assigneeId]),
    ...(wide ? await noticesStore.accountsOfRole(tx, 'im', ticket.clientId) : []),
    ...(manager === null ? [] : [manager]),
  ]
  const urgent = ticket.priority === 1 || event.aroundTheClock
  await tell(ports, tx, people, ticket, {
    kind,
    occasion: `${event.metric}:${event.seq}:${kind}`,
    now: event.now,
    urgent,
    data: { metric: event.metric },
  })
}

/** A letter that will never arrive: whoever has the ticket learns of it. */
export async function tellMailLost(
  ports: NoticePorts,
  tx: Tx,
  mail: { ticketId: number | null; error: string; messageRowId: number | null; toAddress: string },
): Promise<void> {
  const ticket = mail.ticketId === null ? null : await noticesStore.ticketHead(tx, mail.ticketId)
  if (ticket === null) return
  const people =
    ticket.assigneeId === null ? await noticesStore.accountsOfRole(tx, 'l1', ticket.clientId) : [ticket.assigneeId]
  const now = await databaseNow(tx)
  await tell(ports, tx, people, ticket, {
    kind: 'mail_lost',
    occasion: `mail:${mail.messageRowId ?? now}`,
    now,
    data: { error: `${mail.toAddress}: ${mail.error}` },
  })
}
