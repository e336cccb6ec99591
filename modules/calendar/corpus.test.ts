import { describe, expect, it } from 'vitest'
import { type Calendar, type CalendarSpec, type CivilDate, compileCalendar, type HourSpan } from './index.ts'
import cases from './testdata/business-time-cases.json' with { type: 'json' }

interface Case {
  id: string
  op: string
  name: string
  timezone: string
  weekly_hours: Record<string, HourSpan[]>
  holidays: string[]
  holidays_recurring?: string[]
  special_days?: Record<string, HourSpan[]>
  start: string
  end?: string
  seconds?: number
  days?: number
  unit?: string
  rounding?: string
  tolerance_seconds?: number
  expected: unknown
}

/** Cases where our rules are others than the source's. */
const DIFFER: Record<string, string> = {
  'workinghours-087':
    'the source writes midnight as 23:59:59.999, so this moment is its closing already; the day closes at 24:00',
  'workinghours-092': 'the source counts the clock on the wall; a day of 25 hours has 25 real hours',
  'momentbt-006': 'the source counts the closing moment as working time',
  'momentbt-103': 'the source counts the closing moment as working time',
  'momentbt-018':
    'the source lets the first working day after a day off be the first counted; here it stands for the day of registration',
  'momentbt-049': 'the same, backwards',
}

const corpus = cases as unknown as Case[]

function specOf(item: Case): CalendarSpec {
  return {
    zone: item.timezone === 'Etc/UTC' ? 'UTC' : item.timezone,
    week: item.weekly_hours,
    dayRule: 'every_listed_day',
    holidays: item.holidays.map((date) => ({ date })),
    yearlyHolidays: (item.holidays_recurring ?? []).map((monthDay) => ({ monthDay })),
    exceptions: Object.entries(item.special_days ?? {}).map(([date, replace]) => ({ date, replace })),
  }
}

const HOUR_MS = 3_600_000

function difference(ms: number, item: Case): number {
  const amount = item.unit === 'hours' ? ms / HOUR_MS : ms / 1000
  const inUnit = item.unit === 'minutes' ? ms / 60_000 : amount
  if (item.rounding === 'trunc') return Math.trunc(inUnit) + 0
  if (item.rounding === 'abs-floor') return Math.floor(Math.abs(inUnit))
  if (item.rounding === 'abs') return Math.abs(inUnit)
  return item.rounding === 'round-half-away' ? Math.sign(inUnit) * Math.round(Math.abs(inUnit)) : inUnit
}

/** What our calendar answers, in the terms of the case. */
function answer(item: Case): unknown {
  const calendar = compileCalendar(specOf(item))
  const start = Date.parse(item.start)
  const minutes = (item.seconds ?? 0) / 60
  switch (item.op) {
    case 'is_working_time':
      return calendar.isOpen(start)
    case 'is_working_day':
      return calendar.isWorkingDate(calendar.dateAt(start))
    case 'next_working_time':
      return calendar.nextOpening(start)
    case 'next_closing_time':
      return calendar.nextClosing(start)
    case 'previous_working_time':
      return calendar.previousClosing(start)
    case 'add':
      return calendar.add(start, minutes)
    case 'subtract':
      return calendar.subtract(start, minutes)
    case 'diff':
      return difference(calendar.betweenMs(start, Date.parse(item.end ?? '')), item)
    case 'add_days':
      return shiftFromWorkingDay(calendar, calendar.dateAt(start), item.days ?? 0)
    case 'bt_add_days':
      return item.start.length === 10
        ? shiftFromWorkingDay(calendar, item.start, item.days ?? 0)
        : rolledShift(calendar, start, item)
    default:
      throw new Error(`unknown operation ${item.op}`)
  }
}

/** A start on a day off counts as made on the working day next to it, as a registration does. */
function shiftFromWorkingDay(calendar: Calendar, date: CivilDate, days: number): CivilDate {
  const from = calendar.isWorkingDate(date) ? date : calendar.shiftWorkingDate(date, Math.sign(days))
  return calendar.shiftWorkingDate(from, days)
}

/**
 * Days as business_time adds them: a start outside the hours rolls to the next opening, or back to the opening of the day before;
 * then the date moves and the time of day stays.
 */
function rolledShift(calendar: Calendar, start: number, item: Case): number {
  const days = item.days ?? 0
  const goesBack = days < 0 || (days === 0 && /before|ago|prev/.test(item.name))
  const closing = calendar.previousClosing(start)
  const opening = goesBack
    ? calendar.explainDay(calendar.dateAt(closing ?? start)).open[0]?.from
    : calendar.nextOpening(start)
  const from = calendar.isOpen(start) || closing === start ? start : (opening ?? start)
  const plainTime = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(calendar.zone).toPlainTime()
  const date = calendar.shiftWorkingDate(calendar.dateAt(from), days)
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: calendar.zone, plainTime }).epochMilliseconds
}

function agrees(item: Case): boolean {
  const ours = answer(item)
  if (typeof item.expected !== 'string') {
    return typeof ours === 'number' ? Math.abs(ours - Number(item.expected)) < 1e-6 : ours === item.expected
  }
  if (typeof ours === 'string') return item.expected.startsWith(ours)
  return Math.abs(Number(ours) - Date.parse(item.expected)) <= Math.max((item.tolerance_seconds ?? 0) * 1000, 1)
}

describe('603 calls of other working-time libraries', () => {
  it('agree with ours, but for the listed differences of rule', () => {
    const differing = corpus.filter((item) => !agrees(item)).map((item) => item.id)
    expect(differing).toEqual(corpus.filter((item) => item.id in DIFFER).map((item) => item.id))
  })

  it('are all there', () => {
    expect(cases).toHaveLength(603)
    expect(Object.keys(DIFFER)).toHaveLength(6)
  })
})
