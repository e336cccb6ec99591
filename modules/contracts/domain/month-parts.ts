import type { CivilDate, CivilMonth } from '@opora/core'
import type { ContractVersion } from './terms.ts'

/** A version's days in a month. */
export interface MonthPart {
  version: ContractVersion
  from: CivilDate
  to: CivilDate
  days: number
  daysInMonth: number
}

/** How much of a month's hours and fee a version brings: `days` ÷ `of`; 1 ÷ 1 is all of it. */
export interface MonthShare {
  days: number
  of: number
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
    return { version, from, to, days, daysInMonth: first.daysInMonth }
  })
}

function clip(version: ContractVersion, first: CivilDate, last: CivilDate): [CivilDate, CivilDate] {
  const beginsInside = first < version.from
  const endsInside = version.to !== null && version.to < last
  return [beginsInside ? version.from : first, endsInside && version.to !== null ? version.to : last]
}

/**
 * A part's share of the monthly hours and fee. Where partial months count in full, the first version in force brings
 * the whole of them and a later one begins with the next month; by days, each version brings its own days.
 */
export function monthlyShare(part: MonthPart, parts: readonly MonthPart[]): MonthShare {
  const governing = parts[0]
  if (governing?.version.terms.partialMonth === 'full') {
    return { days: part === governing ? 1 : 0, of: 1 }
  }
  return { days: part.days, of: part.daysInMonth }
}
