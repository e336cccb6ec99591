import { type Scope, scopeCondition } from '@opora/access'
import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { CouponView } from './contract.ts'
import { couponState } from './domain/coupon.ts'

interface Row {
  id: number
  contractId: number
  contractNumber: string
  code: string
  validFrom: number
  validUntil: number
  usedTicketId: number | null
  usedTicketNumber: number | null
  usedAt: number | null
  now: number
}

/** Coupons inside a scope, the newest year first; of one contract, or of one client. */
export async function couponsOf(
  sql: Queryable,
  scope: Scope,
  where: { contractId?: number; clientId?: number },
): Promise<CouponView[]> {
  const rows = await sql<Row[]>`
    select c.id, c.contract_id, k.number as contract_number, c.code, c.valid_from, c.valid_until, c.used_ticket_id,
      c.used_ticket_number, c.used_at, app_now() as now
    from coupon c join contract k on k.id = c.contract_id
    where ${scopeCondition(sql, scope, { client: sql`c.client_id` })}
      ${where.contractId ? sql`and c.contract_id = ${where.contractId}` : sql``}
      ${where.clientId ? sql`and c.client_id = ${where.clientId}` : sql``}
    order by c.valid_from desc, c.id desc limit 200`
  return rows.map(({ now, usedTicketId, validFrom, validUntil, usedAt, ...row }) => ({
    ...row,
    state: couponState(
      {
        id: String(row.id),
        contractId: String(row.contractId),
        validFrom,
        validUntil,
        spent: usedTicketId === null ? null : { ticketId: String(usedTicketId), at: usedAt ?? 0 },
      },
      now,
    ),
    validFrom: isoInstant(validFrom),
    validUntil: isoInstant(validUntil),
    usedAt: isoInstantOrNull(usedAt),
  }))
}
