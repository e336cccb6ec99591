import fc from 'fast-check'
import { type CalendarSpec, DAY_RULES, type HourSpan } from './index.ts'

/** Whole-hour and odd offsets, summer time of an hour, of half an hour and of two, zones that changed their mind. */
export const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Paris',
  'America/New_York',
  'America/St_Johns',
  'Asia/Almaty',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Scoresbysund',
  'Antarctica/Troll',
  'Pacific/Apia',
]

const DAY_MS = 86_400_000
const dayOf = (date: string) => Date.parse(`${date}T00:00Z`) / DAY_MS
const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)
const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Apart, ascending; the last may cross midnight unless `within` the day. Borders lie on multiples of `step` minutes. */
function hours(step: number, within = false): fc.Arbitrary<HourSpan[]> {
  const border = fc.integer({ min: 0, max: 1440 / step - 1 }).map((at) => at * step)
  return fc
    .tuple(fc.uniqueArray(border, { minLength: 0, maxLength: 6 }), fc.boolean(), fc.integer({ min: 0, max: 20 }))
    .map(([borders, overnight, end]) => {
      const sorted = borders.sort((a, b) => a - b)
      const spans: HourSpan[] = []
      for (let i = 0; i + 1 < sorted.length; i += 2)
        spans.push([time(sorted[i] as number), time(sorted[i + 1] as number)])
      const last = sorted.at(-1)
      if (sorted.length % 2 === 1 && last !== undefined) {
        const early = overnight && !within ? Math.min(end * step, sorted[0] as number) : 1440
        if (early !== last && early > 0) spans.push([time(last), time(early)])
      }
      return spans
    })
}

export interface RandomCalendars {
  /** First and last date of the exceptions and holidays. */
  from: string
  to: string
  /** Minutes between the borders that hours may have. */
  step?: number
}

/** Calendars of every shape that the spec allows. */
export function calendars({ from, to, step = 15 }: RandomCalendars): fc.Arbitrary<CalendarSpec> {
  const date = fc.integer({ min: dayOf(from), max: dayOf(to) }).map(dateOf)
  const day = hours(step)
  const within = hours(step, true)
  return fc.record({
    zone: fc.constantFrom(...ZONES),
    week: fc.record(
      { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
      { requiredKeys: ['mon', 'wed'] },
    ),
    dayRule: fc.constantFrom(...DAY_RULES),
    shortenedDays: fc.option(fc.boolean(), { nil: undefined }),
    breaks: fc.constantFrom(
      [],
      [{ from: '13:00', to: '14:00' }],
      [{ from: '23:30', to: '00:30', days: ['mon' as const, 'sat' as const] }],
    ),
    holidays: fc.array(fc.record({ date }), { maxLength: 3 }),
    yearlyHolidays: fc.constantFrom([], [{ monthDay: '12-31' }], [{ monthDay: '02-29' }]),
    regionalDaysOff: fc.array(fc.record({ date }), { maxLength: 2 }),
    exceptions: fc.uniqueArray(
      fc.oneof(
        fc.record({ date, replace: day }),
        fc.record({ date, add: day }),
        fc.record({ date, remove: within }),
        fc.record({ date, replace: day, remove: within }),
      ),
      { maxLength: 4, selector: (exception) => exception.date },
    ),
  })
}
