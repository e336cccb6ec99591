import { type CloseStatement, contractById, type KnownContract, versionOn, versionsOf } from '@opora/contracts'
import { type CivilDate, type CivilMonth, type Instant, isoInstant, monthSpan, type Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { SlaFigures } from '@opora/sla'
import { ratingsOf } from '@opora/surveys'
import { buildClientReport, type Labelled, type RequestInput, type WorkInput } from './domain/build-report.ts'
import type { ClientReport, ReportClock, ReportEstimate } from './domain/client-report.ts'
import { billOfClose, bucketsOfClose } from './domain/report-of-close.ts'

interface Span {
  from: Instant
  to: Instant
}

const KINDS: Record<string, Words> = {
  accident: { ru: 'Авария', en: 'Accident' },
  incident: { ru: 'Инцидент', en: 'Incident' },
  change: { ru: 'Запрос на изменение', en: 'Change' },
  service_request: { ru: 'Запрос на обслуживание', en: 'Service request' },
  consultation: { ru: 'Консультация', en: 'Consultation' },
}
const OPEN: Labelled = { code: 'open', name: { ru: 'В работе', en: 'In work' } }
const SOLVED: Labelled = { code: 'solved', name: { ru: 'Решено', en: 'Solved' } }
const REJECTED: Labelled = { code: 'rejected', name: { ru: 'Отклонено', en: 'Rejected' } }
const CLOSED: Labelled = { code: 'closed', name: { ru: 'Закрыто', en: 'Closed' } }

/** The month's report from what is kept: the same facts give the same report whenever it is built. */
export async function reportOf(
  sql: Queryable,
  ask: {
    contractId: number
    month: CivilMonth
    statement: CloseStatement
    figures: SlaFigures
    recommendations: readonly string[]
  },
): Promise<ClientReport> {
  const contract = (await contractById(sql, ask.contractId))!
  const span = monthSpan(contract.zone, ask.month)
  const { statement } = ask
  const names = await namesOf(sql, contract, ask.month)
  const tickets = await ticketNumbers(sql, statement)
  const ratings = await ratingsOf(sql, { contractId: contract.id, ...span })
  return buildClientReport({
    provider: { name: names.provider },
    client: { name: names.client },
    contract: { number: contract.number, title: contract.title, packageName: names.packageName },
    month: ask.month,
    zone: contract.zone,
    requests: await requestsOf(sql, contract.id, span),
    clocks: ask.figures.list.flatMap(clockOf),
    work: await workOf(sql, contract, ask.month),
    buckets: bucketsOfClose(statement),
    overageMinutes: statement.totals.overageMinutes,
    bill: billOfClose(statement, (id) => tickets.get(id) ?? null),
    estimates: await estimatesOf(sql, contract.id, span),
    ratings: ratings.map((rating) => ({ ...rating, ticketNumber: String(rating.ticketNumber) })),
    recommendations: ask.recommendations,
  })
}

async function namesOf(sql: Queryable, contract: KnownContract, month: CivilMonth) {
  const [row] = await sql<{ provider: string | null; client: string }[]>`
    select (select company_name from installation) as provider, name as client from client where id = ${contract.clientId}`
  const versions = await versionsOf(sql, contract.id)
  const first = contract.startsOn > `${month}-01` ? contract.startsOn : `${month}-01`
  const code = versionOn(versions, first)?.terms.packageCode ?? null
  const [named] =
    code === null
      ? []
      : await sql<
          { ru: string; en: string }[]
        >`select name_ru as ru, name_en as en from catalogue_package where code = ${code}`
  return { provider: row?.provider ?? 'Опора', client: row?.client ?? '', packageName: named ? { ...named } : null }
}

async function ticketNumbers(sql: Queryable, statement: CloseStatement): Promise<Map<string, string>> {
  const ids = [...new Set(statement.lines.flatMap((line) => (line.ticketId === null ? [] : [Number(line.ticketId)])))]
  const rows = await sql<{ id: string; number: string }[]>`
    select id::text as id, number::text as number from ticket where id = any(${ids}::bigint[])`
  return new Map(rows.map((row) => [row.id, row.number]))
}

/** Requests that lived in the month, as they stood at its end by the facts of their history. */
async function requestsOf(sql: Queryable, contractId: number, span: Span): Promise<RequestInput[]> {
  const rows = await sql<
    {
      number: string
      title: string
      kind: string | null
      priority: number
      portal: string | null
      openedAt: Instant
      solvedAt: Instant | null
      closedAt: Instant | null
      rejectedAt: Instant | null
    }[]
  >`
    select t.number::text as number, t.subject as title, t.kind, t.priority, p.name as portal, t.registered_at as opened_at,
      t.solved_at, t.closed_at,
      -- the last refusal by the month's end that nothing has taken back since
      (select max(e.at) from ticket_event e where e.ticket_id = t.id and e.type = 'reject' and e.at < ${isoInstant(span.to)}::timestamptz
        and not exists (select 1 from ticket_event b where b.ticket_id = t.id and b.type = 'reopened' and b.id > e.id
          and b.at < ${isoInstant(span.to)}::timestamptz)) as rejected_at
    from ticket t left join portal p on p.id = t.portal_id
    where t.contract_id = ${contractId} and t.merged_into_id is null and t.registered_at < ${isoInstant(span.to)}::timestamptz
      and (coalesce(t.closed_at, t.solved_at) is null or coalesce(t.closed_at, t.solved_at) >= ${isoInstant(span.from)}::timestamptz)
    order by t.number`
  return rows.map(({ kind, closedAt, ...row }) => {
    const solvedAt = row.solvedAt ?? closedAt
    const inMonth = solvedAt !== null && solvedAt < span.to ? solvedAt : null
    const isClosed = closedAt !== null && closedAt < span.to
    return {
      ...row,
      kind: kind === null ? null : { code: kind, name: KINDS[kind] ?? { ru: kind, en: kind } },
      state: row.rejectedAt !== null ? REJECTED : isClosed ? CLOSED : inMonth === null ? OPEN : SOLVED,
      solvedAt: row.rejectedAt === null ? inMonth : null,
    }
  })
}

function clockOf(figure: SlaFigures['list'][number]): ReportClock[] {
  if (figure.dueAt === null) return []
  return [
    {
      ticketNumber: String(figure.ticketNumber),
      ticketTitle: figure.subject,
      metric: figure.metric,
      priority: figure.priority,
      promised: figure.promised,
      actualMinutes: figure.actualMinutes,
      dueAt: figure.dueAt,
      metAt: figure.metAt,
      outcome: figure.outcome,
      lateMinutes: figure.lateMinutes,
      note: figure.cause,
    },
  ]
}

async function workOf(sql: Queryable, contract: KnownContract, month: CivilMonth): Promise<WorkInput[]> {
  const rows = await sql<
    {
      date: CivilDate
      ticketNumber: string
      ticketTitle: string
      person: string
      activityRu: string
      activityEn: string
      description: string
      workedMinutes: number
      billableMinutes: number
      share: WorkInput['share'] | null
      urgent: boolean
      onSite: boolean
      outOfHours: boolean
      correction: boolean
      explanation: Words[] | null
      visible: boolean
    }[]
  >`
    select (e.started_at at time zone ${contract.zone})::date as date, t.number::text as ticket_number, t.subject as ticket_title,
      a.name as person, v.name_ru as activity_ru, v.name_en as activity_en, e.note as description, e.minutes as worked_minutes,
      e.charged_minutes as billable_minutes, e.charge ->> 'share' as share, e.urgent, e.on_site, e.out_of_hours,
      e.reverses_id is not null or e.reason is not null as correction, e.charge -> 'steps' as explanation, e.visible
    from time_entry e join ticket t on t.id = e.ticket_id join account a on a.id = e.account_id join activity v on v.code = e.activity
    where e.contract_id = ${contract.id} and e.period = ${month}
      -- what was taken back within the month leaves no trace in its report
      and not exists (select 1 from time_entry o where o.period = e.period and (o.id = e.reversed_by_id or o.id = e.reverses_id))
    order by e.id`
  return rows.map(({ activityRu, activityEn, share, explanation, ...row }) => ({
    ...row,
    activity: { ru: activityRu, en: activityEn },
    share: share ?? 'included',
    explanation: explanation ?? [],
  }))
}

async function estimatesOf(
  sql: Queryable,
  contractId: number,
  span: Span,
): Promise<Omit<ReportEstimate, 'differenceMinutes'>[]> {
  return sql<Omit<ReportEstimate, 'differenceMinutes'>[]>`
    select t.number::text as ticket_number, t.subject as ticket_title, e.state, sum(e.minutes)::bigint as estimated_minutes,
      sum(e.amount_kopecks)::bigint as estimated_kopecks, case when e.state = 'approved' then coalesce((select
        sum(w.charged_minutes - w.exempt_minutes) from time_entry w join contract k on k.id = ${contractId}
        where w.ticket_id = t.id and w.billable and w.period <= to_char(${isoInstant(span.from)}::timestamptz at time zone k.zone, 'YYYY-MM')), 0)
        else 0 end::bigint as actual_minutes
    from estimate e join ticket t on t.id = e.ticket_id
    where t.contract_id = ${contractId} and e.state in ('offered', 'approved', 'declined', 'asked')
      and e.offered_at < ${isoInstant(span.to)}::timestamptz
      and (e.decided_at >= ${isoInstant(span.from)}::timestamptz or e.offered_at >= ${isoInstant(span.from)}::timestamptz
        or exists (select 1 from time_entry w where w.ticket_id = t.id and w.started_at >= ${isoInstant(span.from)}::timestamptz
          and w.started_at < ${isoInstant(span.to)}::timestamptz))
    group by t.id, t.number, t.subject, e.state order by t.number`
}
