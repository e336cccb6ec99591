import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Database, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { Log } from '@opora/platform/log'
import { callingOrder } from '../domain/calling-order.ts'
import type { DutyPorts, RaisedPage } from '../duty.ports.ts'
import { callableBy, isTicketOver, whoAnswersFor } from '../duty.read-model.ts'
import { dutyStore, type PageRow } from '../duty.store.ts'

const BATCH = 20
/** When a page that could not go on is tried again. */
const AGAIN_MS = 30_000

/** A reason to call somebody of a role, whatever the hour. */
export interface PageWish {
  ticket: { id: number; clientId: number; number: number; subject: string }
  /** A role of the provider, or `assignee`, or `account_manager`. */
  role: string
  /** Names the reason: the same one pages once. */
  occasion: string
  /** What whoever is called reads: a kind of notice, with its values. */
  kind: string
  data?: Record<string, string | number>
  now: Instant
}

/** Calls the first person of a role at once; `null` when this reason has paged before. */
export async function raisePage(ports: DutyPorts, tx: Tx, wish: PageWish): Promise<number | null> {
  const { ticket, role, occasion, kind, now } = wish
  const data = { number: ticket.number, subject: ticket.subject, ...wish.data }
  const head = { clientId: ticket.clientId, ticketId: ticket.id, role, occasion, kind, data }
  await dutyStore.lockTicket(tx, ticket.id)
  const page = await dutyStore.add(tx, { ...head, waitMs: ports.waitMs })
  if (!page) return null
  await callNext(ports, tx, page, now)
  return page.id
}

/**
 * Calls the next person of every page that nobody has answered in time; says how many it did. Each page is worked on under its lock
 * and moved on in the transaction that calls, so that nobody is called twice however many workers look and whenever they die. One that
 * fails holds no other back.
 */
export async function callOverdue(ports: DutyPorts, database: Database, log: Log): Promise<number> {
  return await database.begin({ as: 'worker' }, async (tx) => {
    const due = await dutyStore.lockDue(tx, BATCH)
    if (due.length === 0) return 0
    const now = await databaseNow(tx)
    for (const page of due) {
      try {
        await tx.savepoint((step) => goOn(ports, step as Tx, page, now))
      } catch (error) {
        log.error({ error, page: page.id }, 'a page could not go on')
        await dutyStore.waitUntil(tx, page.id, now + AGAIN_MS)
      }
    }
    log.info({ pages: due.map((page) => page.id) }, 'pages went on')
    return due.length
  })
}

async function goOn(ports: DutyPorts, tx: Tx, page: PageRow, now: Instant): Promise<void> {
  if (await isTicketOver(tx, page.ticketId)) await dutyStore.end(tx, page.id, 'dropped')
  else await callNext(ports, tx, page, now)
}

async function callNext(ports: DutyPorts, tx: Tx, page: PageRow, now: Instant): Promise<void> {
  const calendars = await ports.calendars(tx)
  const [next] = callingOrder(await callableBy(tx, page), calendars, now)
  if (next) {
    await dutyStore.addCall(tx, page, next.person.id, next.onShift)
    await dutyStore.waitUntil(tx, page.id, now + page.waitMs)
    await ports.bus.emit(tx, 'duty.called', { page: told(page), accountId: next.person.id, now })
  } else {
    await dutyStore.end(tx, page.id, 'unanswered')
    const accountIds = await whoAnswersFor(tx, page)
    await ports.bus.emit(tx, 'duty.unanswered', { page: told(page), accountIds, now })
  }
  await announce(tx, { topic: 'duty.page', clientId: page.clientId, ticketId: page.ticketId, staffOnly: true })
}

function told({ id, clientId, ticketId, role, kind, data }: PageRow): RaisedPage {
  return { id, clientId, ticketId, role, kind, data }
}
