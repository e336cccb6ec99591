import { type Actor, forSides, read, write } from '@opora/access'
import type { Database } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { costRateList, costRateParams, newCostRate } from './cost-rates.contract.ts'
import { listCostRates, readCosts } from './cost-rates.read-model.ts'
import type { People } from './people.service.ts'

/** What people's hours cost. Finance sets it; finance and the director see it. */
export function costRateRoutes(people: People, database: Database): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/cost-rates',
        summary: 'What an hour of each person costs, by date',
        tag: 'staff',
        policy: 'cost.read',
        replies: costRateList,
        handle: async ({ caller }) => ({ items: await readCosts(database, caller, listCostRates) }),
      }),
      write({
        method: 'POST',
        path: '/staff/:id/cost-rates',
        summary: 'Set what an hour of a person costs from a day on',
        tag: 'staff',
        policy: 'cost.change',
        params: costRateParams,
        body: newCostRate,
        status: 201,
        handle: async ({ tx, caller, params, body }) => {
          await people.setCostRate(tx, caller, { ...body, accountId: params.id })
        },
      }),
    ],
  )
}
