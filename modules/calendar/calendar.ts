import { requireCalendarSpec } from './check-spec.ts'
import { DAY_MS, dateOfEpochDay, type EpochDay, epochDayOf, MINUTE_MS, yearOfDay } from './civil-day.ts'
import { type DaySource, layeredDays, restrictedDays } from './day-plan.ts'
import { type DayExplanation, type ExplainedInterval, explainDay, explainIntervals } from './explain.ts'
import { failNoOpenTime } from './no-open-time.ts'
import { type ProductionYear, RU_PRODUCTION_YEARS } from './production-year.ts'
import type { CivilDate, Instant } from './spec.ts'
import { earliestAt, firstEndingAfter, latestAt, openBefore, wallHoursOfDay, type YearTable } from './year-table.ts'
import { YearTables } from './year-tables.ts'
import { type Interval, realIntervals, wallTime } from './zone.ts'

/** How far `nextOpening` and its like look before they answer `null`. */
const SEARCH_YEARS = 30

/**
 * Arithmetic on working time. All instants are epoch ms, all lengths are real elapsed time inside open hours.
 * Throws `RangeError` for instants outside 1900–2299 and for amounts that are no finite numbers.
 */
export class Calendar {
  readonly zone: string
  private readonly source: DaySource
  private readonly years: YearTables
  private readonly closings = new Map<EpochDay, Interval | null>()
  private readonly restricted = new WeakMap<Calendar, Calendar>()

  constructor(source: DaySource) {
    this.source = source
    this.zone = source.zone
    this.years = new YearTables(source)
  }

  /**
   * The earliest instant by which `minutes` of open time have passed since `start`; at a closing, that closing.
   * No minutes at all in closed time lead to the next opening. Throws `NoOpenTime`.
   */
  add(start: Instant, minutes: number): Instant {
    if (minutes === 0 && this.previousClosing(start) !== start) return this.nextOpening(start) ?? start
    return this.addMs(start, minutes * MINUTE_MS)
  }

  /**
   * The latest instant from which `minutes` of open time pass until `end`; at an opening, that opening.
   * No minutes at all in closed time lead to the closing before. Throws `NoOpenTime`.
   */
  subtract(end: Instant, minutes: number): Instant {
    if (minutes === 0 && this.nextOpening(end) !== end) return this.previousClosing(end) ?? end
    return this.addMs(end, -minutes * MINUTE_MS)
  }

  /** Whole minutes of open time from `from` to `to`, rounded down; negative when `to` is earlier. */
  between(from: Instant, to: Instant): number {
    return Math.trunc(this.betweenMs(from, to) / MINUTE_MS) + 0
  }

  /** `add` in milliseconds; a negative amount subtracts, and nothing added leaves the start where it is. */
  addMs(start: Instant, ms: number): Instant {
    if (!Number.isFinite(ms)) throw new RangeError(`not an amount of time: ${ms}`)
    if (ms === 0) return start
    let table = this.years.at(start)
    let wanted = openBefore(table, start) + ms
    if (ms > 0) {
      while (wanted > table.total) {
        wanted -= table.total
        table = this.years.beside(table, 1) ?? failNoOpenTime(start, 'adding')
      }
      return earliestAt(table, wanted)
    }
    while (wanted < 0) {
      table = this.years.beside(table, -1) ?? failNoOpenTime(start, 'subtracting')
      wanted += table.total
    }
    return latestAt(table, wanted)
  }

  /** `between` in exact milliseconds. */
  betweenMs(from: Instant, to: Instant): number {
    if (to < from) return 0 - this.betweenMs(to, from)
    let table = this.years.at(from)
    let open = -openBefore(table, from)
    while (to >= table.to) {
      open += table.total
      table = this.years.beside(table, 1) ?? failNoOpenTime(from, 'counting')
    }
    return open + openBefore(table, to)
  }

  /** Whether the hours run at `t`; the closing moment itself is not working time. */
  isOpen(t: Instant): boolean {
    const table = this.years.at(t)
    const i = firstEndingAfter(table, t)
    return i < table.ends.length && (table.starts[i] as number) <= t
  }

  /** `t` itself while open, else the next opening; `null` when there is none within 30 years. */
  nextOpening(t: Instant): Instant | null {
    let table: YearTable | null = this.years.at(t)
    for (let left = SEARCH_YEARS; table && left > 0; left--) {
      const i = firstEndingAfter(table, Math.max(t, table.from))
      if (i < table.ends.length) return Math.max(t, table.starts[i] as number)
      table = this.years.beside(table, 1)
    }
    return null
  }

  /** The first closing after `t`: of the hours that run, else of the next ones; `null` when there is none within 30 years. */
  nextClosing(t: Instant): Instant | null {
    let at = this.nextOpening(t)
    for (let left = SEARCH_YEARS; at !== null && left > 0; left--) {
      const table = this.years.at(at)
      const end = table.ends[firstEndingAfter(table, at)] as number
      // Hours that run on through New Year's night are one stretch.
      if (end < table.to || !this.isOpen(end)) return end
      at = end
    }
    return null
  }

  /** `t` itself while open or at a closing, else the closing before it; `null` when there is none within 30 years. */
  previousClosing(t: Instant): Instant | null {
    let table: YearTable | null = this.years.at(t)
    for (let left = SEARCH_YEARS; table && left > 0; left--) {
      const i = t < table.to ? firstEndingAfter(table, t) : table.ends.length
      if (i < table.ends.length && (table.starts[i] as number) < t) return t
      if (i > 0) return table.ends[i - 1] as number
      table = this.years.beside(table, -1)
    }
    return null
  }

  /** Whether any hours begin on that civil date. */
  isWorkingDate(date: CivilDate): boolean {
    return this.hoursOfDay(epochDayOf(date)) !== null
  }

  /** The `count`-th working date after `date` (before it when negative). Throws `NoOpenTime`. */
  shiftWorkingDate(date: CivilDate, count: number): CivilDate {
    return dateOfEpochDay(this.shiftWorkingDay(epochDayOf(date), count))
  }

  /**
   * The closing of the `count`-th working day (≥ 1) after the day of registration. A registration outside the hours
   * counts as made at the next opening. `days` says which dates are working days; the hours are those of this calendar.
   * Throws `NoOpenTime`.
   */
  addWorkingDays(registeredAt: Instant, count: number, days: Calendar = this): Instant {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a number of working days: ${count}`)
    const opening = this.nextOpening(registeredAt) ?? failNoOpenTime(registeredAt, 'registering')
    const counted = this.onWorkingDaysOf(days)
    const last = counted.hoursOfDay(counted.shiftWorkingDay(this.dayOfHours(opening), count))
    return last ? last.to : failNoOpenTime(opening, 'working days')
  }

  /** This calendar's hours on the working dates of `days` alone: the open time in which a term of working days runs. */
  onWorkingDaysOf(days: Calendar): Calendar {
    if (days === this) return this
    const known = this.restricted.get(days)
    if (known) return known
    const made = new Calendar(restrictedDays(this.source, days.source, (day) => days.hoursOfDay(day) !== null))
    this.restricted.set(days, made)
    return made
  }

  /** The open stretches between two instants, cut at both. */
  openIntervals(from: Instant, to: Instant): Interval[] {
    const found: Interval[] = []
    let table: YearTable | null = this.years.at(from)
    while (table && table.from < to) {
      for (let i = firstEndingAfter(table, Math.max(from, table.from)); i < table.ends.length; i++) {
        const start = Math.max(table.starts[i] as number, from)
        const end = Math.min(table.ends[i] as number, to)
        if (start >= to) break
        const last = found.at(-1)
        if (last && last.to === start) last.to = end
        else found.push({ from: start, to: end })
      }
      table = this.years.beside(table, 1)
    }
    return found
  }

  /** Open and closed stretches that cover `from` to `to` without a gap, each with its reason. */
  explain(from: Instant, to: Instant): ExplainedInterval[] {
    return explainIntervals(this.openIntervals(from, to), from, to, (t) => this.years.at(t).runs, this.source)
  }

  /** The hours of a civil date and what shaped them. */
  explainDay(date: CivilDate): DayExplanation {
    return explainDay(epochDayOf(date), this.years.of(yearOfDay(epochDayOf(date))).runs, this.source)
  }

  /** Whether anything between the two instants rests on a year without an approved production calendar. */
  isEstimated(from: Instant, to: Instant): boolean {
    const last = this.years.at(Math.max(from, to)).year
    for (let year = this.years.at(Math.min(from, to)).year; year <= last; year++)
      if (this.source.isEstimatedYear(year)) return true
    return false
  }

  /** The civil date on which `t` falls in this calendar's zone. */
  dateAt(t: Instant): CivilDate {
    return dateOfEpochDay(this.dayAt(t))
  }

  private dayAt(t: Instant): EpochDay {
    return Math.floor(wallTime(this.years.at(t).runs, t) / DAY_MS)
  }

  /** The day to whose hours an open instant belongs: after midnight a night shift is still that of the day before. */
  private dayOfHours(t: Instant): EpochDay {
    const day = this.dayAt(t)
    const own = this.hoursOfDay(day)
    if (own && own.from <= t) return day
    const before = this.hoursOfDay(day - 1)
    return before && before.from <= t && t < before.to ? day - 1 : day
  }

  private shiftWorkingDay(from: EpochDay, count: number): EpochDay {
    const step = Math.sign(count)
    let day = from
    let left = Math.abs(count)
    let idle = 0
    while (left > 0) {
      day += step
      idle = this.hoursOfDay(day) ? 0 : idle + 1
      if (idle === 0) left--
      if (idle > SEARCH_YEARS * 366) return failNoOpenTime(from * DAY_MS, 'working days')
    }
    return day
  }

  /** First opening and last closing of the hours that begin on `day`; `null` when it has none. */
  private hoursOfDay(day: EpochDay): Interval | null {
    const known = this.closings.get(day)
    if (known !== undefined) return known
    const { runs } = this.years.of(yearOfDay(day))
    const hours = realIntervals(runs, wallHoursOfDay(this.source.plan(day), day))
    const first = hours[0]
    const made = first ? { from: first.from, to: (hours.at(-1) as Interval).to } : null
    this.closings.set(day, made)
    return made
  }
}

/** A calendar ready to count with. Throws `InvalidCalendar` with every fault of the spec. */
export function compileCalendar(
  spec: unknown,
  productionYears: readonly ProductionYear[] = RU_PRODUCTION_YEARS,
): Calendar {
  return new Calendar(layeredDays(requireCalendarSpec(spec), productionYears))
}
