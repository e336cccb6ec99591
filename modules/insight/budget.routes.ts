import { type Actor, forSides, read, refuseAccess, scopeOf, write } from '@opora/access'
import type { Locale } from '@opora/core'
import { companyToday } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute, ReadContext } from '@opora/platform/http'
import {
  type BudgetPlanView,
  budget,
  budgetBody,
  budgetExportQuery,
  budgetList,
  budgetListQuery,
  budgetParams,
  budgetPlan,
  budgetQuery,
  budgetRows,
  budgetRowsQuery,
  budgetYearParams,
} from './budget.contract.ts'
import { budgetOf, budgetRows as findRows, forClient, listBudgets } from './budget.read-model.ts'
import { sendFile } from './export-file.ts'
import { budgetTable } from './export-tables.ts'
import type { Insight } from './insight.service.ts'

/** A client's year, plan against fact: for who looks after the client, and for the client's own people of finance. */
export function budgetRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    ...forSides(['staff'], [...listRoutes(), ...deskRoutes(insight), fileRoute('/clients/:id/budget', 'insight')]),
    ...forSides(['client'], [...cabinetRoutes(), fileRoute('/cabinet/budget', 'cabinet')]),
  ]
}

async function one(
  sql: Queryable,
  caller: Actor,
  given: { clientId: number; year: number | undefined; locale: Locale },
): Promise<BudgetPlanView> {
  const found = await budgetOf(sql, scopeOf(caller, 'budget.read'), given)
  if (!found) throw refuseAccess('access.not_found')
  return found
}

function listRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/insight/budgets',
      summary: 'The year of every client, plan against fact, by name',
      tag: 'insight',
      policy: 'budget.read',
      query: budgetListQuery,
      replies: budgetList,
      handle: ({ caller, query, read: run }) =>
        run(async (sql) => {
          const today = await companyToday(sql)
          const year = query.year ?? Number(today.slice(0, 4))
          return listBudgets(sql, scopeOf(caller, 'budget.read'), { ...query, year, today })
        }),
    }),
  ]
}

function deskRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    read({
      path: '/clients/:id/budget',
      summary: 'A client’s year: the plan by headings and months against what was billed',
      tag: 'insight',
      policy: 'budget.read',
      params: budgetParams,
      query: budgetQuery,
      replies: budgetPlan,
      handle: ({ caller, params, query, locale, read: run }) =>
        run((sql) => one(sql, caller, { clientId: params.id, year: query.year, locale })),
    }),
    read({
      path: '/clients/:id/budget/rows',
      summary: 'The lines of bills that a figure of the year is the sum of',
      tag: 'insight',
      policy: 'budget.read',
      params: budgetParams,
      query: budgetRowsQuery,
      replies: budgetRows,
      handle: ({ caller, params, query, locale, read: run }) =>
        run(async (sql) => {
          const { year } = await one(sql, caller, { clientId: params.id, year: query.year, locale })
          return findRows(sql, scopeOf(caller, 'budget.read'), { ...query, clientId: params.id, year, locale })
        }),
    }),
    write({
      method: 'PUT',
      path: '/clients/:id/budget/:year',
      summary: 'Plan a client’s year: writes the next version, the earlier ones stay',
      description: 'If-Match carries the version in force; 0 where there is none yet.',
      tag: 'insight',
      policy: 'budget.change',
      params: budgetYearParams,
      body: budgetBody,
      replies: budgetPlan,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion, locale }) => {
        const given = { clientId: params.id, year: params.year }
        await insight.planBudget(tx, caller, { ...body, ...given, expectedVersion })
        return one(tx, caller, { ...given, locale })
      },
    }),
  ]
}

/** Of the caller's own company; a contact without one has no cabinet. */
function ownClient(caller: Actor): number {
  if (!caller.contact) throw refuseAccess('access.not_allowed')
  return caller.contact.clientId
}

function cabinetRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/budget',
      summary: 'My company’s year of support: plan against fact',
      tag: 'cabinet',
      policy: 'budget.read',
      query: budgetQuery,
      replies: budget,
      handle: ({ caller, query, locale, read: run }) =>
        run(async (sql) =>
          forClient(await one(sql, caller, { clientId: ownClient(caller), year: query.year, locale })),
        ),
    }),
    read({
      path: '/cabinet/budget/rows',
      summary: 'The lines of bills that a figure of the year is the sum of',
      tag: 'cabinet',
      policy: 'budget.read',
      query: budgetRowsQuery,
      replies: budgetRows,
      handle: ({ caller, query, locale, read: run }) =>
        run(async (sql) => {
          const clientId = ownClient(caller)
          const { year } = await one(sql, caller, { clientId, year: query.year, locale })
          return findRows(sql, scopeOf(caller, 'budget.read'), { ...query, clientId, year, locale })
        }),
    }),
  ]
}

type FileContext = ReadContext<Actor, { id?: number }, { year?: number | undefined; format: 'csv' | 'xlsx' }>

function fileRoute(under: '/clients/:id/budget' | '/cabinet/budget', tag: string): AnyRoute<Actor> {
  return read({
    path: `${under}/export`,
    summary: 'The year as a file',
    tag,
    policy: 'budget.read',
    ...(under === '/cabinet/budget' ? {} : { params: budgetParams }),
    query: budgetExportQuery,
    raw: { contentType: 'application/octet-stream' },
    handle: async (context: FileContext) => {
      const { caller, query, locale } = context
      const clientId = context.params?.id ?? ownClient(caller)
      const view = await context.read((sql) => one(sql, caller, { clientId, year: query.year, locale }))
      return sendFile(context, { table: budgetTable(view, locale), format: query.format, name: `budget-${view.year}` })
    },
  })
}
