import type { Actor } from './actor.ts'

/** The part of an action's name before the dot, for what is about money. */
const MONEY_AREAS = [
  'balance',
  'budget',
  'catalogue',
  'contract',
  'cost',
  'coupon',
  'estimate',
  'invoice',
  'ledger',
  'penalty',
  'period',
  'price',
  'rate',
  'report',
  'time',
]
const SIGN_IN_AREAS = ['session', 'account']

/** Which areas of the audit trail a person may read, beside the rows that the policy names: null means all. */
export function auditAreas(actor: Actor): readonly string[] | null {
  if (actor.side === 'system' || actor.roles.some((role) => role === 'ad' || role === 'di')) return null
  if (actor.side === 'staff') return actor.roles.includes('fi') ? MONEY_AREAS : []
  return SIGN_IN_AREAS
}
