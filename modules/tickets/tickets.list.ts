import { type Actor, type Scope, scopeCondition, scopeOf } from '@opora/access'
import type { CursorValue, Locale } from '@opora/core'
import { decodeCursor, encodeCursor, type Instant, isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { TicketFilter, TicketRow } from './contract.ts'
import type { TicketPorts } from './tickets.ports.ts'
import { type SearchWindow, searchWindows } from './tickets.search.ts'

type Fragment = ReturnType<typeof scopeCondition>
export type TicketSort = 'due' | 'updated' | 'registered' | 'priority'

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
  registeredAt: Instant
  updatedAt: Instant
  version: number
  now: Instant
  sortAt: Instant | null
}

/** Whose tickets a person reaches, as a condition over `ticket t`. */
export function ticketScope(sql: Queryable, scope: Scope): Fragment {
  return scopeCondition(sql, scope, {
    client: sql`t.client_id`,
    contact: sql`t.contact_id`,
    participant: (contactId) =>
      sql`exists (select 1 from ticket_person tp where tp.ticket_id = t.id and tp.contact_id = ${contactId} and tp.removed_at is null)`,
    department: (name) => sql`exists (select 1 from contact dc where dc.id = t.contact_id and dc.department = ${name})`,
    shared: (accountId) =>
      sql`t.id in (select ts.ticket_id from ticket_share ts where ts.account_id = ${accountId} and ts.ends_at > (select app_now()))`,
    opened: (accountId) =>
      sql`t.id in (select bg.ticket_id from broken_glass bg where bg.account_id = ${accountId} and bg.ends_at > (select app_now()))`,
  })
}

export interface ListInput {
  filter: TicketFilter
  sort: TicketSort
  cursor?: string | undefined
  limit: number
}

// Up to so many of the newest tickets their texts are compared one by one sooner than the text index is asked.
const FEW = 2_000
// PostgreSQL does not read every moment that JavaScript can name.
const FOUR_DIGITS = /^\d{4}-/

const ORDER: Record<TicketSort, { cursorLength: number }> = {
  due: { cursorLength: 2 },
  updated: { cursorLength: 2 },
  registered: { cursorLength: 2 },
  priority: { cursorLength: 2 },
}

/** One page of tickets, one statement. With `q` the page is sorted by the last message, newest first. */
export async function listTickets(
  sql: Queryable,
  actor: Actor,
  input: ListInput,
  present: (row: ListedTicket) => TicketRow,
): Promise<{ items: TicketRow[]; nextCursor: string | null }> {
  const { filter, limit } = input
  const asked = filter.q === undefined ? null : searchWords(filter.q)
  const isPartner = actor.side === 'partner'
  const words = isPartner ? null : asked
  const sort = words ? 'updated' : input.sort
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, ORDER[sort].cursorLength)
  if (input.cursor !== undefined && after === null) throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const conditions = [ticketScope(sql, scopeOf(actor, 'ticket.read')), ...filterConditions(sql, actor, filter)]
  if (isPartner && asked) conditions.push(amongShared(sql, asked))
  const rows = words
    ? await searchRows(sql, words, conditions, after, limit)
    : await sql<ListedTicket[]>`select ${columns(sql)}, ${sortColumn(sql, sort)} from ${source(sql)}
        where ${all(sql, [...conditions, ...keyset(sql, sort, after)])} order by ${orderBy(sql, sort)} limit ${integer(sql, limit + 1)}`
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(sort, last)) : null,
  }
}

/** The index of all words is closed to partners; what was passed to them is few, so its numbers and subjects are read. */
function amongShared(sql: Queryable, { text, number }: SearchWords): Fragment {
  if (number !== null) return sql`t.number = ${number}`
  return sql`strpos(lower(t.subject), lower(${text.trim()})) > 0`
}

async function searchRows(
  sql: Queryable,
  words: SearchWords,
  conditions: Fragment[],
  after: CursorValue[] | null,
  limit: number,
): Promise<ListedTicket[]> {
  if (words.number !== null) {
    return sql<
      ListedTicket[]
    >`select ${columns(sql)}, t.updated_at as sort_at from ${source(sql)} where ${all(sql, [...conditions, sql`t.number = ${words.number}`])} limit 1`
  }
  for await (const { window, enough } of searchWindows(sql, words.text, limit + 1)) {
    const rows = await searchWithin(sql, words.text, window, { conditions, after, limit })
    const last = rows[limit]
    if (last?.sortAt != null && after === null) enough(last.sortAt)
    if (window === null || last) return rows
  }
  return []
}

/** The newest hits of a window before the cursor. */
function searchWithin(
  sql: Queryable,
  text: string,
  window: SearchWindow,
  { conditions, after, limit }: { conditions: Fragment[]; after: CursorValue[] | null; limit: number },
): Promise<ListedTicket[]> {
  const before = after === null ? null : momentBefore(String(after[0]))
  const older: Fragment =
    before === null
      ? sql`true`
      : sql`(updated_at, ticket_id) < (${before}::timestamptz, ${Number(after![1])}) and updated_hour <= hour_of(${before}::timestamptz)`
  const newest = window !== null && 'newest' in window ? window.newest : null
  const inOrder = (count: number) =>
    sql`ticket_search where ${older} order by updated_at desc, ticket_id desc limit ${integer(sql, count)}`
  // a few texts are read in the order of time; many are left to the text index, which knows the hour and not the moment
  const searched =
    newest !== null && newest <= FEW
      ? sql`(select ticket_id, updated_at, staff from ${inOrder(newest)}) few`
      : sql`ticket_search`
  const found: Fragment[] = [sql`staff @@ websearch_to_tsquery('russian', ${text})`]
  if (newest === null || newest > FEW) found.push(older)
  if (window !== null && 'since' in window)
    found.push(sql`updated_hour >= hour_of(${isoInstant(window.since)}::timestamptz)`)
  if (newest !== null && newest > FEW)
    found.push(
      sql`updated_hour >= (select hour_of(min(updated_at)) from (select updated_at from ${inOrder(newest)}) many)`,
    )
  return sql<
    ListedTicket[]
  >`with s as materialized (select ticket_id, updated_at from ${searched} where ${all(sql, found)}),
    page as materialized (select t.*, s.updated_at as sort_at from (select * from s order by updated_at desc, ticket_id desc) s join ticket t on t.id = s.ticket_id
      where ${all(sql, conditions)} order by s.updated_at desc, s.ticket_id desc limit ${integer(sql, limit + 1)})
    select ${columns(sql)}, t.sort_at from ${source(sql, sql`page`)} order by t.sort_at desc, t.id desc`
}

export interface SearchWords {
  text: string
  number: number | null
}

/** `#1042`, `№ 1042` and `1042` ask for a number; anything else is words. */
export function searchWords(q: string): SearchWords {
  const number = /^\s*[#№]?\s*(\d{1,12})\s*$/u.exec(q)
  return { text: q, number: number ? Number(number[1]) : null }
}

function columns(sql: Queryable): Fragment {
  return sql`t.id, t.number, t.subject, t.client_id, cl.name as client_name, t.portal_id, p.name as portal_name, t.contact_id, co.name as contact_name, t.channel,
    t.topic, t.kind, t.priority, t.state, t.waiting_for, t.place, t.lane, t.status_staff_ru, t.status_staff_en, t.assignee_id, a.name as assignee_name, t.tags,
    t.entitlement, t.flags, t.breached, t.next_due_at, t.next_due_metric, t.next_due_state, t.next_due_calendar, t.next_due_estimated, t.next_due_left, t.next_due_left_at,
    coalesce(t.last_client_message_at > coalesce(t.last_answer_at, '-infinity'), false) as unanswered,
    t.messages_count, t.registered_at, t.updated_at, t.version, (select app_now()) as now`
}

/** A number in the text of a statement: a plan is kept only where it does not depend on how many rows are asked for. */
function integer(sql: Queryable, value: number): Fragment {
  return sql.unsafe(String(Math.trunc(value))) as unknown as Fragment
}

function source(sql: Queryable, tickets: Fragment = sql`ticket`): Fragment {
  return sql`${tickets} t join client cl on cl.id = t.client_id left join portal p on p.id = t.portal_id
    left join contact co on co.id = t.contact_id left join account a on a.id = t.assignee_id`
}

function sortColumn(sql: Queryable, sort: TicketSort): Fragment {
  if (sort === 'due') return sql`t.next_due_at as sort_at`
  if (sort === 'registered') return sql`t.registered_at as sort_at`
  return sql`t.updated_at as sort_at`
}

function orderBy(sql: Queryable, sort: TicketSort): Fragment {
  if (sort === 'due') return sql`coalesce(t.next_due_at, 'infinity'), t.id`
  if (sort === 'registered') return sql`t.registered_at desc, t.id desc`
  if (sort === 'priority') return sql`t.priority, t.id`
  return sql`t.updated_at desc, t.id desc`
}

function cursorOf(sort: TicketSort, row: ListedTicket): CursorValue[] {
  if (sort === 'priority') return [row.priority, row.id]
  return [row.sortAt === null ? 'infinity' : isoInstant(row.sortAt), row.id]
}

function keyset(sql: Queryable, sort: TicketSort, after: CursorValue[] | null): Fragment[] {
  if (after === null) return []
  const id = Number(after[1])
  if (sort === 'priority') return [sql`(t.priority, t.id) > (${Number(after[0])}, ${id})`]
  const at = readMoment(String(after[0]))
  if (sort === 'due') return [sql`(coalesce(t.next_due_at, 'infinity'), t.id) > (${at}::timestamptz, ${id})`]
  if (sort === 'registered') return [sql`(t.registered_at, t.id) < (${at}::timestamptz, ${id})`]
  return [sql`(t.updated_at, t.id) < (${at}::timestamptz, ${id})`]
}

/** The moment that hits lie before; null where the cursor begins at the newest. */
function momentBefore(text: string): string | null {
  return text === 'infinity' ? null : readMoment(text)
}

function readMoment(text: string): string {
  if (text !== 'infinity' && (Number.isNaN(Date.parse(text)) || !FOUR_DIGITS.test(text)))
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  return text
}

/** The conditions of a filter. Without a word about the state, closed tickets are left out unless something is searched for. */
export function filterConditions(sql: Queryable, actor: Actor, filter: TicketFilter): Fragment[] {
  const found: Fragment[] = [sql`t.merged_into_id is null`]
  const add = (condition: Fragment) => found.push(condition)
  if (filter.state) add(sql`t.state = any(${filter.state}::text[])`)
  if (!filter.state?.includes('closed') && (filter.state || isOpenByDefault(filter))) add(sql`t.state <> 'closed'`)
  if (filter.priority) add(sql`t.priority = any(${filter.priority}::int[])`)
  if (filter.kind)
    add(
      filter.kind.includes('none')
        ? sql`(t.kind is null or t.kind = any(${filter.kind}::text[]))`
        : sql`t.kind = any(${filter.kind}::text[])`,
    )
  if (filter.topic) add(sql`t.topic = ${filter.topic}`)
  if (filter.client) add(sql`t.client_id = ${filter.client}`)
  if (filter.portal) add(sql`t.portal_id = ${filter.portal}`)
  if (filter.contact) add(sql`t.contact_id = ${filter.contact}`)
  if (filter.contract) add(sql`t.contract_id = ${filter.contract}`)
  if (filter.assignee === 'none') add(sql`t.assignee_id is null`)
  else if (filter.assignee !== undefined)
    add(sql`t.assignee_id = ${filter.assignee === 'me' ? actor.accountId : filter.assignee}`)
  if (filter.lane)
    add(sql`t.lane = any(${filter.lane.flatMap((lane) => (lane === 'mine' ? [...actor.roles] : [lane]))}::text[])`)
  if (filter.place) add(sql`t.place = any(${filter.place}::text[])`)
  if (filter.waitingFor) add(sql`t.waiting_for = any(${filter.waitingFor}::text[])`)
  if (filter.channel) add(sql`t.channel = any(${filter.channel}::text[])`)
  if (filter.entitlement) add(sql`t.entitlement = any(${filter.entitlement}::text[])`)
  if (filter.tag) add(sql`t.tags @> ${[filter.tag]}::text[]`)
  if (filter.breached !== undefined) add(filter.breached ? sql`t.breached` : sql`not t.breached`)
  if (filter.dueWithin !== undefined)
    add(sql`t.next_due_at <= (select app_now()) + make_interval(mins => ${filter.dueWithin})`)
  if (filter.parent) add(sql`t.parent_id = ${filter.parent}`)
  if (filter.registeredFrom) add(sql`t.registered_at >= ${filter.registeredFrom}::timestamptz`)
  if (filter.registeredTo) add(sql`t.registered_at < ${filter.registeredTo}::timestamptz`)
  return found
}

function isOpenByDefault(filter: TicketFilter): boolean {
  return (
    filter.q === undefined &&
    filter.breached !== true &&
    filter.registeredFrom === undefined &&
    filter.parent === undefined
  )
}

function all(sql: Queryable, conditions: Fragment[]): Fragment {
  return conditions.reduce((left, right) => sql`${left} and ${right}`)
}

/** A row as the list shows it. `countdown` counts in the clock's calendar. */
export function presentRow(row: ListedTicket, locale: Locale, countdown: TicketPorts['countdown']): TicketRow {
  const named = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    client: { id: row.clientId, name: row.clientName },
    portal: named(row.portalId, row.portalName),
    contact: named(row.contactId, row.contactName),
    channel: row.channel,
    topic: row.topic,
    kind: row.kind,
    priority: row.priority,
    state: row.state,
    waitingFor: row.waitingFor,
    place: row.place,
    lane: row.lane,
    status: locale === 'ru' ? row.statusStaffRu : row.statusStaffEn,
    assignee: named(row.assigneeId, row.assigneeName),
    tags: row.tags,
    entitlement: row.entitlement,
    flags: Object.keys(row.flags).filter((flag) => row.flags[flag]),
    breached: row.breached,
    next: nextOf(row, countdown),
    unanswered: row.unanswered,
    messagesCount: row.messagesCount,
    registeredAt: isoInstant(row.registeredAt),
    updatedAt: isoInstant(row.updatedAt),
    version: row.version,
  }
}

function nextOf(row: ListedTicket, countdown: TicketPorts['countdown']): TicketRow['next'] {
  const { nextDueMetric: metric, nextDueAt: dueAt, nextDueCalendar: calendar, nextDueLeftAt: leftAt } = row
  const left = row.nextDueLeft ?? 0
  const state = row.nextDueState ?? 'running'
  // without a deadline there is something to show only while a pause holds it
  if (metric === null || (dueAt === null && state !== 'paused')) return null
  // a wait after the deadline was not counted: from then on a late clock counts what it had left, not from the deadline
  const isLate = dueAt !== null && leftAt !== null && leftAt > dueAt
  const ahead = calendar === null ? null : countdown(calendar, row.now, isLate ? leftAt : dueAt)
  const counted = ahead?.remainingMinutes ?? null
  return {
    metric,
    dueAt: isoInstantOrNull(dueAt),
    state,
    remainingMinutes: calendar === null ? row.nextDueLeft : counted === null || !isLate ? counted : left + counted,
    open: ahead?.open ?? false,
    turnsIn: ahead?.turnsIn ?? [],
    estimated: row.nextDueEstimated,
  }
}
