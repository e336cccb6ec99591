import type { CivilDate, CivilMonth } from '@opora/core'
import { suspendedWithin } from './suspension.ts'
import type { ContractVersion } from './terms.ts'

/** A version's days in a month. */
export interface MonthPart {
  version: ContractVersion
  from: CivilDate
  to: CivilDate
  days: number
  daysInMonth: number
  /** Days of the part on which the contract was suspended. */
  suspended: { from: CivilDate; to: CivilDate; days: number }[]
}

/** How much of a month's hours and fee a version brings: `days` ÷ `of`, of which `suspended` days; 1 ÷ 1 is all of it. */
export interface MonthShare {
  days: number
  of: number
  suspended: number
}

/** The versions that a month falls under, in order. */
export function partsOfMonth(versions: readonly ContractVersion[], month: CivilMonth): MonthPart[] {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const last = first.add({ days: first.daysInMonth - 1 })
  const inForce = versions
    .filter((v) => v.from <= last.toString() && (v.to === null || first.toString() <= v.to))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return inForce.map((version) => {
    const [from, to] = clip(version, first.toString(), last.toString())
    const days = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1
    const suspended = suspendedWithin(version.suspended ?? [], from, to)
    return { version, from, to, days, daysInMonth: first.daysInMonth, suspended }
  })
}

function clip(version: ContractVersion, first: CivilDate, last: CivilDate): [CivilDate, CivilDate] {
  const beginsInside = first < version.from
  const endsInside = version.to !== null && version.to < last
  return [beginsInside ? version.from : first, endsInside && version.to !== null ? version.to : last]
}

/**
 * A part's share of the monthly hours and fee. Where partial months count in full, the first version in force brings
 * the whole of them and a later one begins with the next month; by days, each version brings its own days. Suspended days
 * are told apart: in a month that counts in full they are held against the days that the contract was in force.
 */
export function monthlyShare(part: MonthPart, parts: readonly MonthPart[]): MonthShare {
  const governing = parts[0]
  if (governing?.version.terms.partialMonth !== 'full')
    return { days: part.days, of: part.daysInMonth, suspended: suspendedDays([part]) }
  if (part !== governing) return { days: 0, of: 1, suspended: 0 }
  const suspended = suspendedDays(parts)
  const days = parts.reduce((sum, one) => sum + one.days, 0)
  return suspended === 0 ? { days: 1, of: 1, suspended } : { days, of: days, suspended }
}

function suspendedDays(parts: readonly MonthPart[]): number {
  return parts.flatMap((part) => part.suspended).reduce((sum, span) => sum + span.days, 0)
}
