import production from './data/ru-production-calendar.json' with { type: 'json' }
import type { CalendarSpec, HourSpan } from './spec.ts'

/**
 * The rules of a calendar said once more in the plainest way: every minute of a stretch of time is asked whether the clock on
 * the wall stands inside the hours. Shares no code with what it judges; the clock is that of `Intl`, not of `Temporal`.
 * Minutes count from 1970; an answer that lies outside the stretch is `null`.
 */
export interface MinuteOracle {
  from: number
  to: number
  isOpen(minute: number): boolean
  /** The earliest instant by which `n` minutes of open time have passed; `at` in ms. */
  add(at: number, n: number): number | null
  /** The latest instant from which `n` minutes of open time pass until `at`. */
  subtract(at: number, n: number): number | null
  /** Open ms between two instants. */
  between(from: number, to: number): number
  nextOpening(at: number): number | null
  nextClosing(at: number): number | null
  previousClosing(at: number): number | null
  /** The close of the n-th day on which hours begin, here and by `days`. */
  addWorkingDays(at: number, n: number, days: MinuteOracle): number | null
  /** Whether any real minute of hours that begin on that date exists. */
  worksOn(day: number): boolean
}

const WEEKDAYS = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const
const DAY = 1_440
const MINUTE_MS = 60_000

export function minuteOracle(spec: CalendarSpec, from: number, to: number): MinuteOracle {
  const wall = wallClock(spec.zone, from, to)
  const plans = new Map<number, Uint8Array>()
  const planOf = (day: number): Uint8Array => {
    const known = plans.get(day)
    if (known) return known
    const made = minutesThatBeginOn(spec, day)
    plans.set(day, made)
    return made
  }
  const open = new Uint8Array(to - from)
  for (let i = 0; i < open.length; i++) {
    const day = Math.floor((wall[i] as number) / DAY)
    const minute = (wall[i] as number) - day * DAY
    open[i] = planOf(day)[minute] || planOf(day - 1)[minute + DAY] ? 1 : 0
  }
  const isOpen = (at: number) => open[at - from] === 1
  const dayOf = (at: number) => Math.floor((wall[at - from] as number) / DAY)
  const hours = new Map<number, [first: number, last: number] | null>()
  /** First and last real minute of the hours that begin on a date. */
  const hoursOf = (day: number): [first: number, last: number] | null => {
    const ready = hours.get(day)
    if (ready !== undefined) return ready
    const plan = planOf(day)
    const begun: number[] = []
    for (let at = Math.max(from, (day - 2) * DAY); at < Math.min(to, (day + 4) * DAY); at++) {
      const shown = (wall[at - from] as number) - day * DAY
      if (shown >= 0 && shown < 2 * DAY && plan[shown]) begun.push(at)
    }
    const made: [number, number] | null = begun.length === 0 ? null : [begun[0] as number, begun.at(-1) as number]
    hours.set(day, made)
    return made
  }
  const walks = walksOver(from, to, isOpen)
  return {
    from,
    to,
    isOpen,
    ...walks,
    worksOn: (day) => hoursOf(day) !== null,
    addWorkingDays(at, n, days) {
      const opening = walks.nextOpening(at)
      if (opening === null) return null
      const first = Math.floor(opening / MINUTE_MS)
      let day = dayOf(first)
      const own = hoursOf(day)
      const before = hoursOf(day - 1)
      if (!(own && own[0] <= first) && before && before[0] <= first && first <= before[1]) day--
      for (let left = n; left > 0; ) {
        day++
        if ((day + 4) * DAY >= to) return null
        if (hoursOf(day) && days.worksOn(day)) left--
      }
      const last = hoursOf(day)
      return last && (last[1] + 1) * MINUTE_MS
    },
  }
}

/** Steps from minute to minute; what is less than a minute is carried along. */
function walksOver(from: number, to: number, isOpen: (minute: number) => boolean) {
  const nextOpening = (at: number): number | null => {
    const minute = Math.floor(at / MINUTE_MS)
    if (isOpen(minute)) return at
    for (let t = minute + 1; t < to; t++) if (isOpen(t)) return t * MINUTE_MS
    return null
  }
  const previousClosing = (at: number): number | null => {
    const minute = Math.floor(at / MINUTE_MS)
    if (at % MINUTE_MS > 0 && isOpen(minute)) return at
    for (let t = minute - 1; t >= from; t--) {
      if (isOpen(t)) return t === minute - 1 && at === minute * MINUTE_MS ? at : (t + 1) * MINUTE_MS
    }
    return null
  }
  return {
    nextOpening,
    previousClosing,
    nextClosing(at: number): number | null {
      const opening = nextOpening(at)
      if (opening === null) return null
      for (let t = Math.floor(opening / MINUTE_MS) + 1; t < to; t++) if (!isOpen(t)) return t * MINUTE_MS
      return null
    },
    add(at: number, n: number): number | null {
      const minute = Math.floor(at / MINUTE_MS)
      const rest = isOpen(minute) ? at - minute * MINUTE_MS : 0
      if (n === 0) return isOpen(minute) || previousClosing(at) === at ? at : nextOpening(at)
      let left = rest > 0 ? n + 1 : n
      for (let t = minute; t < to; t++) {
        if (isOpen(t) && --left === 0) return rest > 0 ? t * MINUTE_MS + rest : (t + 1) * MINUTE_MS
      }
      return null
    },
    subtract(at: number, n: number): number | null {
      const minute = Math.floor(at / MINUTE_MS)
      const rest = isOpen(minute) ? at - minute * MINUTE_MS : 0
      if (n === 0) return isOpen(minute) ? at : previousClosing(at)
      let left = n
      for (let t = minute - 1; t >= from; t--) if (isOpen(t) && --left === 0) return t * MINUTE_MS + rest
      return null
    },
    between(start: number, end: number): number {
      if (end < start) return -this.between(end, start)
      let ms = 0
      for (let t = Math.floor(start / MINUTE_MS); t * MINUTE_MS < end; t++) {
        if (isOpen(t)) ms += Math.min(end, (t + 1) * MINUTE_MS) - Math.max(start, t * MINUTE_MS)
      }
      return ms
    },
  }
}

const LOOK_EVERY = 360
const formatters = new Map<string, Intl.DateTimeFormat>()
const clocks = new Map<string, [since: number, offset: number][]>()

/** What the clock on the wall shows at each minute of the stretch, in minutes as if the zone were UTC. */
function wallClock(zone: string, from: number, to: number): Int32Array {
  const shown = new Int32Array(to - from)
  for (let year = new Date(from * MINUTE_MS).getUTCFullYear(); ; year++) {
    const changes = changesOf(zone, year)
    const end = Date.UTC(year + 1, 0, 1) / MINUTE_MS
    changes.forEach(([since, offset], i) => {
      const until = Math.min(to, changes[i + 1]?.[0] ?? end)
      for (let at = Math.max(from, since); at < until; at++) shown[at - from] = at + offset
    })
    if (end >= to) return shown
  }
}

/** When the clock of a year was set, and to how many minutes ahead of UTC: `Intl` is asked four times a day, and nearer at a change. */
function changesOf(zone: string, year: number): [since: number, offset: number][] {
  const key = `${zone} ${year}`
  const known = clocks.get(key)
  if (known) return known
  const formatter =
    formatters.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  formatters.set(zone, formatter)
  const offsetAt = (minute: number) =>
    Date.parse(`${formatter.format(minute * MINUTE_MS).replace(' ', 'T')}Z`) / MINUTE_MS - minute
  const begin = Date.UTC(year, 0, 1) / MINUTE_MS
  const end = Date.UTC(year + 1, 0, 1) / MINUTE_MS
  const changes: [number, number][] = [[begin, offsetAt(begin)]]
  for (let at = begin; at < end; at += LOOK_EVERY) {
    const offset = offsetAt(Math.min(at + LOOK_EVERY, end - 1))
    if (offset === changes.at(-1)?.[1]) continue
    let since = at
    while (offsetAt(since) !== offset) since++
    changes.push([since, offset])
  }
  clocks.set(key, changes)
  return changes
}

const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const nameOf = (day: number) => new Date(day * DAY * MINUTE_MS).toISOString().slice(0, 10)
const weekdayOf = (day: number) => WEEKDAYS[((day % 7) + 7) % 7] as (typeof WEEKDAYS)[number]
const dayOfName = (name: string) => Date.parse(`${name}T00:00:00Z`) / (DAY * MINUTE_MS)

function fill(minutes: Uint8Array, spans: readonly HourSpan[], value: 0 | 1, shift = 0): void {
  for (const [from, to] of spans) {
    const end = minuteOf(to) <= minuteOf(from) ? minuteOf(to) + DAY : minuteOf(to)
    minutes.fill(value, Math.max(0, minuteOf(from) + shift), Math.max(0, end + shift))
  }
}

/** Two days of minutes: the hours that begin on the date, as far as they run into the next one. */
function minutesThatBeginOn(spec: CalendarSpec, day: number): Uint8Array {
  const date = nameOf(day)
  const rules = rulesOf(Number(date.slice(0, 4)))
  const minutes = new Uint8Array(2 * DAY)
  fill(minutes, weekHours(spec, day, date, rules), 1)
  for (const pause of spec.breaks ?? [])
    for (const later of [-1, 0, 1])
      if (!pause.days || pause.days.includes(weekdayOf(day + later)))
        fill(minutes, [[pause.from, pause.to]], 0, later * DAY)
  if ((spec.shortenedDays ?? spec.dayRule === 'production') && rules.shortened.has(date)) shorten(minutes)
  const own = [...(spec.holidays ?? []), ...(spec.regionalDaysOff ?? [])].some((holiday) => holiday.date === date)
  if (own || spec.yearlyHolidays?.some((holiday) => holiday.monthDay === date.slice(5))) minutes.fill(0)
  const exception = spec.exceptions?.find((entry) => entry.date === date)
  if (exception?.replace) minutes.fill(0)
  fill(minutes, exception?.replace ?? [], 1)
  fill(minutes, exception?.add ?? [], 1)
  fill(minutes, exception?.remove ?? [], 0)
  fill(minutes, spec.exceptions?.find((entry) => entry.date === nameOf(day + 1))?.remove ?? [], 0, DAY)
  return minutes
}

function weekHours(spec: CalendarSpec, day: number, date: string, rules: YearRules): readonly HourSpan[] {
  const listed = spec.week[weekdayOf(day)] ?? []
  if (spec.dayRule === 'every_listed_day') return listed
  if (rules.holidays.has(date)) return []
  if (spec.dayRule !== 'weekdays_less_statutory_holidays' && rules.off.has(date)) return []
  const moved = rules.movedTo.get(date)
  const worksInstead = spec.dayRule === 'production' && rules.working.has(date) && moved !== undefined
  return listed.length === 0 && worksInstead ? (spec.week[weekdayOf(dayOfName(moved))] ?? []) : listed
}

function shorten(minutes: Uint8Array): void {
  let owed = 60
  for (let minute = 2 * DAY - 1; minute >= 0 && owed > 0; minute--) {
    if (!minutes[minute]) continue
    minutes[minute] = 0
    owed--
  }
}

interface YearRules {
  holidays: Set<string>
  off: Set<string>
  working: Set<string>
  shortened: Set<string>
  movedTo: Map<string, string>
}

const HOLIDAYS = '01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-09 06-12 11-04'.split(' ')
const known = new Map<number, YearRules>()

function rulesOf(year: number): YearRules {
  const ready = known.get(year)
  if (ready) return ready
  const decreed = production.years[String(year) as keyof typeof production.years]
  const made: YearRules = decreed
    ? {
        holidays: new Set(decreed.public_holidays.map((holiday) => holiday.date)),
        off: new Set(decreed.non_working_weekdays),
        working: new Set(decreed.working_weekends),
        shortened: new Set(decreed.shortened_days),
        movedTo: new Map(decreed.transfers.map((move) => [move.from, move.to])),
      }
    : rulesByLaw(year)
  known.set(year, made)
  return made
}

/** A year without a decree: a holiday on a weekend gives the next day that is neither, January excepted. */
function rulesByLaw(year: number): YearRules {
  const holidays = new Set(HOLIDAYS.map((monthDay) => `${year}-${monthDay}`))
  const isWeekend = (day: number) => ['sat', 'sun'].includes(weekdayOf(day))
  const off = new Set<string>()
  const movedTo = new Map<string, string>()
  for (const holiday of holidays) {
    if (!isWeekend(dayOfName(holiday)) || holiday.slice(5, 7) === '01') continue
    let day = dayOfName(holiday)
    while (isWeekend(day) || holidays.has(nameOf(day)) || off.has(nameOf(day))) day++
    off.add(nameOf(day))
    movedTo.set(holiday, nameOf(day))
  }
  const shortened = new Set<string>()
  for (const holiday of [...holidays, `${year + 1}-01-01`]) {
    const eve = dayOfName(holiday) - 1
    if (!isWeekend(eve) && !holidays.has(nameOf(eve)) && !off.has(nameOf(eve))) shortened.add(nameOf(eve))
  }
  return { holidays, off, working: new Set(), shortened, movedTo }
}
