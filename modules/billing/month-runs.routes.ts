import { type Actor, read, write } from '@opora/access'
import type { Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { billingRefusals } from './billing.refusals.ts'
import type { Billing } from './billing.service.ts'
import { newRun, type RunView, run, runList, runParams, runQuery } from './month-runs.contract.ts'
import { runsOf } from './month-runs.read-model.ts'

const tag = 'periods'

async function oneRun(sql: Queryable, actor: Actor, id: number, locale: Locale): Promise<RunView> {
  const [found] = await runsOf(sql, actor, { id }, locale)
  if (!found) throw billingRefusals.refuse('billing.run_not_found')
  return found
}

/** Closing, undoing, papers and letters of a month for many contracts at once. */
export function monthRunRoutes(billing: Billing): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/month-runs',
      summary: 'Close a month of all contracts that are ready, or of those chosen; or undo, issue, send',
      tag,
      // the policy names those who may do one of the acts; the verb asks for the right to this one
      policy: 'report.send',
      status: 202,
      body: newRun,
      replies: run,
      handle: async ({ tx, caller, body, locale }) =>
        oneRun(tx, caller, await billing.startRun(tx, caller, body), locale),
    }),
    read({
      path: '/month-runs',
      summary: 'What was asked for a month of many contracts, the latest first, with how far it has come',
      tag,
      policy: 'period.read',
      query: runQuery,
      replies: runList,
      handle: ({ query, caller, read: open, locale }) =>
        open(async (sql) => ({ items: await runsOf(sql, caller, { month: query.month }, locale) })),
    }),
    read({
      path: '/month-runs/:id',
      summary: 'How far one has come, and which contracts it left out and why',
      tag,
      policy: 'period.read',
      params: runParams,
      replies: run,
      handle: ({ params, caller, read: open, locale }) => open((sql) => oneRun(sql, caller, params.id, locale)),
    }),
  ]
}
