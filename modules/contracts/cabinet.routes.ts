import { type Actor, read, refuseAccess, scopeOf } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { AnyRoute } from '@opora/platform/http'
import { contractsForCabinet, hoursOfClient } from './cabinet.read-model.ts'
import { cabinetContracts, cabinetHours, cabinetHoursQuery, couponList } from './contract.ts'
import { couponsOf } from './coupons.read-model.ts'

/** The client's own side: contracts, hours, coupons. */
export function cabinetContractRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/contracts',
      summary: 'Contracts of the own company',
      tag: 'cabinet',
      policy: 'contract.read',
      replies: cabinetContracts,
      handle: async ({ caller, read }) => {
        const clientId = ownClient(caller)
        const items = await read((sql) => contractsForCabinet(sql, scopeOf(caller, 'contract.read'), clientId))
        return { items }
      },
    }),
    read({
      path: '/cabinet/hours',
      summary: 'Hours left, and how they went in a month',
      tag: 'cabinet',
      policy: 'balance.read',
      query: cabinetHoursQuery,
      replies: cabinetHours,
      handle: async ({ caller, query, read }) => {
        const clientId = ownClient(caller)
        return await read(async (sql) => {
          const now = await databaseNow(sql)
          return await hoursOfClient(sql, scopeOf(caller, 'balance.read'), {
            clientId,
            month: query.month ?? null,
            now,
          })
        })
      },
    }),
    read({
      path: '/cabinet/coupons',
      summary: 'Coupons of the own company with their codes',
      tag: 'cabinet',
      policy: 'coupon.read',
      replies: couponList,
      handle: async ({ caller, read }) => {
        const clientId = ownClient(caller)
        return { items: await read((sql) => couponsOf(sql, scopeOf(caller, 'coupon.read'), { clientId })) }
      },
    }),
  ]
}

function ownClient(actor: Actor): number {
  if (!actor.contact) throw refuseAccess('access.not_allowed')
  return actor.contact.clientId
}
