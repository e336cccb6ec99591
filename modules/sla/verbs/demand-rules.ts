import type { Actor } from '@opora/access'
import { type CalendarBook, policyFaults, refuseContractService } from '@opora/contracts'
import { DAY_MS, type Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { SlaPolicyData } from '../domain/policy.ts'
import { policyRules } from '../rules.read-model.ts'
import { refuseSla } from '../sla.refusals.ts'

const PERIOD_MAX_MS = 400 * DAY_MS

/** Refuses rules to think about that name what is not there, or contradict themselves: the answer would be that of other rules. */
export async function demandRules(
  sql: Queryable,
  book: CalendarBook,
  actor: Actor,
  rules: { spec?: SlaPolicyData; policyCode?: string; calendarCode?: string },
): Promise<void> {
  await book.refresh(sql)
  const { spec, policyCode, calendarCode } = rules
  if (calendarCode !== undefined && book.keyAt(calendarCode, Number.MAX_SAFE_INTEGER) === null)
    throw refuseSla('sla.calendar_unknown', { field: 'calendarCode' })
  if (policyCode !== undefined && !(await policyRules(sql)).has(policyCode))
    throw refuseSla('sla.policy_unknown', { field: 'policyCode' })
  if (!spec) return
  const known = { has: (code: string) => book.keyAt(code, Number.MAX_SAFE_INTEGER) !== null }
  const errors = policyFaults(spec as Parameters<typeof policyFaults>[0], known).map(({ field, ru, en }) => ({
    code: 'contracts.policy_invalid',
    field,
    message: actor.locale === 'ru' ? ru : en,
  }))
  if (errors.length > 0)
    throw refuseContractService('contracts.policy_invalid', { field: errors[0]!.field, details: { errors } })
}

/** Refuses a period that ends before it begins, or is longer than a year and a month. */
export function demandPeriod({ from, to }: { from: Instant; to: Instant }): void {
  if (to <= from || to - from > PERIOD_MAX_MS) throw refuseSla('sla.period_unfit', { field: 'to' })
}
