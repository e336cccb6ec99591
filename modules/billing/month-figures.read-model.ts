import { type MonthlyFigure, type PenaltyRule, versionOn, versionsOf } from '@opora/contracts'
import { type CivilMonth, type Instant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { MonthFigureView } from './documents.contract.ts'

/** What was measured of a month, in thousandths of a percent. */
export type Measured = Partial<Record<MonthlyFigure, number>>

/** The measured figures of a month, by contract. */
export async function measuredOf(
  sql: Queryable,
  contractIds: readonly number[],
  month: CivilMonth,
): Promise<Map<number, Measured>> {
  const rows = await sql<{ contractId: number; figure: MonthlyFigure; value: number }[]>`
    select contract_id, figure, value from month_figure
    where contract_id = any(${[...contractIds]}::bigint[]) and period = ${month}`
  const found = new Map<number, Measured>()
  for (const { contractId, figure, value } of rows) found.set(contractId, { ...found.get(contractId), [figure]: value })
  return found
}

/** The figure that a penalty rule rests on; null for rules of breaches. */
export function figureOfRule(rule: PenaltyRule): MonthlyFigure | null {
  if (rule.kind === 'per_tenth_of_uptime') return 'uptime_milli_percent'
  return rule.kind === 'figure_below' ? rule.figure : null
}

/** Figures that the month's penalty rules ask for, with what was put in and by whom; a figure nobody measured gives no penalty. */
export async function figuresOfMonth(
  sql: Queryable,
  contractId: number,
  month: CivilMonth,
): Promise<MonthFigureView[]> {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const last = first.add({ months: 1 }).subtract({ days: 1 }).toString()
  const versions = await versionsOf(sql, contractId)
  const rules = (versionOn(versions, last) ?? versionOn(versions, first.toString()))?.terms.penalties.rules ?? []
  const asked = [...new Set(rules.map(figureOfRule))].filter((figure) => figure !== null)
  if (asked.length === 0) return []
  const rows = await sql<{ figure: MonthlyFigure; value: number; source: string; by: string | null; at: Instant }[]>`
    select f.figure, f.value, f.source, a.name as by, f.set_at as at
    from month_figure f left join account a on a.id = f.set_by where f.contract_id = ${contractId} and f.period = ${month}`
  return asked.map((figure) => {
    const row = rows.find((one) => one.figure === figure)
    return {
      figure,
      milliPercent: row?.value ?? null,
      source: row?.source ?? '',
      by: row?.by ?? null,
      at: isoInstantOrNull(row?.at ?? null),
    }
  })
}
