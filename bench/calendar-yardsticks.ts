import { RU_PRODUCTION_YEARS } from '@opora/calendar'

/** A way to add working minutes that somebody would take instead of ours. */
export interface Yardstick {
  name: string
  /** What of the calendar it cannot say. */
  lacks: string
  /** It knows whole days only: the nearest number of them is asked for, and nothing shorter than half a day. */
  daysOnly?: boolean
  /** Its settings hold for the whole process, so they are made before it is asked. */
  prepare?(): void
  add(start: number, minutes: number): number
}

/** Three intervals a day, eight hours together. */
export const INTERVALS = [
  ['09:00', '12:00'],
  ['13:00', '15:00'],
  ['15:15', '18:15'],
] as const

const HOLIDAYS = RU_PRODUCTION_YEARS.flatMap((year) => year.weekdaysOff)
const LACKS = 'worked Saturdays, shortened days'
const DAY_MINUTES = 480
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const isWorkday = (day: number) => day >= 1 && day <= 5

/** Every minute is looked at with the platform's own dates. */
export function minuteByMinute(): Yardstick {
  const off = new Set(HOLIDAYS)
  const minutes = INTERVALS.map(([from, to]) => [minuteOf(from), minuteOf(to)] as const)
  const isOpen = (t: number) => {
    const wall = Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO('Europe/Moscow')
    if (wall.dayOfWeek > 5 || off.has(wall.toPlainDate().toString())) return false
    const minute = wall.hour * 60 + wall.minute
    return minutes.some(([from, to]) => from <= minute && minute < to)
  }
  return {
    name: 'minute by minute (Temporal)',
    lacks: LACKS,
    add(start, minutes) {
      let t = start
      for (let left = minutes; left > 0; t += 60_000) if (isOpen(t)) left--
      return t
    },
  }
}

interface DayjsTime {
  addBusinessMinutes(minutes: number): DayjsTime
  valueOf(): number
}
interface Dayjs {
  (at: number): DayjsTime
  extend(plugin: unknown): void
  setHolidays(dates: readonly string[]): void
  setBusinessTime(week: Record<string, { start: string; end: string }[] | null>): void
}

/** As one would set it up; with `weekends`, every day of the week has hours and every weekend that is not worked is a holiday. */
function dayjsBusinessTime(dayjs: Dayjs, plugin: unknown, weekends: boolean): Yardstick {
  dayjs.extend(plugin)
  const hours = INTERVALS.map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` }))
  const week = WEEKDAYS.map((name, day) => [name, weekends || isWorkday(day) ? hours : null] as const)
  const holidays = weekends ? [...HOLIDAYS, ...weekendsOff()] : HOLIDAYS
  return {
    name: weekends ? 'dayjs-business-time, weekends listed' : 'dayjs-business-time',
    lacks: weekends ? 'shortened days' : LACKS,
    prepare() {
      dayjs.setBusinessTime(Object.fromEntries(week))
      dayjs.setHolidays(holidays)
    },
    add: (start, minutes) => dayjs(start).addBusinessMinutes(minutes).valueOf(),
  }
}

/** Saturdays and Sundays of the years that are known, without those that are worked. */
function weekendsOff(): string[] {
  const worked = new Set(RU_PRODUCTION_YEARS.flatMap((year) => year.workingWeekends))
  const found: string[] = []
  const end = Temporal.PlainDate.from({ year: RU_PRODUCTION_YEARS.at(-1)!.year + 1, month: 1, day: 1 })
  let day = Temporal.PlainDate.from({ year: RU_PRODUCTION_YEARS[0]!.year, month: 1, day: 1 })
  for (; Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 1 }))
    if (day.dayOfWeek > 5 && !worked.has(day.toString())) found.push(day.toString())
  return found
}

interface MomentTime {
  addWorkingTime(amount: number, unit: string): MomentTime
  valueOf(): number
}
interface Moment {
  (at: number): MomentTime
  locale(): string
  updateLocale(locale: string, settings: object): void
}

function momentBusinessTime(moment: Moment): Yardstick {
  const hours = INTERVALS.flat().map((time) => `${time}:00`)
  const workinghours = Object.fromEntries(WEEKDAYS.map((_name, day) => [day, isWorkday(day) ? hours : null]))
  moment.updateLocale(moment.locale(), { workinghours, holidays: HOLIDAYS })
  return {
    name: 'moment-business-time',
    lacks: LACKS,
    add: (start, minutes) => moment(start).addWorkingTime(minutes, 'minutes').valueOf(),
  }
}

interface LuxonTime {
  setupBusiness(settings: { businessDays: number[]; holidayMatchers: ((day: LuxonTime) => boolean)[] }): void
  plusBusiness(amount: { days: number }): LuxonTime
  toISODate(): string
  weekday: number
  toMillis(): number
}
interface Luxon {
  fromMillis(at: number): LuxonTime
}

/** Nothing on luxon counts working minutes; this adds days, by whose matchers a worked Saturday can be said. */
function luxonBusinessDays({ DateTime }: { DateTime: Luxon }): Yardstick {
  const off = new Set(HOLIDAYS)
  const worked = new Set(RU_PRODUCTION_YEARS.flatMap((year) => year.workingWeekends))
  const isOff = (day: LuxonTime) => (day.weekday > 5 ? !worked.has(day.toISODate()) : off.has(day.toISODate()))
  DateTime.fromMillis(0).setupBusiness({ businessDays: [1, 2, 3, 4, 5, 6, 7], holidayMatchers: [isOff] })
  return {
    name: 'luxon-business-days',
    lacks: 'hours of the day',
    daysOnly: true,
    add: (start, minutes) =>
      DateTime.fromMillis(start)
        .plusBusiness({ days: Math.round(minutes / DAY_MINUTES) })
        .toMillis(),
  }
}

/** date-fns has no package that counts working minutes either; its own function adds weekdays. */
function dateFns(addBusinessDays: (date: number, days: number) => Date): Yardstick {
  return {
    name: 'date-fns addBusinessDays',
    lacks: 'hours of the day, holidays, worked Saturdays',
    daysOnly: true,
    add: (start, minutes) => addBusinessDays(start, Math.round(minutes / DAY_MINUTES)).getTime(),
  }
}

/** The libraries that are installed; they count in the zone of their host, which has to be set to Moscow before. */
export async function libraries(): Promise<{ found: Yardstick[]; missing: string[] }> {
  const found: Yardstick[] = []
  const missing: string[] = []
  const take = async (names: string[], make: (parts: unknown[]) => Yardstick) => {
    try {
      found.push(make(await Promise.all(names.map(loaded))))
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
      missing.push(...names)
    }
  }
  for (const weekends of [false, true])
    await take(['dayjs', 'dayjs-business-time'], ([dayjs, plugin]) =>
      dayjsBusinessTime(dayjs as Dayjs, plugin, weekends),
    )
  await take(['moment-business-time'], ([moment]) => momentBusinessTime(moment as Moment))
  await take(['luxon-business-days'], ([luxon]) => luxonBusinessDays(luxon as { DateTime: Luxon }))
  await take(['date-fns/addBusinessDays'], ([add]) => dateFns(add as Parameters<typeof dateFns>[0]))
  return { found, missing }
}

async function loaded(name: string): Promise<unknown> {
  const module = (await import(name)) as { default: unknown }
  // A CommonJS build of an ES module has its own default inside.
  const inner = module.default as { default?: unknown }
  return inner.default ?? inner
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
