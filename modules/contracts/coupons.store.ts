import type { CivilDate, Instant } from '@opora/core'
import { civilDateIn, isoInstant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'

export interface CouponRow {
  id: number
  clientId: number
  contractId: number
  code: string
  validFrom: Instant
  validUntil: Instant
  usedTicketId: number | null
  usedTicketNumber: number | null
  usedAt: Instant | null
  zone: string
}

export interface NewCoupon {
  clientId: number
  contractId: number
  code: string
  key: string
  validFrom: Instant
  validUntil: Instant
  grantedBy: number | null
}

/** `null` when the coupon of this year is there already. */
export async function insertCoupon(tx: Tx, coupon: NewCoupon): Promise<number | null> {
  const [row] = await tx<{ id: number }[]>`
    insert into coupon (client_id, contract_id, code, key, valid_from, valid_until, granted_by)
    values (${coupon.clientId}, ${coupon.contractId}, ${coupon.code}, ${coupon.key}, ${isoInstant(coupon.validFrom)},
      ${isoInstant(coupon.validUntil)}, ${coupon.grantedBy})
    on conflict (key) do nothing returning id`
  return row?.id ?? null
}

export async function couponByCode(sql: Queryable, clientId: number, code: string): Promise<CouponRow | null> {
  const [row] = await sql<CouponRow[]>`
    select c.id, c.client_id, c.contract_id, c.code, c.valid_from, c.valid_until, c.used_ticket_id, c.used_ticket_number, c.used_at, k.zone
    from coupon c join contract k on k.id = c.contract_id where c.code = ${code} and c.client_id = ${clientId}`
  return row ?? null
}

/** True for the one use that wins; due times are the database's clock's. */
export async function spendCouponRow(
  tx: Tx,
  use: { code: string; clientId: number; ticketId: number; ticketNumber: number },
): Promise<boolean> {
  const rows = await tx`
    update coupon set used_ticket_id = ${use.ticketId}, used_ticket_number = ${use.ticketNumber}, used_at = app_now()
    where code = ${use.code} and client_id = ${use.clientId} and used_ticket_id is null and valid_from <= app_now() and app_now() < valid_until
    returning id`
  return rows.length === 1
}

/** The last day of the latest year that has a coupon. */
export async function lastCouponYearEnd(sql: Queryable, contractId: number, zone: string): Promise<CivilDate | null> {
  const [row] = await sql<{ until: Instant | null }[]>`
    select max(valid_until) as until from coupon where contract_id = ${contractId}`
  return row?.until ? civilDateIn(zone, row.until - 1) : null
}
