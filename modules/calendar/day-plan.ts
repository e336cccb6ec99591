import { dateOfEpochDay, type EpochDay, epochDayOf, weekdayIndex, weekdayOf, yearOfDay } from './civil-day.ts'
import { productionYearByLaw } from './labour-code.ts'
import type { ProductionYear } from './production-year.ts'
import { clipSpans, cutSpan, type Span, shortenSpans, spanOfHours, spansOfHours, uniteSpans } from './spans.ts'
import { type CalendarException, type CalendarSpec, followsShortenedDays, needsProduction } from './spec.ts'

/** Why a stretch of time is open or closed: a code with parameters, for a sentence in the reader's language. */
export interface DayReason {
  code: DayReasonCode
  params: Record<string, string>
}

export type DayReasonCode =
  | 'week_hours' // open by the week
  | 'weekly_day_off' // the week has no hours
  | 'public_holiday' // name
  | 'moved_day_off' // a day of rest moved here; from: the date that it came from
  | 'moved_working_day' // worked in place of a weekday; inPlaceOf: its date
  | 'shortened_day' // the last hour before a public holiday
  | 'break'
  | 'own_holiday' // name
  | 'regional_day_off' // name
  | 'exception_replaced' // name
  | 'exception_added' // name
  | 'exception_removed' // name
  | 'outside_hours' // before the opening, after the closing or between

/** What one civil date comes to after all layers. Minutes count from the date's local midnight. */
export interface DayPlan {
  /** Hours that begin on this date, sorted, apart; may run past 1440. */
  spans: Span[]
  /** Time that a layer took out of the hours. */
  cuts: (Span & { reason: DayReason })[]
  /** What shaped the day, lowest layer first; the last one is why it is open or closed. */
  reasons: DayReason[]
}

/** A calendar's dates, whatever they are made of. */
export interface DaySource {
  zone: string
  plan(day: EpochDay): DayPlan
  /** Whether the answers for that year rest on general rules instead of an approved production calendar. */
  isEstimatedYear(year: number): boolean
  /** First day from which every later year repeats the week with no hours at all, or `null`. */
  emptyAfter: EpochDay | null
}

const DAY_MINUTES = 1440
const SHORTENED_BY_MINUTES = 60

/** The dates of a checked spec over the production years that are loaded. */
export function layeredDays(spec: CalendarSpec, years: readonly ProductionYear[]): DaySource {
  const production = productionLookup(years)
  const own = ownDates(spec)
  const week = [...Array(7).keys()].map((i) => spansOfHours(spec.week[weekdayOf(i - 3)] ?? []))
  const dated = [...own.exceptions.values()].filter((e) => (e.replace ?? e.add ?? []).length > 0)
  const isEmptyWeek = week.every((spans) => spans.length === 0)

  function plan(day: EpochDay): DayPlan {
    const date = dateOfEpochDay(day)
    const base = week[weekdayIndex(day)] as Span[]
    const built: DayPlan = {
      spans: base,
      cuts: [],
      reasons: [{ code: base.length > 0 ? 'week_hours' : 'weekly_day_off', params: {} }],
    }
    if (needsProduction(spec)) applyProduction(built, production(yearOfDay(day)), date, spec, week)
    applyBreaks(built, spec, day)
    if (followsShortenedDays(spec) && production(yearOfDay(day)).shortened.has(date)) applyShortening(built)
    const holiday = own.holidays.get(date) ?? own.yearly.get(date.slice(5))
    if (holiday) close(built, holiday)
    const exception = own.exceptions.get(date)
    if (exception) applyException(built, exception)
    const tomorrow = own.exceptions.get(dateOfEpochDay(day + 1))
    if (tomorrow?.remove) removeHours(built, tomorrow, DAY_MINUTES)
    return built
  }

  return {
    zone: spec.zone,
    plan,
    isEstimatedYear: (year) => needsProduction(spec) && production(year).status !== 'approved',
    emptyAfter: isEmptyWeek ? Math.max(-Infinity, ...dated.map((e) => epochDayOf(e.date))) + 1 : null,
  }
}

/** The dates of `service` that `days` works on; on the others it is closed, for the reason that `days` gives. */
export function restrictedDays(service: DaySource, days: DaySource, isWorking: (day: EpochDay) => boolean): DaySource {
  return {
    zone: service.zone,
    plan(day) {
      const plan = service.plan(day)
      if (plan.spans.length === 0 || isWorking(day)) return plan
      const reason = days.plan(day).reasons.at(-1)
      return { spans: [], cuts: [], reasons: reason ? [...plan.reasons, reason] : plan.reasons }
    },
    isEstimatedYear: (year) => service.isEstimatedYear(year) || days.isEstimatedYear(year),
    emptyAfter: service.emptyAfter ?? days.emptyAfter,
  }
}

interface ProductionLookup {
  status: ProductionYear['status']
  holidays: Map<string, string>
  weekdaysOff: Set<string>
  workingWeekends: Set<string>
  shortened: Set<string>
  /** Destination of a moved day of rest → where it came from, and back. */
  restFrom: Map<string, string>
  workedFor: Map<string, string>
}

function productionLookup(years: readonly ProductionYear[]): (year: number) => ProductionLookup {
  const loaded = new Map(years.map((entry) => [entry.year, entry]))
  const known = new Map<number, ProductionLookup>()
  return (year) => {
    const ready = known.get(year)
    if (ready) return ready
    const entry = loaded.get(year) ?? productionYearByLaw(year)
    const lookup: ProductionLookup = {
      status: entry.status,
      holidays: new Map(entry.holidays.map((holiday) => [holiday.date, holiday.name])),
      weekdaysOff: new Set(entry.weekdaysOff),
      workingWeekends: new Set(entry.workingWeekends),
      shortened: new Set(entry.shortened),
      restFrom: new Map(entry.moves.map((move) => [move.to, move.from])),
      workedFor: new Map(entry.moves.map((move) => [move.from, move.to])),
    }
    known.set(year, lookup)
    return lookup
  }
}

function ownDates(spec: CalendarSpec) {
  const holidays = new Map<string, DayReason>()
  for (const item of spec.holidays ?? []) holidays.set(item.date, named('own_holiday', item.name))
  for (const item of spec.regionalDaysOff ?? []) holidays.set(item.date, named('regional_day_off', item.name))
  return {
    holidays,
    yearly: new Map((spec.yearlyHolidays ?? []).map((item) => [item.monthDay, named('own_holiday', item.name)])),
    exceptions: new Map((spec.exceptions ?? []).map((item) => [item.date, item])),
  }
}

function applyProduction(
  plan: DayPlan,
  year: ProductionLookup,
  date: string,
  spec: CalendarSpec,
  week: readonly Span[][],
): void {
  if (spec.dayRule === 'every_listed_day') return
  const holiday = year.holidays.get(date)
  const countsMovedDays = spec.dayRule !== 'weekdays_less_statutory_holidays'
  const inPlaceOf = year.workedFor.get(date)
  if (holiday !== undefined) close(plan, named('public_holiday', holiday))
  else if (countsMovedDays && year.weekdaysOff.has(date))
    close(plan, { code: 'moved_day_off', params: optional('from', year.restFrom.get(date)) })
  else if (spec.dayRule === 'production' && year.workingWeekends.has(date)) {
    // A Saturday that the week does not list works the hours of the weekday whose place it takes.
    if (plan.spans.length === 0 && inPlaceOf) plan.spans = week[weekdayIndex(epochDayOf(inPlaceOf))] as Span[]
    if (plan.spans.length > 0)
      plan.reasons.push({ code: 'moved_working_day', params: optional('inPlaceOf', inPlaceOf) })
  }
}

function applyBreaks(plan: DayPlan, spec: CalendarSpec, day: EpochDay): void {
  for (const pause of spec.breaks ?? []) {
    const span = spanOfHours([pause.from, pause.to])
    // A night shift meets the breaks of its second date; a break that crosses midnight reaches the date after.
    for (const later of [-1, 0, 1]) {
      if (pause.days && !pause.days.includes(weekdayOf(day + later))) continue
      const offset = later * DAY_MINUTES
      cut(plan, { from: span.from + offset, to: span.to + offset }, { code: 'break', params: {} })
    }
  }
}

function applyShortening(plan: DayPlan): void {
  if (plan.spans.length === 0) return
  const { left, taken } = shortenSpans(plan.spans, SHORTENED_BY_MINUTES)
  const reason: DayReason = { code: 'shortened_day', params: {} }
  plan.spans = left
  plan.cuts.push(...taken.map((span) => ({ ...span, reason })))
  plan.reasons.push(reason)
}

function applyException(plan: DayPlan, exception: CalendarException): void {
  if (exception.replace) {
    close(plan, named('exception_replaced', exception.name))
    plan.spans = spansOfHours(exception.replace)
  }
  if (exception.add) {
    plan.spans = uniteSpans([...plan.spans, ...spansOfHours(exception.add)])
    plan.reasons.push(named('exception_added', exception.name))
  }
  if (exception.remove) {
    removeHours(plan, exception, 0)
    plan.reasons.push(named('exception_removed', exception.name))
  }
}

/** Takes an exception's `remove` out of the plan of its own date (`offset` 0) or of the date before (1440). */
function removeHours(plan: DayPlan, exception: CalendarException, offset: number): void {
  for (const { from, to } of spansOfHours(exception.remove ?? []))
    cut(plan, { from: from + offset, to: to + offset }, named('exception_removed', exception.name))
}

function cut(plan: DayPlan, span: Span, reason: DayReason): void {
  const taken = clipSpans(plan.spans, span)
  if (taken.length === 0) return
  plan.spans = cutSpan(plan.spans, span)
  plan.cuts.push(...taken.map((piece) => ({ ...piece, reason })))
}

function close(plan: DayPlan, reason: DayReason): void {
  plan.spans = []
  plan.cuts = []
  plan.reasons.push(reason)
}

function named(code: DayReasonCode, name: string | undefined): DayReason {
  return { code, params: optional('name', name) }
}

function optional(key: string, value: string | undefined): Record<string, string> {
  return value ? { [key]: value } : {}
}
