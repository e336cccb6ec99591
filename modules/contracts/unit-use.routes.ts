import { type Actor, can, forSides, read, refuseAccess, write } from '@opora/access'
import { type CivilMonth, civilDateIn, type Locale } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { contractParams } from './contract.ts'
import type { ContractsPorts } from './contracts.ports.ts'
import { contractById } from './contracts.read-model.ts'
import type { Contracts } from './contracts.service.ts'
import { unitUseBody, unitUseList, unitUseParams, unitUseQuery } from './unit-use.contract.ts'
import { unitUseOf } from './unit-use.read-model.ts'

/** Use of services in units. */
export function unitUseRoutes(contracts: Contracts, ports: Pick<ContractsPorts, 'isMonthClosed'>): AnyRoute<Actor>[] {
  const monthOf = async (
    sql: Queryable,
    caller: Actor,
    given: { id: number; month?: CivilMonth | undefined; locale: Locale },
  ) => {
    const contract = await contractById(sql, given.id)
    if (!contract || !can(caller, 'units.record', { clientId: contract.clientId }))
      throw refuseAccess('access.not_found')
    const month = given.month ?? civilDateIn(contract.zone, await databaseNow(sql)).slice(0, 7)
    const closed = await ports.isMonthClosed(sql, contract.id, month)
    return unitUseOf(sql, contract, { month, closed, locale: given.locale })
  }
  const common = { tag: 'contracts', policy: 'units.record', replies: unitUseList } as const
  return forSides(
    ['staff'],
    [
      read({
        ...common,
        path: '/contracts/:id/units',
        summary: 'Units of services that a contract used in a month, beside what its package includes',
        params: contractParams,
        query: unitUseQuery,
        handle: ({ caller, params, query, locale, read: run }) =>
          run((sql) => monthOf(sql, caller, { id: params.id, month: query.month, locale })),
      }),
      write({
        ...common,
        method: 'POST',
        path: '/contracts/:id/units',
        summary: 'Record units of a service that were used',
        params: contractParams,
        query: unitUseQuery,
        body: unitUseBody,
        status: 201,
        handle: async ({ tx, caller, params, query, body, locale }) => {
          await contracts.useUnits(tx, caller, { ...body, contractId: params.id })
          return monthOf(tx, caller, { id: params.id, month: query.month, locale })
        },
      }),
      write({
        ...common,
        method: 'DELETE',
        path: '/contracts/:id/units/:use',
        summary: 'Take a record of units back, while its month is open',
        params: unitUseParams,
        query: unitUseQuery,
        handle: async ({ tx, caller, params, query, locale }) => {
          await contracts.takeUnitsBack(tx, caller, { contractId: params.id, useId: params.use })
          return monthOf(tx, caller, { id: params.id, month: query.month, locale })
        },
      }),
    ],
  )
}
