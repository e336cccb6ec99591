import { type Actor, mayEver, type ScopeColumns, scopeCondition, scopeOf } from '@opora/access'
import type { CivilDate, Instant, Locale, Page } from '@opora/core'
import { civilDateIn, decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ticketScope } from '@opora/tickets'
import type { TimeEntryView, TimeQuery, TimerView } from './contract.ts'
import { idleMinutes, minutesBetween } from './domain/time-entry.ts'
import { type EntryCharge, type EntryReason, stepsFor } from './entry-charge.ts'
import { IDLE_AFTER_MINUTES } from './idle.ts'

type Fragment = ReturnType<Queryable>

interface ViewRow
  extends Omit<
    TimeEntryView,
    | 'ticket'
    | 'client'
    | 'account'
    | 'activity'
    | 'approvedBy'
    | 'approvedAt'
    | 'startedAt'
    | 'endedAt'
    | 'createdAt'
    | 'reason'
    | 'steps'
    | 'share'
    | 'explanation'
    | 'mine'
    | 'date'
    | 'service'
  > {
  ticketId: number
  number: number
  subject: string
  clientId: number
  clientName: string
  accountId: number
  accountName: string
  activityCode: string
  activityRu: string
  activityEn: string
  serviceCode: string | null
  serviceRu?: string | null
  serviceEn?: string | null
  startedAt: Instant
  endedAt: Instant
  billableReason: EntryReason | null
  charge: Partial<EntryCharge>
  approvedById: number | null
  approvedByName: string | null
  approvedAt: Instant | null
  createdAt: Instant
  zone: string
}

/** What a partner's own role may read of an entry: their work, and nothing of what it took. */
function partnerSource(sql: Queryable, actor: Actor): Fragment {
  return sql`select e.id, e.ticket_id, t.number, t.subject, e.client_id, cl.name as client_name, e.account_id, a.name as account_name,
      e.activity as activity_code, v.name_ru as activity_ru, v.name_en as activity_en, e.started_at, e.ended_at, e.timed, e.minutes,
      e.note, null as billable, null as billable_reason, '{}'::jsonb as charge, e.urgent, e.on_site, false as out_of_hours, e.visible, null as service_code,
      0 as charged_minutes, 0 as stopped_minutes, 0 as amount_kopecks, e.source, e.period, e.reverses_id, e.reversed_by_id,
      e.reason as correction_reason, e.approved_by as approved_by_id, ap.name as approved_by_name, e.approved_at, e.created_at, e.version,
      ${actor.zone}::text as zone, false as period_closed
    from time_entry e join ticket t on t.id = e.ticket_id join client cl on cl.id = e.client_id join account a on a.id = e.account_id
      join activity v on v.code = e.activity left join account ap on ap.id = e.approved_by`
}

function source(sql: Queryable, actor: Actor): Fragment {
  if (actor.side === 'partner') return partnerSource(sql, actor)
  return sql`select e.id, e.ticket_id, t.number, t.subject, e.client_id, cl.name as client_name, e.account_id, a.name as account_name,
      e.activity as activity_code, v.name_ru as activity_ru, v.name_en as activity_en, e.started_at, e.ended_at, e.timed, e.minutes,
      e.note, e.billable, e.billable_reason, e.charge, e.urgent, e.on_site, e.out_of_hours, e.visible, e.service as service_code,
      s.name_ru as service_ru, s.name_en as service_en, e.charged_minutes,
      e.stopped_minutes, e.amount_kopecks, e.source, e.period, e.reverses_id, e.reversed_by_id, e.reason as correction_reason,
      e.approved_by as approved_by_id, ap.name as approved_by_name, e.approved_at, e.created_at, e.version,
      coalesce(k.zone, cl.zone) as zone,
      exists (select 1 from period_close p where p.contract_id = e.contract_id and p.period = e.period and p.state <> 'undone')
        as period_closed
    from time_entry e join ticket t on t.id = e.ticket_id join client cl on cl.id = e.client_id join account a on a.id = e.account_id
      join activity v on v.code = e.activity left join account ap on ap.id = e.approved_by left join contract k on k.id = e.contract_id
      left join catalogue_service s on s.code = e.service`
}

function present(row: ViewRow, actor: Actor, locale: Locale): TimeEntryView {
  const seesMoney = mayEver(actor, 'price.read')
  return {
    id: row.id,
    ticket: { id: row.ticketId, number: row.number, subject: row.subject },
    client: { id: row.clientId, name: row.clientName },
    account: { id: row.accountId, name: row.accountName },
    activity: { code: row.activityCode, name: locale === 'ru' ? row.activityRu : row.activityEn },
    startedAt: isoInstant(row.startedAt),
    endedAt: isoInstant(row.endedAt),
    timed: row.timed,
    date: civilDateIn(row.zone, row.startedAt),
    minutes: row.minutes,
    note: row.note,
    billable: row.billable,
    reason: row.billableReason,
    share: actor.side === 'partner' ? null : (row.charge.share ?? 'included'),
    explanation: row.charge.explanation?.[locale] ?? '',
    urgent: row.urgent,
    onSite: row.onSite,
    outOfHours: row.outOfHours,
    service: row.serviceCode === null ? null : { code: row.serviceCode, name: serviceName(row, locale) },
    visible: row.visible,
    chargedMinutes: row.chargedMinutes,
    stoppedMinutes: row.stoppedMinutes,
    amountKopecks: seesMoney ? row.amountKopecks : null,
    steps: stepsFor(row.charge.steps ?? [], locale, seesMoney),
    source: row.source,
    period: row.period,
    periodClosed: row.periodClosed,
    reversesId: row.reversesId,
    reversedById: row.reversedById,
    correctionReason: row.correctionReason,
    approvedBy: row.approvedById === null ? null : { id: row.approvedById, name: row.approvedByName ?? '' },
    approvedAt: isoInstantOrNull(row.approvedAt),
    mine: row.accountId === actor.accountId,
    createdAt: isoInstant(row.createdAt),
    version: row.version,
  }
}

function serviceName(row: ViewRow, locale: Locale): string {
  return (locale === 'ru' ? row.serviceRu : row.serviceEn) ?? row.serviceCode ?? ''
}

/** Whose entries: those of clients that one serves, and one's own. */
function entryColumns(sql: Queryable): ScopeColumns {
  return {
    client: sql`e.client_id`,
    owner: sql`e.account_id`,
    contact: sql`t.contact_id`,
    participant: (contactId) =>
      sql`exists (select 1 from ticket_person tp where tp.ticket_id = t.id and tp.contact_id = ${contactId} and tp.removed_at is null)`,
    department: (name) => sql`exists (select 1 from contact dc where dc.id = t.contact_id and dc.department = ${name})`,
  }
}

const TICKET_ENTRIES_MAX = 1_000

/** All entries of a ticket, in order of the work. */
export async function entriesOfTicket(sql: Queryable, actor: Actor, ticketId: number): Promise<TimeEntryView[]> {
  const rows = await sql<ViewRow[]>`${source(sql, actor)}
    where e.ticket_id = ${ticketId} and ${scopeCondition(sql, scopeOf(actor, 'time.read'), entryColumns(sql))}
    order by e.started_at, e.id limit ${TICKET_ENTRIES_MAX}`
  return rows.map((row) => present(row, actor, actor.locale))
}

export async function entryView(sql: Queryable, actor: Actor, id: number): Promise<TimeEntryView | null> {
  const [row] = await sql<ViewRow[]>`${source(sql, actor)}
    where e.id = ${id} and ${scopeCondition(sql, scopeOf(actor, 'time.read'), entryColumns(sql))}`
  return row ? present(row, actor, actor.locale) : null
}

/** Entries of days, the latest first. Days are counted in the reader's zone. */
export async function listTime(sql: Queryable, actor: Actor, query: TimeQuery): Promise<Page<TimeEntryView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
  if (query.cursor !== undefined && !after?.every((value) => typeof value === 'number')) {
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  }
  const rows = await sql<ViewRow[]>`${source(sql, actor)}
    where e.started_at >= ${query.from}::date::timestamp at time zone ${actor.zone}
      and e.started_at < (${query.to}::date + 1)::timestamp at time zone ${actor.zone}
      and ${scopeCondition(sql, scopeOf(actor, 'time.read'), entryColumns(sql))}
      ${query.accountId ? sql`and e.account_id = ${query.accountId}` : sql``}
      ${query.clientId ? sql`and e.client_id = ${query.clientId}` : sql``}
      ${query.approved === 'all' ? sql`` : query.approved === 'yes' ? sql`and e.approved_at is not null` : sql`and e.approved_at is null`}
      ${after ? sql`and (e.started_at, e.id) < (${isoInstant(after[0] as number)}::timestamptz, ${after[1] as number}::bigint)` : sql``}
    order by e.started_at desc, e.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.startedAt, row.id])
  return { ...page, items: page.items.map((row) => present(row, actor, actor.locale)) }
}

/** Billable minutes on a ticket: those that count against its estimate, and diagnosis that does not. */
export async function usedOnTicket(
  sql: Queryable,
  ticketId: number,
  exceptId: number | null = null,
): Promise<{ countedMinutes: number; exemptMinutes: number }> {
  const [row] = await sql<{ countedMinutes: number; exemptMinutes: number }[]>`
    select coalesce(sum(charged_minutes - exempt_minutes), 0)::bigint as counted_minutes,
      coalesce(sum(exempt_minutes), 0)::bigint as exempt_minutes
    from time_entry where ticket_id = ${ticketId} and billable and id is distinct from ${exceptId}::bigint`
  return row!
}

/** A ticket as far as time on it depends on it. */
export interface TimedTicket {
  id: number
  clientId: number
  contractId: number | null
  channel: string
  topic: string | null
  kind: string | null
  lane: string | null
}

/** A ticket that the reader may see, as far as time needs it. */
export async function ticketOf(sql: Queryable, actor: Actor, ticketId: number): Promise<TimedTicket | null> {
  const [row] = await sql<TimedTicket[]>`
    select t.id, t.client_id, t.contract_id, t.channel, t.topic, t.kind, t.lane from ticket t
    where t.id = ${ticketId} and ${ticketScope(sql, scopeOf(actor, 'ticket.read'))}`
  return row ?? null
}

export interface CabinetTimeRow {
  id: number
  person: string
  activity: string
  note: string
  startedAt: Instant
  date: CivilDate
  minutes: number
  chargedMinutes: number
  billable: boolean
  correction: boolean
}

/** Work on a request as the client sees it; never what it cost. */
export async function cabinetEntries(
  sql: Queryable,
  actor: Actor,
  ticketId: number,
  locale: Locale,
): Promise<CabinetTimeRow[]> {
  return sql<CabinetTimeRow[]>`
    select e.id, a.name as person, ${locale === 'ru' ? sql`v.name_ru` : sql`v.name_en`} as activity, e.note, e.started_at,
      (e.started_at at time zone cl.zone)::date as date, e.minutes, e.charged_minutes, e.billable,
      e.reverses_id is not null or e.reversed_by_id is not null as correction
    from time_entry e join ticket t on t.id = e.ticket_id join client cl on cl.id = e.client_id join account a on a.id = e.account_id
      join activity v on v.code = e.activity
    where e.ticket_id = ${ticketId} and e.visible and ${scopeCondition(sql, scopeOf(actor, 'time.read'), entryColumns(sql))}
    order by e.started_at, e.id limit ${TICKET_ENTRIES_MAX}`
}

/** The person's running timer. */
export async function timerOf(sql: Queryable, accountId: number, now: Instant): Promise<TimerView | null> {
  const [row] = await sql<
    {
      ticketId: number
      number: number
      subject: string
      clientId: number
      clientName: string
      activity: string
      note: string
      startedAt: Instant
      seenAt: Instant
      idleAfter: number
    }[]
  >`
    select w.ticket_id, t.number, t.subject, w.client_id, cl.name as client_name, w.activity, w.note, w.started_at,
      w.seen_at, coalesce(p.idle_minutes, ${IDLE_AFTER_MINUTES}) as idle_after
    from work_timer w join ticket t on t.id = w.ticket_id join client cl on cl.id = w.client_id
      left join time_preference p on p.account_id = w.account_id
    where w.account_id = ${accountId}`
  if (!row) return null
  return {
    ticket: { id: row.ticketId, number: row.number, subject: row.subject },
    client: { id: row.clientId, name: row.clientName },
    activity: row.activity,
    note: row.note,
    startedAt: isoInstant(row.startedAt),
    runningMinutes: minutesBetween(row.startedAt, now),
    seenAt: isoInstant(row.seenAt),
    idleMinutes: row.idleAfter === 0 ? null : idleMinutes(row.seenAt, now, row.idleAfter),
  }
}

/** How long a person's silence is let be before they are asked; 0: never. */
export async function idleAfterOf(sql: Queryable, accountId: number): Promise<number> {
  const [row] = await sql<
    { minutes: number }[]
  >`select idle_minutes as minutes from time_preference where account_id = ${accountId}`
  return row?.minutes ?? IDLE_AFTER_MINUTES
}
