import { type CloseStatement, type ContractVersion, type KnownContract, versionOn } from '@opora/contracts'
import { type CivilMonth, type Instant, isoInstant, type Words } from '@opora/core'
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

export interface AskedReport {
  contract: KnownContract
  versions: readonly ContractVersion[]
  statement: CloseStatement
  /** Absent where the contract promised nothing in the month. */
  figures: SlaFigures | undefined
  recommendations: readonly string[]
}

/**
 * The month's reports of contracts of one zone, from what is kept: the same facts give the same report whenever it is built, and as many
 * queries are asked for a thousand as for one.
 */
export async function reportsOf(
  sql: Queryable,
  ask: { month: CivilMonth; span: Span; zone: string; contracts: readonly AskedReport[] },
): Promise<Map<number, ClientReport>> {
  const { month, span, zone } = ask
  const ids = ask.contracts.map(({ contract }) => contract.id)
  const [names, tickets, ratings, requests, work, estimates] = await Promise.all([
    namesOf(sql, ask.contracts),
    ticketNumbers(sql, ask.contracts),
    ratingsOf(sql, { contractIds: ids, ...span }),
    requestsOf(sql, ids, span),
    workOf(sql, ids, { month, zone }),
    estimatesOf(sql, ids, span),
  ])
  const [ratingsBy, requestsBy, workBy, estimatesBy] = [
    byContract(ratings),
    byContract(requests),
    byContract(work),
    byContract(estimates),
  ]
  return new Map(
    ask.contracts.map(({ contract, versions, statement, figures, recommendations }) => [
      contract.id,
      buildClientReport({
        provider: { name: names.provider },
        client: { name: names.clients.get(contract.clientId) ?? '' },
        contract: {
          number: contract.number,
          title: contract.title,
          packageName: names.packages.get(packageOf(contract, versions, month) ?? '') ?? null,
        },
        month,
        zone,
        requests: (requestsBy.get(contract.id) ?? []).map(requestOf(span)),
        clocks: (figures?.list ?? []).flatMap(clockOf),
        work: (workBy.get(contract.id) ?? []).map(workInput),
        buckets: bucketsOfClose(statement),
        overageMinutes: statement.totals.overageMinutes,
        bill: billOfClose(statement, (id) => tickets.get(id) ?? null),
        estimates: (estimatesBy.get(contract.id) ?? []).map(({ contractId: _, ...estimate }) => estimate),
        ratings: (ratingsBy.get(contract.id) ?? []).map(({ score, comment, ticketNumber }) => ({
          score,
          comment,
          ticketNumber: String(ticketNumber),
        })),
        recommendations,
      }),
    ]),
  )
}

function byContract<Row extends { contractId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => row.contractId)
}

function packageOf(contract: KnownContract, versions: readonly ContractVersion[], month: CivilMonth): string | null {
  const first = contract.startsOn > `${month}-01` ? contract.startsOn : `${month}-01`
  return versionOn(versions, first)?.terms.packageCode ?? null
}

async function namesOf(sql: Queryable, contracts: readonly AskedReport[]) {
  const clientIds = contracts.map(({ contract }) => contract.clientId)
  const [[own], clients, packages] = await Promise.all([
    sql<{ name: string | null }[]>`select company_name as name from installation`,
    sql<{ id: number; name: string }[]>`select id, name from client where id = any(${clientIds}::bigint[])`,
    sql<{ code: string; ru: string; en: string }[]>`select code, name_ru as ru, name_en as en from catalogue_package`,
  ])
  return {
    provider: own?.name ?? 'Опора',
    clients: new Map(clients.map(({ id, name }) => [id, name])),
    packages: new Map(packages.map(({ code, ru, en }) => [code, { ru, en }])),
  }
}

async function ticketNumbers(sql: Queryable, contracts: readonly AskedReport[]): Promise<Map<string, string>> {
  const named = contracts.flatMap(({ statement }) => statement.lines.map((line) => line.ticketId))
  const ids = [...new Set(named.flatMap((id) => (id === null ? [] : [Number(id)])))]
  const rows = await sql<{ id: string; number: string }[]>`
    select id::text as id, number::text as number from ticket where id = any(${ids}::bigint[])`
  return new Map(rows.map((row) => [row.id, row.number]))
}

interface RequestRow extends Omit<RequestInput, 'kind' | 'state'> {
  contractId: number
  kind: string | null
  closedAt: Instant | null
}

/** Requests that lived in the month, as they stood at its end by the facts of their history. */
async function requestsOf(sql: Queryable, contractIds: readonly number[], span: Span): Promise<RequestRow[]> {
  const end = sql`${isoInstant(span.to)}::timestamptz`
  return sql<RequestRow[]>`
    select t.contract_id, t.number::text as number, t.subject as title, coalesce(kind.was, t.kind) as kind,
      coalesce(priority.was, t.priority) as priority, p.name as portal, t.registered_at as opened_at,
      case when coalesce(t.solved_at, t.closed_at) < ${end} then coalesce(t.solved_at, t.closed_at) else ended.solved_at end as solved_at,
      case when t.closed_at < ${end} then t.closed_at else ended.closed_at end as closed_at,
      -- the last refusal by the month's end that nothing has taken back since
      (select max(e.at) from ticket_event e where e.ticket_id = t.id and e.type = 'reject' and e.at < ${isoInstant(span.to)}::timestamptz
        and not exists (select 1 from ticket_event b where b.ticket_id = t.id and b.type = 'reopened' and b.id > e.id
          and b.at < ${isoInstant(span.to)}::timestamptz)) as rejected_at
    from ticket t left join portal p on p.id = t.portal_id
      -- what was changed after the month's end still was as it had been
      left join lateral (select e.data ->> 'from' as was from ticket_event e
        where e.ticket_id = t.id and e.type = 'kind_changed' and e.at >= ${end} order by e.id limit 1) kind on true
      left join lateral (select (e.data ->> 'from')::smallint as was from ticket_event e
        where e.ticket_id = t.id and e.type = 'priority_changed' and e.at >= ${end} order by e.id limit 1) priority on true
      left join lateral (select max(e.at) as solved_at, max(e.at) filter (where e.type = 'closed') as closed_at from ticket_event e
        where e.ticket_id = t.id and e.type in ('solved', 'closed') and e.at < ${end}
          and not exists (select 1 from ticket_event b where b.ticket_id = t.id and b.type in ('reopened', 'confirm_rejected')
            and b.id > e.id and b.at < ${end})) ended on coalesce(t.solved_at, t.closed_at) is null or coalesce(t.closed_at, t.solved_at) >= ${end}
    where t.contract_id = any(${[...contractIds]}::bigint[]) and t.merged_into_id is null and t.registered_at < ${isoInstant(span.to)}::timestamptz
      and (coalesce(t.closed_at, t.solved_at) is null or coalesce(t.closed_at, t.solved_at) >= ${isoInstant(span.from)}::timestamptz)
    order by t.number`
}

function requestOf(span: Span): (row: RequestRow) => RequestInput {
  return ({ contractId: _, kind, closedAt, ...row }) => {
    const solvedAt = row.solvedAt ?? closedAt
    const inMonth = solvedAt !== null && solvedAt < span.to ? solvedAt : null
    const isClosed = closedAt !== null && closedAt < span.to
    return {
      ...row,
      kind: kind === null ? null : { code: kind, name: KINDS[kind] ?? { ru: kind, en: kind } },
      state: row.rejectedAt !== null ? REJECTED : isClosed ? CLOSED : inMonth === null ? OPEN : SOLVED,
      solvedAt: row.rejectedAt === null ? inMonth : null,
    }
  }
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

interface WorkRow extends Omit<WorkInput, 'activity' | 'share' | 'explanation'> {
  contractId: number
  activityRu: string
  activityEn: string
  share: WorkInput['share'] | null
  explanation: Words[] | null
}

async function workOf(
  sql: Queryable,
  contractIds: readonly number[],
  { month, zone }: { month: CivilMonth; zone: string },
): Promise<WorkRow[]> {
  return sql<WorkRow[]>`
    select e.contract_id, (e.started_at at time zone ${zone})::date as date, t.number::text as ticket_number, t.subject as ticket_title,
      a.name as person, v.name_ru as activity_ru, v.name_en as activity_en, e.note as description, e.minutes as worked_minutes,
      e.charged_minutes as billable_minutes, e.charge ->> 'share' as share, e.urgent, e.on_site, e.out_of_hours,
      e.reverses_id is not null or e.reason is not null as correction, e.charge -> 'steps' as explanation, e.visible
    from time_entry e join ticket t on t.id = e.ticket_id join account a on a.id = e.account_id join activity v on v.code = e.activity
    where e.contract_id = any(${[...contractIds]}::bigint[]) and e.period = ${month}
      -- what was taken back within the month leaves no trace in its report
      and not exists (select 1 from time_entry o where o.period = e.period and (o.id = e.reversed_by_id or o.id = e.reverses_id))
    order by e.id`
}

function workInput({ contractId: _, activityRu, activityEn, share, explanation, ...row }: WorkRow): WorkInput {
  return {
    ...row,
    activity: { ru: activityRu, en: activityEn },
    share: share ?? 'included',
    explanation: explanation ?? [],
  }
}

type EstimateRow = Omit<ReportEstimate, 'differenceMinutes'> & { contractId: number }

async function estimatesOf(sql: Queryable, contractIds: readonly number[], span: Span): Promise<EstimateRow[]> {
  return sql<EstimateRow[]>`
    select t.contract_id, t.number::text as ticket_number, t.subject as ticket_title, s.state, sum(e.minutes)::bigint as estimated_minutes,
      sum(e.amount_kopecks)::bigint as estimated_kopecks, case when s.state = 'approved' then coalesce((select
        sum(w.charged_minutes - w.exempt_minutes) from time_entry w join contract k on k.id = t.contract_id
        where w.ticket_id = t.id and w.billable and w.period <= to_char(${isoInstant(span.from)}::timestamptz at time zone k.zone, 'YYYY-MM')), 0)
        else 0 end::bigint as actual_minutes
    from estimate e join ticket t on t.id = e.ticket_id
      -- what was decided after the month's end still waited at it
      cross join lateral (select case when e.decided_at >= ${isoInstant(span.to)}::timestamptz then 'offered' else e.state end as state) s
    where t.contract_id = any(${[...contractIds]}::bigint[]) and s.state in ('offered', 'approved', 'declined', 'asked')
      and e.offered_at < ${isoInstant(span.to)}::timestamptz
      and (e.decided_at >= ${isoInstant(span.from)}::timestamptz or e.offered_at >= ${isoInstant(span.from)}::timestamptz
        or exists (select 1 from time_entry w where w.ticket_id = t.id and w.started_at >= ${isoInstant(span.from)}::timestamptz
          and w.started_at < ${isoInstant(span.to)}::timestamptz))
    group by t.contract_id, t.id, t.number, t.subject, s.state order by t.number`
}
