import { type Actor, can, forSides, read, refuseAccess, write } from '@opora/access'
import { contractById } from '@opora/contracts'
import type { Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import { creditsOfMonth } from './credits.read-model.ts'
import { creditDecision, creditList, idParams, monthFigureBody, monthParams } from './documents.contract.ts'
import { figuresOfMonth } from './month-figures.read-model.ts'

const tag = 'periods'

/** Penalties and other credits of a contract's month, with their evidence, and finance's decision. */
export function creditRoutes(billing: Billing): AnyRoute<Actor>[] {
  const month = { tag, params: monthParams, replies: creditList } as const
  const shown = async (sql: Queryable, given: { id: number; month: string }, locale: Locale) => ({
    items: await creditsOfMonth(sql, given.id, given.month, locale),
    figures: await figuresOfMonth(sql, given.id, given.month),
  })
  return forSides(
    ['staff'],
    [
      read({
        ...month,
        path: '/contracts/:id/periods/:month/credits',
        summary: 'What a month gives back to the client, with its evidence',
        policy: 'period.read',
        handle: ({ params, caller, read: run, locale }) =>
          run(async (sql) => {
            const contract = await contractById(sql, params.id)
            if (!contract || !can(caller, 'period.read', { clientId: contract.clientId }))
              throw refuseAccess('access.not_found')
            return shown(sql, params, locale)
          }),
      }),
      write({
        ...month,
        method: 'POST',
        path: '/contracts/:id/periods/:month/penalties',
        summary: 'Count the month’s penalties by the contract’s rules and propose them for review',
        policy: 'period.close',
        handle: async ({ tx, caller, params, locale }) => {
          await billing.proposePenalties(tx, caller, { contractId: params.id, month: params.month })
          return shown(tx, params, locale)
        },
      }),
      write({
        ...month,
        method: 'PUT',
        path: '/contracts/:id/periods/:month/figures',
        summary: 'Put in what was measured of the month where penalty rules ask for it; penalties are counted anew',
        policy: 'period.close',
        body: monthFigureBody,
        handle: async ({ tx, caller, params, body, locale }) => {
          await billing.putMonthFigure(tx, caller, { contractId: params.id, month: params.month, ...body })
          return shown(tx, params, locale)
        },
      }),
      write({
        method: 'POST',
        path: '/credits/:id/decision',
        summary: 'Approve a proposed penalty, or reject it with a reason',
        tag,
        policy: 'period.close',
        params: idParams,
        body: creditDecision,
        replies: creditList,
        handle: async ({ tx, caller, params, body, locale }) => {
          const { contractId, month: of } = await billing.decideCredit(tx, caller, { id: params.id, ...body })
          return shown(tx, { id: contractId, month: of }, locale)
        },
      }),
    ],
  )
}
