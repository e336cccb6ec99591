import { type Scope, scopeCondition } from '@opora/access'
import { decodeCursor, type Instant, isoInstant, isoInstantOrNull, type Locale, type Page, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import { clockName } from './clock-row.ts'
import { clocksOf } from './clocks-of.ts'
import type { BreachView, breachQuery } from './contract.ts'
import { type Lateness, latenessOf } from './domain/breach.ts'
import type { ClockState } from './domain/clock-state.ts'
import type { Metric } from './domain/policy.ts'
import { targetInWords, wordFor } from './sla-words.ts'
import type { TimelineCache } from './timeline.ts'

type Query = z.infer<typeof breachQuery>

interface Row {
  id: number
  ticketId: number
  number: number
  subject: string
  state: string
  clientId: number
  clientName: string
  assignee: string | null
  metric: Metric
  seq: number
  dueAt: Instant
  at: Instant
  cause: string | null
  causeBy: string | null
  causeAt: Instant | null
  version: number
  now: Instant
}

function columns(sql: Queryable) {
  return sql`a.id, a.ticket_id, t.number, t.subject, t.state, a.client_id, cl.name as client_name, w.name as assignee, a.metric, a.seq, a.due_at, a.at,
    n.cause, b.name as cause_by, n.at as cause_at, coalesce(n.version, 0) as version, app_now() as now
    from sla_alarm a join ticket t on t.id = a.ticket_id join client cl on cl.id = a.client_id left join account w on w.id = t.assignee_id
    left join breach_note n on n.alarm_id = a.id left join account b on b.id = n.actor_id`
}

/** Breaches, the newest first, each with how late it was. */
export async function listBreaches(
  sql: Queryable,
  timelines: TimelineCache,
  scope: Scope,
  query: Query,
  locale: Locale,
): Promise<Page<BreachView>> {
  const after = readCursor(query.cursor)
  const { client, metric, from, to, explained } = query
  const rows = await sql<Row[]>`
    select ${columns(sql)}
    where a.kind = 'breach' and ${scopeCondition(sql, scope, { client: sql`a.client_id` })}
      ${client === undefined ? sql`` : sql`and a.client_id = ${client}`}
      ${metric === undefined ? sql`` : sql`and a.metric = ${metric}`}
      ${from === undefined ? sql`` : sql`and a.at >= ${from}::timestamptz`}
      ${to === undefined ? sql`` : sql`and a.at < ${to}::timestamptz`}
      ${explained === undefined ? sql`` : explained === 'yes' ? sql`and n.alarm_id is not null` : sql`and n.alarm_id is null`}
      ${after ? sql`and (a.at, a.id) < (${after[0]}::timestamptz, ${after[1]})` : sql``}
    order by a.at desc, a.id desc limit ${query.limit + 1}`
  const page = pageOf([...rows], query.limit, (row) => [isoInstant(row.at), row.id])
  return { ...page, items: await presentBreaches(sql, timelines, page.items, locale) }
}

/** One breach of this scope; `null` for a foreign one. */
export async function breachById(
  sql: Queryable,
  timelines: TimelineCache,
  scope: Scope,
  id: number,
  locale: Locale,
): Promise<BreachView | null> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} where a.id = ${id} and a.kind = 'breach' and ${scopeCondition(sql, scope, { client: sql`a.client_id` })}`
  return (await presentBreaches(sql, timelines, rows, locale))[0] ?? null
}

async function presentBreaches(
  sql: Queryable,
  timelines: TimelineCache,
  rows: readonly Row[],
  locale: Locale,
): Promise<BreachView[]> {
  const tickets = [...new Map(rows.map((row) => [row.ticketId, { id: row.ticketId, clientId: row.clientId }])).values()]
  const folded = tickets.length === 0 ? [] : await clocksOf(sql, timelines, tickets, rows[0]!.now)
  const clocks = new Map(
    folded.flatMap(({ ticketId, rules, clocks: own }) =>
      own.map((clock) => [`${ticketId} ${clockName(clock)}`, { clock, lateness: latenessOf(clock, rules.book.all()) }]),
    ),
  )
  return rows.map((row) => presentBreach(row, clocks.get(`${row.ticketId} ${clockName(row)}`), locale))
}

function presentBreach(
  row: Row,
  found: { clock: ClockState; lateness: Lateness | null } | undefined,
  locale: Locale,
): BreachView {
  const { clock, lateness } = found ?? { clock: null, lateness: null }
  return {
    id: row.id,
    ticket: { id: row.ticketId, number: row.number, subject: row.subject, state: row.state },
    client: { id: row.clientId, name: row.clientName },
    assignee: row.assignee,
    metric: row.metric,
    metricName: wordFor(row.metric, locale),
    seq: row.seq,
    priority: clock?.priority ?? 0,
    promised: clock ? targetInWords(clock.target, locale) : '',
    row: clock ? (locale === 'ru' ? clock.rowName : clock.rowNameEn) : '',
    dueAt: isoInstant(row.dueAt),
    breachedAt: isoInstant(clock?.breachedAt ?? row.at),
    metAt: isoInstantOrNull(clock?.metAt),
    lateMinutes: lateness?.lateMinutes ?? 0,
    whollyWaitingForClient: lateness?.whollyWaitingForClient ?? false,
    cause: row.cause,
    causeBy: row.causeBy,
    causeAt: isoInstantOrNull(row.causeAt),
    version: row.version,
  }
}

function readCursor(cursor: string | undefined): [string, number] | null {
  if (cursor === undefined) return null
  const [at, id] = decodeCursor(cursor, 2) ?? []
  const isGood = typeof at === 'string' && !Number.isNaN(Date.parse(at)) && Number.isSafeInteger(id)
  if (!isGood) throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  return [at, id as number]
}
