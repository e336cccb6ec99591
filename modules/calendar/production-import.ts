import { type CalendarFault, InvalidCalendar } from './check-spec.ts'
import { epochDayOf } from './civil-day.ts'
import { productionYearByLaw, publicHolidays } from './labour-code.ts'
import { contradictionsOf, effectiveMoves, notesAgainstLaw } from './production-checks.ts'
import { countsOfYear, daysOfYear, isWeekend, type YearCounts } from './production-counts.ts'
import { importFault } from './production-faults.ts'
import { isRecord, type RawYear, rawOfShipped, readForeignYear } from './production-forms.ts'
import { type MovedDay, type ProductionYear, readProductionYears } from './production-year.ts'
import type { CivilDate } from './spec.ts'

/** A year as a file gives it, counted. */
export interface ImportedYear {
  year: ProductionYear
  counts: YearCounts
  /** Where the file says something else than the law, or less than it might: for a person to look at, no reason to refuse. */
  notes: CalendarFault[]
}

/**
 * Reads years of Russia's production calendar from the form of the shipped file (`{ years }`), from xmlcalendar's JSON
 * (`{ year, months, transitions, statistic }`, one or a list) or from lists of days as made from Consultant's page
 * (`{ holidays, preholidays }`). `source` names the act; without one a year of the two foreign forms stays a draft, whose answers
 * are marked estimated. A file that contradicts itself is refused: `InvalidCalendar` with every fault, its place and its figures.
 */
export function readProductionImport(data: unknown, options: { source?: string | undefined } = {}): ImportedYear[] {
  if (isRecord(data) && data['years'] !== undefined) {
    return readProductionYears(data).map((year) => believed(rawOfShipped(data, year), year))
  }
  const list: unknown[] = Array.isArray(data) ? data : [data]
  const source = options.source?.trim() ?? ''
  const years = list.map((one, i) => {
    const raw = readForeignYear(one, Array.isArray(data) ? `[${i}].` : '')
    return believed(raw, yearOf(raw, source))
  })
  if (years.length === 0) throw new InvalidCalendar([importFault('unknown_form', '', data)])
  years.sort((a, b) => a.year.year - b.year.year)
  const twice = years.find((one, i) => one.year.year === years[i - 1]?.year.year)
  if (twice) throw new InvalidCalendar([importFault('year_twice', '', twice.year.year)])
  return years
}

function believed(raw: RawYear, year: ProductionYear): ImportedYear {
  const faults = contradictionsOf(raw, year)
  if (faults.length > 0) throw new InvalidCalendar(faults)
  return { year, counts: countsOfYear(year), notes: notesAgainstLaw(raw, year) }
}

function yearOf(raw: RawYear, source: string): ProductionYear {
  const days = daysOfYear(raw.year)
  const weekdaysOff = days.filter((date) => !isWeekend(date) && raw.off.has(date))
  const workingWeekends = days.filter((date) => isWeekend(date) && !raw.off.has(date))
  return {
    year: raw.year,
    status: source === '' ? 'draft' : 'approved',
    source,
    holidays: publicHolidays(raw.year).filter((holiday) => raw.off.has(holiday.date)),
    weekdaysOff,
    workingWeekends,
    shortened: days.filter((date) => raw.shortened.has(date)),
    moves: raw.moves
      ? effectiveMoves(raw).map(({ from, to }) => ({ from, to }))
      : inferredMoves(raw.year, weekdaysOff, workingWeekends),
  }
}

/**
 * The moves that can be told from the days alone: those of article 112, where the day after is off indeed, and for every
 * worked Saturday the nearest day off that neither the law nor another Saturday explains. Where January's days went stays unsaid.
 */
function inferredMoves(year: number, weekdaysOff: CivilDate[], workingWeekends: CivilDate[]): MovedDay[] {
  const off = new Set(weekdaysOff)
  const holidays = new Set(publicHolidays(year).map((holiday) => holiday.date))
  const automatic = productionYearByLaw(year).moves.filter((move) => off.has(move.to))
  const explained = new Set([...holidays, ...automatic.map((move) => move.to)])
  const left = new Set(weekdaysOff.filter((date) => !explained.has(date)))
  const apart = (a: CivilDate, b: CivilDate) => Math.abs(epochDayOf(a) - epochDayOf(b))
  const pairs = workingWeekends
    .flatMap((from) => [...left].map((to) => ({ from, to })))
    .sort((a, b) => apart(a.from, a.to) - apart(b.from, b.to))
  const worked: MovedDay[] = []
  for (const pair of pairs) {
    if (!left.has(pair.to) || worked.some((move) => move.from === pair.from)) continue
    left.delete(pair.to)
    worked.push(pair)
  }
  return [...automatic, ...worked]
}
