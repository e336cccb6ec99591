import { InvalidCalendar } from './check-spec.ts'
import { epochDayOf, weekdayIndex } from './civil-day.ts'
import ru from './data/ru-production-calendar.json' with { type: 'json' }
import { importFault } from './production-faults.ts'
import type { CivilDate } from './spec.ts'

/** A day of rest that was moved: `from` is worked (if it was no holiday), `to` is off. */
export interface MovedDay {
  from: CivilDate
  to: CivilDate
}

/** One year of a country's production calendar (a five-day week). */
export interface ProductionYear {
  year: number
  /** Only `approved` is certain; answers from the others are marked estimated. */
  status: 'approved' | 'draft' | 'estimated'
  /** The act that set it, for people to read. */
  source: string
  holidays: { date: CivilDate; name: string }[]
  /** Days from Monday to Friday that are not worked, public holidays among them. */
  weekdaysOff: CivilDate[]
  /** Saturdays and Sundays that are worked. */
  workingWeekends: CivilDate[]
  /** Working days that end an hour earlier. */
  shortened: CivilDate[]
  moves: MovedDay[]
}

/** Reads the form of the shipped data file, without counting; throws `InvalidCalendar`. */
export function readProductionYears(data: unknown): ProductionYear[] {
  const years = recordOf(recordOf(data)?.['years'])
  if (!years) throw unreadable('years', data)
  return Object.entries(years)
    .map(([year, entry]) => readYear(Number(year), recordOf(entry)))
    .sort((a, b) => a.year - b.year)
}

/** The production calendar of Russia, 2024–2027, each year approved by the Government's decree. */
export const RU_PRODUCTION_YEARS: readonly ProductionYear[] = readProductionYears(ru)

function readYear(year: number, entry: Record<string, unknown> | null): ProductionYear {
  const path = `years.${year}`
  if (!entry || !Number.isInteger(year)) throw unreadable(path, entry)
  const decree = recordOf(entry['decree'])
  const dates = (field: string) => listOf(`${path}.${field}`, entry[field]).map((date) => readDate(path, year, date))
  const holidays = listOf(`${path}.public_holidays`, entry['public_holidays']).map((item) => {
    const holiday = recordOf(item)
    return { date: readDate(path, year, holiday?.['date']), name: String(holiday?.['name'] ?? '') }
  })
  const moves = listOf(`${path}.transfers`, entry['transfers']).map((item) => {
    const move = recordOf(item)
    return { from: readDate(path, year, move?.['from']), to: readDate(path, year, move?.['to']) }
  })
  const result: ProductionYear = {
    year,
    status: entry['status'] === 'approved' ? 'approved' : 'draft',
    source: decree ? `${decree['title']}, № ${decree['number']}, ${decree['date']}` : '',
    holidays,
    weekdaysOff: dates('non_working_weekdays'),
    workingWeekends: dates('working_weekends'),
    shortened: dates('shortened_days'),
    moves,
  }
  const isWeekend = (date: CivilDate) => weekdayIndex(epochDayOf(date)) >= 5
  const faults = [
    ...result.weekdaysOff.filter(isWeekend).map((d) => importFault('not_a_weekday', `${path}.non_working_weekdays`, d)),
    ...result.workingWeekends
      .filter((date) => !isWeekend(date))
      .map((date) => importFault('not_a_weekend', `${path}.working_weekends`, date)),
  ]
  if (faults.length > 0) throw new InvalidCalendar(faults)
  return result
}

function readDate(path: string, year: number, value: unknown): CivilDate {
  const date = String(value)
  try {
    epochDayOf(date)
  } catch {
    throw unreadable(path, value)
  }
  if (!date.startsWith(String(year))) throw unreadable(path, value)
  return date
}

function listOf(path: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw unreadable(path, value)
  return value
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}

function unreadable(path: string, value: unknown): InvalidCalendar {
  return new InvalidCalendar([importFault('not_readable', path, value)])
}
