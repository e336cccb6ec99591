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

export async function tell(
  ports: NoticePorts,
  tx: Tx,
  accountIds: readonly number[],
  ticket: NoticedTicket,
  telling: Telling,
): Promise<void> {
  const { kind, occasion, now } = telling
  const data = { number: ticket.number, subject: ticket.subject, ...telling.data }
  for (const accountId of new Set(accountIds)) {
    const deliverAt = telling.urgent ? now : await ports.nextWorkingMoment(tx, now, accountId)
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

/** An accident, or a coupon at any hour: the incident managers learn of it at once; who has to act is called one after another. */
export async function tellManagers(
  ports: NoticePorts,
  tx: Tx,
  ticket: TicketHead,
  now: Instant,
  kind: 'page' | 'page_asked' | 'coupon_used',
): Promise<void> {
  const people = await noticesStore.accountsOfRole(tx, 'im', ticket.clientId)
  await tell(ports, tx, people, ticket, { kind, occasion: `page:${now}`, now, urgent: true })
}

export interface Called {
  page: { id: number; clientId: number; ticketId: number; kind: string; data: Record<string, string | number> }
  now: Instant
}

/** Somebody's turn to be called, at whatever hour. */
export async function tellCalled(ports: NoticePorts, tx: Tx, event: Called & { accountId: number }): Promise<void> {
  const { page, accountId, now } = event
  const telling = {
    kind: page.kind,
    occasion: `call:${page.id}`,
    now,
    urgent: true,
    data: { ...page.data, pageId: page.id },
  }
  await tell(ports, tx, [accountId], pagedTicket(page), telling)
}

/** Everybody who could be called was, and nobody answered. */
export async function tellUnanswered(
  ports: NoticePorts,
  tx: Tx,
  event: Called & { accountIds: number[] },
): Promise<void> {
  const { page, accountIds, now } = event
  const telling = { kind: 'page_unanswered', occasion: `unanswered:${page.id}`, now, urgent: true, data: page.data }
  await tell(ports, tx, accountIds, pagedTicket(page), telling)
}

function pagedTicket({ ticketId, clientId, data }: Called['page']): NoticedTicket {
  const subject = String(data['subject'] ?? '')
  return { id: ticketId, clientId, number: Number(data['number']), subject, assigneeId: null }
}

export interface Alarm {
  ticket: TicketHead
  metric: string
  kind: string
  seq: number
  now: Instant
  aroundTheClock: boolean
  steps: readonly { act: string; to?: string }[]
}

/** Whom the policy's ladder names is told, at night only where the contract or priority 1 says so. */
export async function tellAlarm(ports: NoticePorts, tx: Tx, event: Alarm): Promise<void> {
  const { ticket, kind, metric, seq, now, steps } = event
  const occasion = `${metric}:${seq}:${kind}`
  const notify = steps.filter((step) => step.act === 'notify')
  const urgent = ticket.priority === 1 || event.aroundTheClock
  const people = await peopleOf(tx, ticket, notify)
  await tell(ports, tx, people, ticket, { kind, occasion, now, urgent, data: { metric } })
}

async function peopleOf(tx: Tx, ticket: TicketHead, steps: readonly { to?: string }[]): Promise<number[]> {
  const found: number[] = []
  for (const { to } of steps) {
    if (to === 'account_manager') {
      const manager = await noticesStore.managerOf(tx, ticket.clientId)
      if (manager !== null) found.push(manager)
    } else if (to === 'assignee' && ticket.assigneeId !== null) found.push(ticket.assigneeId)
    // what nobody has in hand is the incident manager's to give
    else found.push(...(await noticesStore.accountsOfRole(tx, to === 'assignee' ? 'im' : (to ?? ''), ticket.clientId)))
  }
  return found
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
