import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { Log } from '@opora/platform/log'
import type { TicketEvents, TicketHead } from '@opora/tickets'
import type { DutyPorts } from './duty.ports.ts'
import { pagesOf, peopleOnShift } from './duty.read-model.ts'
import { answerByDeed, answerPage } from './verbs/answer-page.ts'
import { callOverdue, type PageWish, raisePage } from './verbs/page-people.ts'

/** Who handles accidents and coupons at any hour, and who answers where a contract has duty around the clock. */
const ON_CALL = 'it'
const ON_DUTY = 'dev'
/** Facts by which a ticket may come under a contract's duty later than at its opening. */
const MAY_PROMISE: readonly string[] = ['priority_changed', 'entitled', 'contract_changed', 'policy_changed']

export type Duty = ReturnType<typeof createDuty>

/** An alarm of a clock, as far as pages go. */
export interface PagingAlarm {
  ticket: TicketHead
  metric: string
  seq: number
  kind: string
  now: Instant
  steps: readonly { act: string; to?: string | undefined }[]
}

/** Who is on shift, and pages that go from person to person until somebody answers. */
export function createDuty(ports: DutyPorts) {
  return {
    raise: (tx: Tx, wish: PageWish) => raisePage(ports, tx, wish),
    callOverdue: (database: Database, log: Log) => callOverdue(ports, database, log),
    answer: (tx: Tx, actor: Actor, pageId: number) => answerPage(tx, actor, pageId),
    pagesOf,
    /** Of these accounts, those who work at a moment. */
    async onShift(sql: Queryable, accountIds: readonly number[], at: Instant): Promise<number[]> {
      return peopleOnShift(sql, await ports.calendars(sql), accountIds, at)
    },
    ...hearing(ports),
  }
}

function hearing(ports: DutyPorts) {
  return {
    /** The steps of a ladder that page. */
    async onAlarm(tx: Tx, { ticket, metric, seq, kind, now, steps }: PagingAlarm): Promise<void> {
      for (const { act, to } of steps) {
        if (act !== 'page') continue
        const role = to === 'assignee' && ticket.assigneeId === null ? 'im' : (to ?? 'im')
        const occasion = `${metric}:${seq}:${kind}`
        await raisePage(ports, tx, { ticket, role, occasion, kind: 'page_late', data: { metric }, now })
      }
    },
    /** A coupon at any hour, or a contract with duty around the clock. */
    async onOpened(tx: Tx, event: TicketEvents['ticket.opened']): Promise<void> {
      const { ticket, now } = event
      if (event.coupon)
        await raisePage(ports, tx, { ticket, role: ON_CALL, occasion: 'coupon', kind: 'coupon_used', now })
      else await pageOnDuty(ports, tx, ticket, now)
    },
    async onFacts(tx: Tx, { ticket, facts, now }: TicketEvents['ticket.facts']): Promise<void> {
      if (facts.some((fact) => MAY_PROMISE.includes(fact.type))) await pageOnDuty(ports, tx, ticket, now)
    },
    /** An accident, or whatever a rule or a drawing calls somebody for. */
    async onAction(tx: Tx, event: TicketEvents['ticket.action']): Promise<void> {
      const { ticket, now, params } = event
      // a rule or a drawing may name whom to call
      const role = typeof params['role'] === 'string' && params['role'] !== '' ? params['role'] : ON_CALL
      if (event.name !== 'page_on_call') return
      const kind = ticket.kind === 'accident' ? 'page' : 'page_asked'
      await raisePage(ports, tx, { ticket, role, occasion: `accident:${now}`, kind, now })
    },
    async onAssigned(tx: Tx, event: TicketEvents['ticket.assigned']): Promise<void> {
      if (event.accountId !== null && event.accountId === event.actor.accountId)
        await answerByDeed(tx, event.ticket, event.accountId)
    },
    async onReplied(tx: Tx, event: TicketEvents['ticket.replied']): Promise<void> {
      if (event.actor.side === 'staff') await answerByDeed(tx, event.ticket, event.actor.accountId)
    },
  }
}

/** Once for a ticket, whenever it comes under the promise; who has it in hand already needs no call. */
async function pageOnDuty(ports: DutyPorts, tx: Tx, ticket: TicketHead, now: Instant): Promise<void> {
  if (ticket.assigneeId !== null || ticket.contractId === null || ticket.state === 'closed') return
  if (await ports.isDutyPromised(tx, ticket.id))
    await raisePage(ports, tx, { ticket, role: ON_DUTY, occasion: 'duty', kind: 'page_duty', now })
}
