import { type Actor, type Scope, scopeCondition, scopeOf } from '@opora/access'
import type { CursorValue, Locale } from '@opora/core'
import { decodeCursor, encodeCursor, isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { TicketFilter, TicketRow } from './contract.ts'
import {
  all,
  columns,
  type Fragment,
  integer,
  type ListedTicket,
  readMoment,
  readRows,
  source,
} from './tickets.list-row.ts'
import { amongShared, searchRows, searchWords } from './tickets.list-search.ts'
import type { TicketPorts } from './tickets.ports.ts'

export type TicketSort = 'due' | 'updated' | 'registered' | 'priority'

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
  const scope = scopeOf(actor, 'ticket.read')
  const conditions = [ticketScope(sql, scope), ...filterConditions(sql, actor, filter)]
  if (isPartner && asked) conditions.push(amongShared(sql, asked))
  const rows = words
    ? await searchRows(sql, words, conditions, JSON.stringify([scope, { ...filter, q: undefined }]), after, limit)
    : await readRows(sql`select ${columns(sql, sortColumn(sql, sort))} from ${source(sql)}
        where ${all(sql, [...conditions, ...keyset(sql, sort, after)])} order by ${orderBy(sql, sort)} limit ${integer(sql, limit + 1)}`)
  const items = rows.slice(0, limit)
  if (words?.number === null) for (const row of items) row.writtenAt = row.sortAt ?? row.updatedAt
  const last = items.at(-1)
  return {
    items: items.map(present),
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(sort, last)) : null,
  }
}

function sortColumn(sql: Queryable, sort: TicketSort): Fragment {
  if (sort === 'due') return sql`t.next_due_at`
  if (sort === 'registered') return sql`t.registered_at`
  return sql`t.updated_at`
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
  if (filter.custom) add(ownField(sql, actor, filter.custom))
  if (filter.tag) add(sql`t.tags @> ${[filter.tag]}::text[]`)
  if (filter.breached !== undefined) add(filter.breached ? sql`t.breached` : sql`not t.breached`)
  if (filter.dueWithin !== undefined)
    add(sql`t.next_due_at <= (select app_now()) + make_interval(mins => ${filter.dueWithin})`)
  if (filter.parent) add(sql`t.parent_id = ${filter.parent}`)
  if (filter.registeredFrom) add(sql`t.registered_at >= ${filter.registeredFrom}::timestamptz`)
  if (filter.registeredTo) add(sql`t.registered_at < ${filter.registeredTo}::timestamptz`)
  return found
}

/** An own field has this value: words, or the number or the yes that the words may stand for. Partners are not told of own fields. */
function ownField(sql: Queryable, actor: Actor, condition: string): Fragment {
  if (actor.side === 'partner') return sql`false`
  const at = condition.indexOf(':')
  const [code, text] = [condition.slice(0, at), condition.slice(at + 1)]
  const values: (string | number | boolean)[] = [text]
  if (text.trim() !== '' && Number.isFinite(Number(text))) values.push(Number(text))
  if (text === 'yes' || text === 'no') values.push(text === 'yes')
  const among = values.map((value) => sql`t.custom @> ${sql.json({ [code]: value })}`)
  return sql`t.custom <> '{}' and (${among.reduce((all, one) => sql`${all} or ${one}`)})`
}

function isOpenByDefault(filter: TicketFilter): boolean {
  return (
    filter.q === undefined &&
    filter.breached !== true &&
    filter.registeredFrom === undefined &&
    filter.parent === undefined
  )
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
    // of a person who is hidden from the reader there is nothing to say
    contact: row.contactName === null ? null : named(row.contactId, row.contactName),
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
    completeness: row.completeness,
    missing: row.missing.map((one) => one[locale]),
    registeredAt: isoInstant(row.registeredAt),
    updatedAt: isoInstant(row.updatedAt),
    writtenAt: isoInstantOrNull(row.writtenAt),
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
