import type { scopeCondition } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'

/** A part of a statement. */
export type Fragment = ReturnType<typeof scopeCondition>

export interface ListedTicket {
  id: number
  number: number
  subject: string
  clientId: number
  clientName: string
  portalId: number | null
  portalName: string | null
  contactId: number | null
  contactName: string | null
  channel: string
  topic: string | null
  kind: string | null
  priority: number
  state: string
  waitingFor: string | null
  place: string | null
  lane: string | null
  statusStaffRu: string
  statusStaffEn: string
  assigneeId: number | null
  assigneeName: string | null
  tags: string[]
  entitlement: string
  flags: Record<string, boolean>
  breached: boolean
  nextDueAt: Instant | null
  nextDueMetric: string | null
  nextDueState: string | null
  nextDueCalendar: string | null
  nextDueEstimated: boolean
  nextDueLeft: number | null
  nextDueLeftAt: Instant | null
  unanswered: boolean
  messagesCount: number
  completeness: number | null
  missing: { name: string; ru: string; en: string }[]
  registeredAt: Instant
  updatedAt: Instant
  version: number
  now: Instant
  sortAt: Instant | null
}

export function columns(sql: Queryable): Fragment {
  return sql`t.id, t.number, t.subject, t.client_id, cl.name as client_name, t.portal_id, p.name as portal_name, t.contact_id, co.name as contact_name, t.channel,
    t.topic, t.kind, t.priority, t.state, t.waiting_for, t.place, t.lane, t.status_staff_ru, t.status_staff_en, t.assignee_id, a.name as assignee_name, t.tags,
    t.entitlement, t.flags, t.breached, t.next_due_at, t.next_due_metric, t.next_due_state, t.next_due_calendar, t.next_due_estimated, t.next_due_left, t.next_due_left_at,
    coalesce(t.last_client_message_at > coalesce(t.last_answer_at, '-infinity'), false) as unanswered,
    t.messages_count, t.completeness, t.missing, t.registered_at, t.updated_at, t.version, (select app_now()) as now`
}

export function source(sql: Queryable, tickets: Fragment = sql`ticket`): Fragment {
  return sql`${tickets} t join client cl on cl.id = t.client_id left join portal p on p.id = t.portal_id
    left join contact co on co.id = t.contact_id left join account a on a.id = t.assignee_id`
}

export function all(sql: Queryable, conditions: Fragment[]): Fragment {
  return conditions.reduce((left, right) => sql`${left} and ${right}`)
}

/** A number in the text of a statement: a plan is kept only where it does not depend on how many rows are asked for. */
export function integer(sql: Queryable, value: number): Fragment {
  return sql.unsafe(String(Math.trunc(value))) as unknown as Fragment
}

// PostgreSQL does not read every moment that JavaScript can name.
const FOUR_DIGITS = /^\d{4}-/

export function readMoment(text: string): string {
  if (text !== 'infinity' && (Number.isNaN(Date.parse(text)) || !FOUR_DIGITS.test(text)))
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  return text
}
