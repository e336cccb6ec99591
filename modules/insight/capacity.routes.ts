import { type Actor, can, read, refuseAccess, scopeOf, write } from '@opora/access'
import { contractById, DEFAULT_DAY_CALENDAR } from '@opora/contracts'
import type { CivilDate } from '@opora/core'
import { companyToday } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  capacityExportQuery,
  capacityPlan,
  capacityQuery,
  capacityRows,
  capacityRowsQuery,
  ceilingRowsQuery,
  insightParams,
  staffCapacityBody,
  team,
  teamBody,
} from './capacity.contract.ts'
import { planOf, rowsView } from './capacity.plan.ts'
import { type LoadFacts, loadFacts, namesOf, teamOf } from './capacity.read-model.ts'
import { type LoadRow, mondayOf } from './domain/capacity.ts'
import { sendFile } from './export-file.ts'
import { capacityTable } from './export-tables.ts'
import { exportWords } from './export-words.ts'
import type { Insight } from './insight.service.ts'

const tag = 'insight'

/** Who is loaded with what. Everybody's load is counted; clients that the reader does not serve stay unnamed. */
export function capacityRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [...planRoutes(insight), ...rowRoutes(insight), ...settingRoutes(insight)]
}

type IsWorking = (date: CivilDate) => boolean

async function workingDays({ ports }: Insight, sql: Queryable): Promise<IsWorking> {
  await ports.book.refresh(sql)
  const calendar = ports.book.calendar(DEFAULT_DAY_CALENDAR)
  return (date) => calendar?.isWorkingDate(date) ?? Temporal.PlainDate.from(date).dayOfWeek <= 5
}

const weekAfter = (monday: CivilDate, weeks: number) => Temporal.PlainDate.from(monday).add({ weeks }).toString()

async function factsOf(
  insight: Insight,
  sql: Queryable,
  given: { from?: CivilDate | undefined; weeks: number },
): Promise<LoadFacts & { weeks: CivilDate[]; isWorking: IsWorking }> {
  const today = await companyToday(sql)
  const isWorking = await workingDays(insight, sql)
  const from = mondayOf(given.from ?? today)
  const weeks = Array.from({ length: given.weeks }, (_, index) => weekAfter(from, index))
  const facts = await loadFacts(sql, { from, to: weekAfter(from, given.weeks), today, isWorking })
  return { ...facts, weeks, isWorking }
}

async function planFor(
  insight: Insight,
  sql: Queryable,
  caller: Actor,
  given: { from?: CivilDate | undefined; weeks: number; locale: 'ru' | 'en' },
) {
  const { weeks, isWorking, ...facts } = await factsOf(insight, sql, given)
  const names = await namesOf(sql, scopeOf(caller, 'capacity.read'), facts.rows)
  return planOf(facts, { weeks, isWorking, names, nobody: exportWords.nobody[given.locale] })
}

function planRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    read({
      path: '/insight/capacity',
      summary: 'Load by person and week, and clients against their ceiling of hours',
      tag,
      policy: 'capacity.read',
      query: capacityQuery,
      replies: capacityPlan,
      handle: ({ caller, query, locale, read: run }) =>
        run((sql) => planFor(insight, sql, caller, { ...query, locale })),
    }),
    read({
      path: '/insight/capacity/export',
      summary: 'The load plan as a file',
      tag,
      policy: 'capacity.read',
      query: capacityExportQuery,
      raw: { contentType: 'application/octet-stream' },
      handle: async (context) => {
        const { caller, query, locale } = context
        const plan = await context.read((sql) => planFor(insight, sql, caller, { ...query, locale }))
        const name = `load-${plan.weeks[0]!.week}`
        return sendFile(context, { table: capacityTable(plan, locale), format: query.format, name })
      },
    }),
  ]
}

function rowRoutes(insight: Insight): AnyRoute<Actor>[] {
  const shown = async (sql: Queryable, caller: Actor, facts: LoadFacts, rows: readonly LoadRow[]) => {
    const names = await namesOf(sql, scopeOf(caller, 'capacity.read'), rows)
    const people = new Map(facts.workers.map(({ id, name }) => [id, name]))
    return rowsView(rows, names, (id) => (id === null ? null : (people.get(id) ?? null)))
  }
  return [
    read({
      path: '/insight/capacity/rows',
      summary: 'What a figure of the load plan is the sum of',
      tag,
      policy: 'capacity.read',
      query: capacityRowsQuery,
      replies: capacityRows,
      handle: ({ caller, query, read: run }) =>
        run(async (sql) => {
          const facts = await factsOf(insight, sql, { from: query.week, weeks: 1 })
          const known = new Set(facts.workers.map(({ id }) => id))
          const isOf = ({ accountId }: LoadRow) =>
            query.accountId === undefined ? accountId === null || !known.has(accountId) : accountId === query.accountId
          const rows = facts.rows.filter(
            (row) => row.week === facts.weeks[0] && isOf(row) && (query.kind === undefined || row.kind === query.kind),
          )
          return shown(sql, caller, facts, rows)
        }),
    }),
    read({
      path: '/insight/capacity/client-rows',
      summary: 'What a client’s month is made of, beside its ceiling',
      tag,
      policy: 'capacity.read',
      query: ceilingRowsQuery,
      replies: capacityRows,
      handle: ({ caller, query, read: run }) =>
        run(async (sql) => {
          if (!can(caller, 'capacity.read', { clientId: query.clientId })) throw refuseAccess('access.not_found')
          const facts = await factsOf(insight, sql, { from: `${query.month}-15`, weeks: 1 })
          const rows = facts.rows.filter((row) => row.clientId === query.clientId && row.month === query.month)
          return shown(sql, caller, facts, rows)
        }),
    }),
  ]
}

function settingRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/staff/:id/capacity',
      summary: 'How many minutes a week a person can be given work for, from a day on',
      tag,
      policy: 'capacity.change',
      params: insightParams,
      body: staffCapacityBody,
      status: 201,
      handle: async ({ tx, caller, params, body }) => {
        await insight.setCapacity(tx, caller, { ...body, accountId: params.id })
      },
    }),
    read({
      path: '/contracts/:id/team',
      summary: 'The named team of a contract, with the hours kept for it',
      tag,
      policy: 'capacity.read',
      params: insightParams,
      replies: team,
      handle: ({ caller, params, read: run }) =>
        run(async (sql) => {
          const contract = await contractById(sql, params.id)
          if (!contract || !can(caller, 'capacity.read', { clientId: contract.clientId }))
            throw refuseAccess('access.not_found')
          return teamOf(sql, params.id, await companyToday(sql))
        }),
    }),
    write({
      method: 'PUT',
      path: '/contracts/:id/team',
      summary: 'Name the team of a contract',
      description: 'If-Match carries the version that was read; 0 where nobody has been named yet.',
      tag,
      policy: 'team.change',
      params: insightParams,
      body: teamBody,
      replies: team,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await insight.setTeam(tx, caller, { contractId: params.id, members: body.members, expectedVersion })
        return teamOf(tx, params.id, await companyToday(tx))
      },
    }),
  ]
}
