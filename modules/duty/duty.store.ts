import type { Instant } from '@opora/core'
import type { Json, Queryable } from '@opora/platform/database'
import type { RaisedPage } from './duty.ports.ts'
import { withMerged } from './duty.read-model.ts'

export interface PageRow extends RaisedPage {
  state: 'calling' | 'answered' | 'unanswered' | 'dropped'
  waitMs: number
  answeredBy: number | null
}

const COLUMNS = 'id, client_id, ticket_id, role, kind, data, state, wait_ms, answered_by'

export const dutyStore = {
  /** As every change of a ticket does first: a page raised meanwhile by somebody who has it in hand is waited for, never crossed. */
  async lockTicket(sql: Queryable, ticketId: number): Promise<void> {
    await sql`select from ticket where id = ${ticketId} for no key update`
  },
  /** `null` when this reason has paged already. */
  async add(
    sql: Queryable,
    page: Omit<RaisedPage, 'id'> & { occasion: string; waitMs: number },
  ): Promise<PageRow | null> {
    const { clientId, ticketId, role, occasion, kind, data, waitMs } = page
    const [row] = await sql<PageRow[]>`
      insert into duty_page (client_id, ticket_id, role, occasion, kind, data, wait_ms, next_call_at)
      values (${clientId}, ${ticketId}, ${role}, ${occasion}, ${kind}, ${sql.json(data as Json)}, ${waitMs}, app_now())
      on conflict (ticket_id, role, occasion) do nothing returning ${sql.unsafe(COLUMNS)}`
    return row ?? null
  },
  /**
   * Pages whose next call is due; what somebody else has in hand is left to them. A call that is further off than two waits was set
   * before the clock was put back, and is due too.
   */
  async lockDue(sql: Queryable, limit: number): Promise<PageRow[]> {
    return await sql<PageRow[]>`
      select ${sql.unsafe(COLUMNS)} from duty_page
      where next_call_at <= app_now() or next_call_at > app_now() + 2 * wait_ms * interval '1 millisecond'
      order by next_call_at, id limit ${limit} for update skip locked`
  },
  async lock(sql: Queryable, id: number): Promise<PageRow | null> {
    const [row] = await sql<PageRow[]>`select ${sql.unsafe(COLUMNS)} from duty_page where id = ${id} for update`
    return row ?? null
  },
  async addCall(sql: Queryable, page: RaisedPage, accountId: number, onShift: boolean): Promise<void> {
    await sql`insert into duty_call (page_id, client_id, position, account_id, on_shift)
      select ${page.id}, ${page.clientId}, count(*) + 1, ${accountId}, ${onShift} from duty_call where page_id = ${page.id}`
  },
  async waitUntil(sql: Queryable, id: number, at: Instant): Promise<void> {
    await sql`update duty_page set next_call_at = to_timestamp(${at / 1000}) where id = ${id}`
  },
  async end(sql: Queryable, id: number, state: 'unanswered' | 'dropped'): Promise<void> {
    await sql`update duty_page set state = ${state}, next_call_at = null, ended_at = app_now() where id = ${id}`
  },
  async answer(sql: Queryable, id: number, accountId: number): Promise<void> {
    await sql`update duty_page set state = 'answered', answered_by = ${accountId}, next_call_at = null, ended_at = app_now() where id = ${id}`
  },
  /** Who has taken a ticket, or answers its client, has answered what calls for it. */
  async answerTicket(sql: Queryable, ticketId: number, accountId: number): Promise<number> {
    const rows = await sql`
      update duty_page set state = 'answered', answered_by = ${accountId}, next_call_at = null, ended_at = app_now()
      where ticket_id in ${withMerged(sql, ticketId)} and state in ('calling', 'unanswered') returning id`
    return rows.length
  },
}
