import { type Action, type Actor, holdsRole, policy, scopeOf, servesClient } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { ticketScope } from '@opora/tickets'
import type { Callable } from './domain/calling-order.ts'
import { type CalendarsByCode, onShift, type Shift } from './domain/on-shift.ts'

/** Of these people, those who work at a moment. */
export async function peopleOnShift(
  sql: Queryable,
  calendars: CalendarsByCode,
  accountIds: readonly number[],
  at: Instant,
): Promise<number[]> {
  const people = await sql<Shift[]>`
    select id, zone, preferences ->> 'hours' as hours from account where id = any(${[...accountIds]}::bigint[]) and active order by id`
  return onShift(people, calendars, at).map((person) => person.id)
}

/** Who may answer a page: nobody else is called, nor reads of a ticket that they may not see. */
const ANSWERING = Object.keys(policy['page.answer'])

/** Whom a page can still call: who serves the client in this role and may answer, without those whom it has called. */
export async function callableBy(
  sql: Queryable,
  page: { id: number; role: string; clientId: number; ticketId: number },
): Promise<Callable[]> {
  return await sql<Callable[]>`
    select a.id, a.zone, a.preferences ->> 'hours' as hours,
      (select count(*) from duty_call c join duty_page p on p.id = c.page_id and p.state = 'calling' where c.account_id = a.id) as calls,
      (select count(*) from account_role o where o.account_id = a.id) as roles,
      (select count(*) from ticket t where t.assignee_id = a.id and t.state <> 'closed') as load
    from account a where a.active and a.side = 'staff' and ${servesClient(sql, page.clientId)}
      and ${holdsRole(sql, ...ANSWERING)}
      and not exists (select 1 from duty_call c where c.page_id = ${page.id} and c.account_id = a.id)
      and ${
        page.role === 'assignee'
          ? sql`a.id = (select assignee_id from ticket where id = ${page.ticketId})`
          : page.role === 'account_manager'
            ? sql`a.id = (select account_manager_id from client where id = ${page.clientId})`
            : holdsRole(sql, page.role)
      }`
}

/** Whose it is to learn that nobody answered: the first of these whom the client has. */
const IN_CHARGE = ['im', 'di', 'am', 'l1'] as const

/** Who learns that nobody answered: the incident managers, or the next of those in charge where the page was theirs or there are none. */
export async function whoAnswersFor(
  sql: Queryable,
  page: { id: number; role: string; clientId: number },
): Promise<number[]> {
  for (const role of IN_CHARGE.filter((one) => one !== page.role)) {
    const rows = await sql<{ id: number }[]>`
      select a.id from account a where a.active and a.side = 'staff' and ${holdsRole(sql, role)}
        and ${servesClient(sql, page.clientId)} order by a.id`
    if (rows.length > 0) return rows.map((row) => row.id)
  }
  return []
}

export interface ListedPage {
  id: number
  role: string
  kind: string
  state: 'calling' | 'answered' | 'unanswered' | 'dropped'
  raisedAt: Instant
  nextCallAt: Instant | null
  endedAt: Instant | null
  answeredBy: string | null
  calls: { name: string; accountId: number; onShift: boolean; at: number }[]
}

/** The pages of a ticket, the newest first, each with whom it called. */
export async function pagesOf(sql: Queryable, ticketId: number): Promise<ListedPage[]> {
  return await sql<ListedPage[]>`
    select p.id, p.role, p.kind, p.state, p.raised_at, p.next_call_at, p.ended_at, w.name as answered_by,
      (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'accountId', a.id, 'onShift', c.on_shift,
          'at', (extract(epoch from c.at) * 1000)::bigint) order by c.position), '[]')
        from duty_call c join account a on a.id = c.account_id where c.page_id = p.id) as calls
    from duty_page p left join account w on w.id = p.answered_by where p.ticket_id in ${withMerged(sql, ticketId)} order by p.id desc limit 50`
}

/** A page as the link of its letter shows it: its ticket by today's words, or the one that it was merged into. */
export async function linkedPageOf(
  sql: Queryable,
  pageId: number,
): Promise<{
  number: number
  subject: string
  state: ListedPage['state']
  answeredBy: string | null
  answererId: number | null
} | null> {
  const [row] = await sql<NonNullable<Awaited<ReturnType<typeof linkedPageOf>>>[]>`
    select coalesce(m.number, t.number) as number, coalesce(m.subject, t.subject) as subject, p.state, w.name as answered_by, p.answered_by as answerer_id
    from duty_page p join ticket t on t.id = p.ticket_id left join ticket m on m.id = t.merged_into_id
      left join account w on w.id = p.answered_by
    where p.id = ${pageId}`
  return row ?? null
}

/** Whether this person may see the ticket, or the ticket of the page. */
export async function mayReach(
  sql: Queryable,
  actor: Actor,
  action: Action,
  wanted: { ticketId: number } | { pageId: number },
): Promise<boolean> {
  const rows = await sql`select 1 from ticket t where ${ticketScope(sql, scopeOf(actor, action))} and ${
    'ticketId' in wanted
      ? sql`t.id = ${wanted.ticketId}`
      : sql`t.id = (select ticket_id from duty_page where id = ${wanted.pageId})`
  }`
  return rows.length > 0
}

/** Whether nothing of a ticket is open any more; one that was merged lives on in the other. */
export async function isTicketOver(sql: Queryable, ticketId: number): Promise<boolean> {
  const [row] = await sql<{ over: boolean }[]>`
    with recursive lives as (
      select id, state, merged_into_id from ticket where id = ${ticketId}
      union select t.id, t.state, t.merged_into_id from lives l join ticket t on t.id = l.merged_into_id)
    select state = 'closed' as over from lives where merged_into_id is null`
  return row?.over ?? true
}

/** A ticket with those that were merged into it: what they called for is now its own. */
export function withMerged(sql: Queryable, ticketId: number): ReturnType<Queryable> {
  return sql`(with recursive merged as (
    select ${ticketId}::bigint as id union select t.id from merged m join ticket t on t.merged_into_id = m.id) select id from merged)`
}
