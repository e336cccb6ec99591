import { type CalendarFault, InvalidCalendar } from './check-spec.ts'
import { epochDayOf } from './civil-day.ts'
import { daysOfYear, isDayOff, type YearCounts } from './production-counts.ts'
import { type ImportFaultCode, importFault } from './production-faults.ts'
import type { MovedDay, ProductionYear } from './production-year.ts'
import type { CivilDate } from './spec.ts'

/** What a file says about itself besides the days, to be counted after; absent figures are not checked. */
interface Claimed {
  path: string
  /** Name of the figure in the file, which of ours it is, and the figure. */
  figures: [name: string, of: Exclude<keyof YearCounts, 'months'>, value: unknown][]
}

/** The days of a year as a file lists them, before they are believed. */
export interface RawYear {
  path: string
  year: number
  off: Set<CivilDate>
  shortened: Set<CivilDate>
  /** `null`: the form does not say. */
  moves: (MovedDay & { path: string })[] | null
  claimed: Claimed | null
  /** Days not worked but paid, by a decree of the President: no days off by the Labour Code. */
  paidDaysOff: number
}

/** A year of a file that is not the product's own; throws `InvalidCalendar`. */
export function readForeignYear(data: unknown, path: string): RawYear {
  if (isRecord(data) && Array.isArray(data['months'])) return readXmlcalendar(data, data['months'], path)
  if (isRecord(data) && Array.isArray(data['holidays'])) return readConsultant(data, data['holidays'], path)
  throw new InvalidCalendar([importFault('unknown_form', path, data)])
}

/** `{ year, months: [{ month, days: "1,2,7*,9+" }], transitions: [{ from: "MM.DD", to }], statistic }`; `*` shortened, `+` moved here. */
function readXmlcalendar(data: Record<string, unknown>, months: unknown[], path: string): RawYear {
  const year = requireYear(Number(data['year']), `${path}year`, data['year'])
  const found = collector(year)
  if (months.length !== 12) found.fail('twelve_months', `${path}months`, months.length)
  const [off, shortened] = [new Set<CivilDate>(), new Set<CivilDate>()]
  for (const [i, item] of months.entries()) {
    const { month, days } = isRecord(item) ? item : { month: null, days: '' }
    for (const text of String(days ?? '').split(',')) {
      const at = `${path}months[${i}].days`
      const day = /^\s*(\d{1,2})([*+]?)\s*$/.exec(text)
      const date = found.date(`${two(month)}-${two(day?.[1])}`, at, text)
      if (date) found.once(day?.[2] === '*' ? shortened : off, date, at, off.has(date) || shortened.has(date))
    }
  }
  const moves = listOf(data['transitions']).flatMap((item, i) => {
    const at = `${path}transitions[${i}]`
    const end = (name: 'from' | 'to') => {
      const text = isRecord(item) ? String(item[name]) : ''
      return found.date(text.replace('.', '-'), `${at}.${name}`, text)
    }
    const [from, to] = [end('from'), end('to')]
    return from && to ? [{ from, to, path: at }] : []
  })
  found.demand()
  const { workdays, holidays, hours40, hours36, hours24 } = isRecord(data['statistic']) ? data['statistic'] : {}
  const figures: Claimed['figures'] = [
    ['workdays', 'working', workdays],
    ['holidays', 'off', holidays],
    ['hours40', 'hours40', hours40],
    ['hours36', 'hours36', hours36],
    ['hours24', 'hours24', hours24],
  ]
  const said = Array.isArray(data['transitions']) ? moves : null
  return { path, year, off, shortened, moves: said, claimed: { path: `${path}statistic`, figures }, paidDaysOff: 0 }
}

/** `{ holidays: ["YYYY-MM-DD"], preholidays, nowork }`: every day off of the year, ordinary weekends among them. */
function readConsultant(data: Record<string, unknown>, listed: unknown[], path: string): RawYear {
  const year = requireYear(Number(String(listed[0]).slice(0, 4)), `${path}holidays[0]`, listed[0])
  const found = collector(year)
  const read = (field: string) => {
    const days = new Set<CivilDate>()
    for (const [i, text] of listOf(data[field]).entries()) {
      const at = `${path}${field}[${i}]`
      const date = String(text).startsWith(`${year}-`) ? found.date(String(text).slice(5), at, text) : null
      if (date) found.once(days, date, at, days.has(date))
      else found.fail('not_a_date', at, text)
    }
    return days
  }
  const [off, shortened, paid] = [read('holidays'), read('preholidays'), read('nowork')]
  found.demand()
  return { path, year, off, shortened, moves: null, claimed: null, paidDaysOff: paid.size }
}

/** A year of the product's own form, which is read already, with the totals that its file claims. */
export function rawOfShipped(data: Record<string, unknown>, year: ProductionYear): RawYear {
  const path = `years.${year.year}.`
  const years = isRecord(data['years']) ? data['years'] : {}
  const entry = years[String(year.year)]
  const totals = isRecord(entry) && isRecord(entry['totals']) ? entry['totals'] : {}
  const figures: Claimed['figures'] = [
    ['calendar_days', 'days', totals['calendar_days']],
    ['working_days', 'working', totals['working_days']],
    ['non_working_days', 'off', totals['non_working_days']],
    ['shortened_days', 'shortened', totals['shortened_days']],
    ['hours_40', 'hours40', totals['hours_40']],
    ['hours_36', 'hours36', totals['hours_36']],
    ['hours_24', 'hours24', totals['hours_24']],
    ['quarters', 'quarters', totals['quarters']],
  ]
  return {
    path,
    year: year.year,
    off: new Set(daysOfYear(year.year).filter((date) => isDayOff(year, date))),
    shortened: new Set(year.shortened),
    moves: year.moves.map((move, i) => ({ ...move, path: `${path}transfers[${i}]` })),
    claimed: { path: `${path}totals`, figures },
    paidDaysOff: 0,
  }
}

/** Gathers every fault of a file, so that its reader is told all at once. */
function collector(year: number) {
  const faults: CalendarFault[] = []
  const fail = (code: ImportFaultCode, path: string, value: unknown) => void faults.push(importFault(code, path, value))
  return {
    fail,
    /** The date of that year's `MM-DD`, or `null` and a fault. */
    date(monthDay: string, path: string, value: unknown): CivilDate | null {
      const date = `${year}-${monthDay}`
      if (isDate(date)) return date
      fail('not_a_date', path, value)
      return null
    },
    once(days: Set<CivilDate>, date: CivilDate, path: string, isThere: boolean): void {
      if (isThere) fail('listed_twice', path, date)
      days.add(date)
    },
    demand(): void {
      if (faults.length > 0) throw new InvalidCalendar(faults)
    },
  }
}

function requireYear(year: number, path: string, value: unknown): number {
  if (Number.isInteger(year) && year >= 1900 && year <= 2299) return year
  throw new InvalidCalendar([importFault('not_a_year', path, value)])
}

function isDate(date: string): boolean {
  try {
    epochDayOf(date)
    return true
  } catch {
    return false
  }
}

function two(value: unknown): string {
  return String(value ?? '').padStart(2, '0')
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
