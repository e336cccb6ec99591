import { randomInt } from 'node:crypto'
import { type Actor, can, refuseAccess, scopeOf, writeAudit } from '@opora/access'
import type { CivilDate, Instant } from '@opora/core'
import { civilDateIn } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { type ContractView, contractCard, versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import { type CouponRow, couponByCode, insertCoupon, lastCouponYearEnd, spendCouponRow } from '../coupons.store.ts'
import { type CouponEffect, couponEffect, couponState, couponsDue, firstYear, followingYear } from '../domain/coupon.ts'
import { versionOn } from '../domain/terms.ts'
import { refuseContractService } from '../service.refusals.ts'

// Without letters and digits that people confuse when they read a code aloud.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_GROUPS = 4
const YEARS_MAX = 50

export interface UsedCoupon {
  couponId: number
  contractId: number
  effect: CouponEffect
  replayed: boolean
}

export function couponVerbs(ports: ContractsPorts) {
  return {
    /** Renewal: the coupon of the year that follows the last one, early or not. The earlier one lives to the end of its own year. */
    async grantCoupon(tx: Tx, actor: Actor, contractId: number): Promise<void> {
      const contract = await contractCard(tx, scopeOf(actor, 'contract.read'), contractId)
      if (!contract) throw refuseAccess('access.not_found')
      if (!can(actor, 'coupon.grant', { clientId: contract.clientId })) throw refuseAccess('access.not_allowed')
      if (!contract.terms.coupon) throw refuseContractService('contracts.no_coupon')
      const last = await lastCouponYearEnd(tx, contract.id, contract.zone)
      const year = last === null ? firstYear(contract.startsOn) : followingYear({ from: last, to: last })
      // one year ahead is an early renewal; a second press of the same button is not another one
      const today = civilDateIn(contract.zone, await databaseNow(tx))
      if (last !== null && followingYear({ from: today, to: today }).to < year.from)
        throw refuseContractService('contracts.coupon_renewed', { params: { until: last } })
      await issueYears(tx, ports, actor, contract, [year])
    },

    /** The coupon of the contract's present year, when it has none. */
    async issueCouponOfYear(tx: Tx, actor: Actor, contractId: number): Promise<void> {
      const contract = await contractCard(tx, scopeOf(actor, 'contract.read'), contractId)
      if (contract) await issueCoupons(tx, ports, actor, contract)
    },

    /**
     * Spends a coupon on a ticket, in one statement: of two uses at the same instant exactly one wins. Using it on the same ticket again
     * gives the same answer. Unknown, spent, lapsed and not yet valid codes are refused.
     */
    async useCoupon(
      tx: Tx,
      actor: Actor,
      use: { code: string; clientId: number; ticketId: number; ticketNumber: number },
    ): Promise<UsedCoupon> {
      const code = normalCode(use.code)
      const row = await couponByCode(tx, use.clientId, code)
      if (!row) throw contractsRefusals.refuse('contracts.coupon_not_found', { field: 'couponCode' })
      const won = row.usedTicketId === use.ticketId ? false : await spendCouponRow(tx, { ...use, code })
      const after = won ? row : await couponByCode(tx, use.clientId, code)
      const replayed = after?.usedTicketId === use.ticketId
      if (!won && !replayed) throw refusalOf(after ?? row, await databaseNow(tx))
      const effect = await effectOf(tx, row.contractId)
      if (won) {
        await writeAudit(tx, actor, {
          action: 'coupon.used',
          objectType: 'coupon',
          objectId: row.id,
          clientId: use.clientId,
          detail: { ticketId: use.ticketId },
        })
      }
      return { couponId: row.id, contractId: row.contractId, effect, replayed }
    },
  }
}

/** The coupons of the contract's years that have begun. Issuing again changes nothing. */
export async function issueCoupons(tx: Tx, ports: ContractsPorts, actor: Actor, contract: ContractView): Promise<void> {
  const today = civilDateIn(contract.zone, await databaseNow(tx))
  const years = [firstYear(contract.startsOn)]
  while (years.length < YEARS_MAX) {
    const next = followingYear(years.at(-1)!)
    if (today < next.from) break
    years.push(next)
  }
  await issueYears(tx, ports, actor, contract, years.slice(-1))
}

async function issueYears(
  tx: Tx,
  ports: ContractsPorts,
  actor: Actor,
  contract: ContractView,
  years: { from: CivilDate; to: CivilDate }[],
): Promise<void> {
  const { id: contractId, clientId, zone, terms } = contract
  for (const due of couponsDue(String(contractId), years, zone, terms.coupon)) {
    const code = newCode()
    const row = { clientId, contractId, code, key: due.id, validFrom: due.validFrom, validUntil: due.validUntil }
    const couponId = await insertCoupon(tx, { ...row, grantedBy: actor.accountId })
    if (couponId === null) continue
    await writeAudit(tx, actor, { action: 'coupon.issued', objectType: 'coupon', objectId: couponId, clientId })
    await ports.bus.emit(tx, 'coupon.issued', { clientId, contractId, couponId, code })
  }
}

function newCode(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: CODE_GROUPS }, group).join('-')
}

/** Codes are read aloud and typed by hand: case, spaces and hyphens do not matter. */
function normalCode(text: string): string {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return letters.match(/.{1,4}/g)?.join('-') ?? ''
}

function refusalOf(row: CouponRow, now: Instant) {
  const coupon = {
    id: String(row.id),
    contractId: String(row.contractId),
    validFrom: row.validFrom,
    validUntil: row.validUntil,
    spent: row.usedTicketId === null ? null : { ticketId: String(row.usedTicketId), at: row.usedAt ?? 0 },
  }
  const state = couponState(coupon, now)
  const day = (at: Instant) => civilDateIn(row.zone, at)
  const field = 'couponCode'
  if (state === 'not_yet') {
    return contractsRefusals.refuse('contracts.coupon_not_yet', { field, params: { date: day(row.validFrom) } })
  }
  if (state === 'lapsed') {
    return contractsRefusals.refuse('contracts.coupon_expired', { field, params: { date: day(row.validUntil - 1) } })
  }
  const ticket = row.usedTicketNumber ?? 0
  return contractsRefusals.refuse('contracts.coupon_spent', { field, params: { ticket } })
}

async function effectOf(tx: Tx, contractId: number): Promise<CouponEffect> {
  const versions = await versionsOf(tx, contractId)
  const today = civilDateIn(versions[0]?.terms.zone ?? 'UTC', await databaseNow(tx))
  const terms = (versionOn(versions, today) ?? versions.at(-1))?.terms.coupon
  // a coupon outlives terms that no longer give one: it keeps what the catalogue promises
  return couponEffect(terms ?? { perYear: 1, reactionMinutes: 60, channels: [] })
}
