import { type Action, type Actor, read, refuseAccess, scopeOf, write } from '@opora/access'
import { parseInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { balanceOf, listEntries, staffCoverage } from './balance.read-model.ts'
import {
  balanceQuery,
  balanceView,
  contractParams,
  correctionDecision,
  correctionList,
  correctionParams,
  correctionView,
  couponList,
  coverageView,
  ledgerPage,
  ledgerQuery,
  newCorrection,
} from './contract.ts'
import { contractCard } from './contracts.read-model.ts'
import type { Contracts } from './contracts.service.ts'
import { listCorrections } from './corrections.read-model.ts'
import { couponsOf } from './coupons.read-model.ts'

export function ledgerRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [...balanceRoutes(), ...correctionRoutes(contracts), ...couponRoutes(contracts)]
}

/** Refuses a contract outside the scope of an action as one that does not exist. */
async function demandContract(sql: Queryable, actor: Actor, action: Action, id: number): Promise<void> {
  if (!(await contractCard(sql, scopeOf(actor, action), id))) throw refuseAccess('access.not_found')
}

function balanceRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/balance',
      summary: 'Hours left at an instant, with the entries that they are the sum of',
      tag: 'hours',
      policy: 'balance.read',
      params: contractParams,
      query: balanceQuery,
      replies: balanceView,
      handle: ({ caller, params, query, read }) =>
        read(async (sql) => {
          await demandContract(sql, caller, 'balance.read', params.id)
          const at = query.at ? parseInstant(query.at) : await databaseNow(sql)
          return (await balanceOf(sql, params.id, at))!
        }),
    }),
    read({
      path: '/contracts/:id/ledger',
      summary: "A contract's entries of hours and money",
      tag: 'hours',
      policy: 'ledger.read',
      params: contractParams,
      query: ledgerQuery,
      replies: ledgerPage,
      handle: ({ caller, params, query, read }) =>
        read(async (sql) => {
          await demandContract(sql, caller, 'ledger.read', params.id)
          return await listEntries(sql, params.id, query)
        }),
    }),
    read({
      path: '/contracts/:id/coverage',
      summary: 'Whether hours are left, without money',
      tag: 'hours',
      policy: 'coverage.read',
      params: contractParams,
      replies: coverageView,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          await demandContract(sql, caller, 'coverage.read', params.id)
          return (await staffCoverage(sql, params.id, await databaseNow(sql)))!
        }),
    }),
  ]
}

function correctionRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/corrections',
      summary: 'Corrections of the ledger, proposed and decided',
      tag: 'hours',
      policy: 'ledger.correct',
      params: contractParams,
      replies: correctionList,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          await demandContract(sql, caller, 'ledger.correct', params.id)
          return { items: await listCorrections(sql, { contractId: params.id }) }
        }),
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/corrections',
      summary: 'Propose a correction; the only person of finance posts it at once, marked "alone"',
      tag: 'hours',
      policy: 'ledger.correct',
      params: contractParams,
      body: newCorrection,
      replies: correctionView,
      status: 201,
      handle: ({ tx, caller, params, body }) =>
        contracts.proposeCorrection(tx, caller, { ...body, contractId: params.id }),
    }),
    write({
      method: 'POST',
      path: '/corrections/:id/decision',
      summary: 'Approve or decline a correction that somebody else proposed',
      tag: 'hours',
      policy: 'ledger.correct',
      params: correctionParams,
      body: correctionDecision,
      replies: correctionView,
      status: 200,
      handle: ({ tx, caller, params, body }) =>
        contracts.decideCorrection(tx, caller, { id: params.id, approve: body.approve }),
    }),
  ]
}

function couponRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/coupons',
      summary: "A contract's coupons",
      tag: 'coupons',
      policy: 'coupon.read',
      params: contractParams,
      replies: couponList,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          await demandContract(sql, caller, 'coupon.read', params.id)
          const coupons = await couponsOf(sql, scopeOf(caller, 'coupon.read'), { contractId: params.id })
          // the code is the client's to spend: the provider's people see its end alone
          const isOwn = caller.contact !== null
          return {
            items: coupons.map((coupon) => ({ ...coupon, code: isOwn ? coupon.code : `…${coupon.code.slice(-4)}` })),
          }
        }),
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/coupons',
      summary: 'Issue the coupon of the next year: a renewal, early or not',
      tag: 'coupons',
      policy: 'coupon.grant',
      params: contractParams,
      replies: couponList,
      status: 201,
      handle: async ({ tx, caller, params }) => {
        await contracts.grantCoupon(tx, caller, params.id)
        const coupons = await couponsOf(tx, scopeOf(caller, 'coupon.read'), { contractId: params.id })
        return { items: coupons.map((coupon) => ({ ...coupon, code: `…${coupon.code.slice(-4)}` })) }
      },
    }),
  ]
}
