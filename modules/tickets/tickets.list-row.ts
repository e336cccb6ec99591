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
  /** Of hits of a search: the moment of the last text. */
  writtenAt?: Instant
}

/** The columns of a row, in the order in which `readRows` takes them; the moment that the page is sorted by comes last. */
export function columns(sql: Queryable, sortAt: Fragment): Fragment {
  return sql`t.id, t.number, t.subject, t.client_id, cl.name, t.portal_id, p.name, t.contact_id, co.name, t.channel,
    t.topic, t.kind, t.priority, t.state, t.waiting_for, t.place, t.lane, t.status_staff_ru, t.status_staff_en, t.assignee_id, a.name, t.tags,
    t.entitlement, t.flags, t.breached, t.next_due_at, t.next_due_metric, t.next_due_state, t.next_due_calendar, t.next_due_estimated, t.next_due_left, t.next_due_left_at,
    coalesce(t.last_client_message_at > coalesce(t.last_answer_at, '-infinity'), false),
    t.messages_count, t.completeness, t.missing, t.registered_at, t.updated_at, t.version, (select app_now()), ${sortAt}`
}

/**
 * The rows of a statement that asks for `columns`. They come as lists of values: the driver's own objects, filled name by name, are hash
 * tables from the seventeenth column on, and making and collecting those took half of a page's work.
 */
export async function readRows(statement: Fragment): Promise<ListedTicket[]> {
  const values = await statement.values()
  const rows = values.map(readRow)
  // something of the driver outlives the next collections of the young generation and would keep all values until a full one
  values.length = 0
  return rows
}

function readRow(v: readonly unknown[]): ListedTicket {
  return {
    id: v[0],
    number: v[1],
    subject: v[2],
    clientId: v[3],
    clientName: v[4],
    portalId: v[5],
    portalName: v[6],
    contactId: v[7],
    contactName: v[8],
    channel: v[9],
    topic: v[10],
    kind: v[11],
    priority: v[12],
    state: v[13],
    waitingFor: v[14],
    place: v[15],
    lane: v[16],
    statusStaffRu: v[17],
    statusStaffEn: v[18],
    assigneeId: v[19],
    assigneeName: v[20],
    tags: v[21],
    entitlement: v[22],
    flags: v[23],
    breached: v[24],
    nextDueAt: v[25],
    nextDueMetric: v[26],
    nextDueState: v[27],
    nextDueCalendar: v[28],
    nextDueEstimated: v[29],
    nextDueLeft: v[30],
    nextDueLeftAt: v[31],
    unanswered: v[32],
    messagesCount: v[33],
    completeness: v[34],
    missing: v[35],
    registeredAt: v[36],
    updatedAt: v[37],
    version: v[38],
    now: v[39],
    sortAt: v[40],
  } as ListedTicket
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
