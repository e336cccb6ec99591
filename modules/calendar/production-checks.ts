import type { CalendarFault } from './check-spec.ts'
import { dateOfEpochDay, epochDayOf } from './civil-day.ts'
import { publicHolidays } from './labour-code.ts'
import { countsOfYear, daysOfYear, isDayOff, isWeekend, type YearCounts } from './production-counts.ts'
import { importFault } from './production-faults.ts'
import type { RawYear } from './production-forms.ts'
import type { ProductionYear } from './production-year.ts'
import type { CivilDate } from './spec.ts'

/** More worked Saturdays and Sundays than any year had: the ordinary weekends are missing from the list. */
const WORKED_WEEKENDS_MAX = 8
/** Hours are printed with a tenth. */
const HOURS_TOLERANCE = 0.05

/** Where a file denies itself: it is refused. */
export function contradictionsOf(raw: RawYear, year: ProductionYear): CalendarFault[] {
  if (year.workingWeekends.length > WORKED_WEEKENDS_MAX) {
    return [importFault('weekends_missing', raw.path, year.workingWeekends.slice(0, 3).join(', '))]
  }
  return [...differingDays(raw), ...unfoundedMoves(raw, year), ...differingCounts(raw, countsOfYear(year))]
}

function differingDays(raw: RawYear): CalendarFault[] {
  return [...raw.shortened]
    .filter((date) => raw.off.has(date))
    .map((date) => importFault('shortened_off', raw.path, date))
}

function unfoundedMoves(raw: RawYear, year: ProductionYear): CalendarFault[] {
  const holidays = new Set(publicHolidays(year.year).map((holiday) => holiday.date))
  for (const holiday of year.holidays) holidays.add(holiday.date)
  const seen = new Set<CivilDate>()
  return effectiveMoves(raw).flatMap(({ from, to, path }) => {
    const faults: CalendarFault[] = []
    if (!isDayOff(year, to)) faults.push(importFault('move_target_works', path, `${from} → ${to}`))
    if (isDayOff(year, from) && !holidays.has(from))
      faults.push(importFault('move_source_off', path, `${from} → ${to}`))
    for (const date of [from, to]) {
      if (seen.has(date)) faults.push(importFault('moved_twice', path, date))
      seen.add(date)
    }
    return faults
  })
}

/** Moves that change a day: one that ends on a weekend day does not. */
export function effectiveMoves(raw: RawYear): NonNullable<RawYear['moves']> {
  return (raw.moves ?? []).filter((move) => !isWeekend(move.to))
}

function differingCounts(raw: RawYear, counts: YearCounts): CalendarFault[] {
  return (raw.claimed?.figures ?? []).flatMap(([name, of, value]) => {
    if (value === undefined || value === null) return []
    const counted = counts[of]
    const same = Array.isArray(counted)
      ? JSON.stringify(value) === JSON.stringify(counted)
      : Math.abs(Number(value) - counted) < HOURS_TOLERANCE
    if (same) return []
    return [importFault('count_differs', `${raw.claimed?.path}.${name}`, `${JSON.stringify(value)} ≠ ${counted}`)]
  })
}

/** Where a file says something else than articles 95 and 112 of the Labour Code, or less than it might: for a person to look at. */
export function notesAgainstLaw(raw: RawYear, year: ProductionYear): CalendarFault[] {
  const note = (code: Parameters<typeof importFault>[0], value: unknown) => importFault(code, raw.path, value)
  const lawful = new Set(publicHolidays(year.year).map((holiday) => holiday.date))
  const off = countsOfYear(year).off
  const byLaw = lawfulDaysOff(year.year)
  const isInferred = raw.moves === null && (year.workingWeekends.length > 0 || year.weekdaysOff.length > 0)
  return [
    ...[...lawful].filter((date) => !raw.off.has(date)).map((date) => note('holiday_worked', date)),
    ...year.holidays.filter(({ date }) => !lawful.has(date)).map(({ date }) => note('holiday_new', date)),
    ...(off === byLaw ? [] : [note('unusual_count', `${off} ≠ ${byLaw}`)]),
    ...(raw.moves ?? [])
      .filter((move) => isWeekend(move.to))
      .map(({ from, to }) => note('move_ignored', `${from} → ${to}`)),
    ...(isInferred ? [note('moves_inferred', '')] : []),
    ...eveNotes(raw, year),
    ...(raw.paidDaysOff > 0 ? [note('paid_days_off', raw.paidDaysOff)] : []),
    ...(year.status === 'approved' ? [] : [note('no_source', year.year)]),
  ]
}

/** Article 95: the working day before a holiday is shorter; so is a Saturday that is worked in place of such a day. */
function eveNotes(raw: RawYear, year: ProductionYear): CalendarFault[] {
  const holidays = new Set([...year.holidays.map((holiday) => holiday.date), `${year.year + 1}-01-01`])
  const workedFor = new Map(year.moves.map((move) => [move.from, move.to]))
  const isEve = (date: CivilDate) => holidays.has(dateOfEpochDay(epochDayOf(date) + 1))
  return daysOfYear(year.year)
    .filter((date) => !isDayOff(year, date))
    .flatMap((date) => {
      const expected = isEve(date) || (isWeekend(date) && isEve(workedFor.get(date) ?? date))
      const isShort = year.shortened.includes(date)
      if (expected === isShort) return []
      return [importFault(isShort ? 'shortened_unexplained' : 'eve_not_shortened', raw.path, date)]
    })
}

/** Days off that article 112 gives: weekends, holidays, a day for each holiday on a weekend (of January's, two by decree). */
function lawfulDaysOff(year: number): number {
  const holidays = publicHolidays(year).map((holiday) => holiday.date)
  const weekends = daysOfYear(year).filter(isWeekend).length
  const onWeekends = holidays.filter((date) => isWeekend(date) && date.slice(5, 7) !== '01').length
  return weekends + holidays.filter((date) => !isWeekend(date)).length + onWeekends + 2
}
