import { type Actor, scopeOf } from '@opora/access'
import { type CursorValue, decodeCursor, type Instant, isoInstant, type Locale, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { type AvailableOutcome, outcomesOf, type ProcessService } from '@opora/process'
import { roleOfContact } from './domain/roles-at-place.ts'
import { ticketScope } from './tickets.list.ts'
import { type MessageRow, ticketsReadModel } from './tickets.read-model.ts'
import { processFacts } from './verbs/step-process.ts'

export interface CabinetRow {
  id: number
  clientId: number
  number: number
  subject: string
  portalName: string | null
  statusClientRu: string
  statusClientEn: string
  state: string
  waitingFor: string | null
  priority: number
  kind: string | null
  contactName: string | null
  assigneeName: string | null
  entitlement: string
  entitlementReason: { ru: string; en: string } | null
  expectedAt: Instant | null
  answerBy: Instant | null
  expectedEstimated: boolean
  /** Of the promise above: its state, the calendar that it counts in, and the minutes left as of its last fact. */
  clockState: 'running' | 'paused' | null
  clockKey: string | null
  clockLeft: number | null
  now: Instant
  registeredAt: Instant
  updatedAt: Instant
  closedAt: Instant | null
  version: number
}

function columns(sql: Queryable) {
  return sql`t.id, t.client_id, t.number, t.subject, p.name as portal_name, t.status_client_ru, t.status_client_en, t.state, t.waiting_for, t.priority, t.kind,
    co.name as contact_name, a.name as assignee_name, t.entitlement, t.entitlement_reason, k.due_at as expected_at, w.due_at as answer_by,
    coalesce(s.estimated, false) as expected_estimated, s.state as clock_state, s.counting_key as clock_key, s.left as clock_left, (select app_now()) as now,
    t.registered_at, t.updated_at, t.closed_at, t.version`
}

function clockColumns(sql: Queryable) {
  return sql`due_at, estimated, state, counting_key, target_minutes - used_minutes as left`
}

function source(sql: Queryable) {
  return sql`ticket t left join portal p on p.id = t.portal_id left join contact co on co.id = t.contact_id left join account a on a.id = t.assignee_id
    left join lateral (select ${clockColumns(sql)} from clock where clock.ticket_id = t.id and metric = 'resolution' and state in ('running', 'paused') order by seq desc limit 1) k on true
    left join lateral (select due_at, estimated, 'running' as state, counting_key, target_minutes - used_minutes as left from clock
      where clock.ticket_id = t.id and metric in ('reaction', 'next_answer') and (state = 'running' or ended_at >= t.reply_held_at) order by due_at limit 1) w on true
    left join lateral (select k.* where k.due_at is not null or w.due_at is null
      union all select w.* where k.due_at is null and w.due_at is not null) s on true`
}

/** What the cabinet reads, with the client's own database role underneath. */
export const cabinetReadModel = {
  async list(
    sql: Queryable,
    actor: Actor,
    query: { state: 'open' | 'closed' | 'all'; q?: string | undefined; cursor?: string | undefined; limit: number },
  ) {
    const after: CursorValue[] | null = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
    if (query.cursor !== undefined && after === null) throw refuseHttp('http.bad_cursor', { field: 'cursor' })
    const scope = scopeOf(actor, 'ticket.read')
    const number = /^\s*[#№]?\s*(\d{1,12})\s*$/u.exec(query.q ?? '')
    const rows = await sql<CabinetRow[]>`select ${columns(sql)} from ${source(sql)}
      where ${ticketScope(sql, scope)} and t.client_id = ${actor.contact!.clientId} and t.merged_into_id is null
        ${query.state === 'open' ? sql`and t.state <> 'closed'` : query.state === 'closed' ? sql`and t.state = 'closed'` : sql``}
        ${query.q ? (number ? sql`and t.number = ${Number(number[1])}` : sql`and t.id in (select s.ticket_id from ticket_search s where s.client_id = ${actor.contact!.clientId} and s.client @@ websearch_to_tsquery('russian', ${query.q}))`) : sql``}
        ${after ? sql`and (t.updated_at, t.id) < (${String(after[0])}::timestamptz, ${Number(after[1])})` : sql``}
      order by t.updated_at desc, t.id desc limit ${query.limit + 1}`
    return pageOf([...rows], query.limit, (row) => [isoInstant(row.updatedAt), row.id])
  },
  async one(sql: Queryable, actor: Actor, id: number): Promise<CabinetRow | null> {
    const [row] = await sql<
      CabinetRow[]
    >`select ${columns(sql)} from ${source(sql)} where t.id = ${id} and ${ticketScope(sql, scopeOf(actor, 'ticket.text'))}`
    return row ?? null
  },
  async messages(sql: Queryable, ticketId: number): Promise<MessageRow[]> {
    const rows = await ticketsReadModel.messages(sql, ticketId, ['public'], { limit: 200 })
    return rows.filter((row) => !row.unverified && row.cancelledAt === null)
  },
  /** Who works on it, by name: the people who answered, and the present assignee. */
  async people(sql: Queryable, ticketId: number, locale: Locale): Promise<{ name: string; role: string }[]> {
    const rows = await sql<{ name: string; present: boolean }[]>`
      select a.name, bool_or(t.assignee_id = a.id) as present from ticket t
        join account a on a.id = t.assignee_id or a.id in (select m.author_account_id from message m where m.ticket_id = t.id and m.direction = 'out')
      where t.id = ${ticketId} group by a.name order by 2 desc, 1`
    const words =
      locale === 'ru'
        ? { now: 'занимается сейчас', before: 'отвечает в переписке' }
        : { now: 'works on it now', before: 'answers in the conversation' }
    return rows.map((row) => ({ name: row.name, role: row.present ? words.now : words.before }))
  },
  async outcomes(sql: Queryable, process: ProcessService, actor: Actor, row: CabinetRow): Promise<AvailableOutcome[]> {
    const running = await process.read(sql, row.id)
    if (!running || !actor.contact) return []
    const facts = processFacts({ kind: row.kind, priority: row.priority, vendorFacts: null })
    return outcomesOf(running.definition, running.instance.state, roleOfContact(actor.contact), facts)
  },
}
