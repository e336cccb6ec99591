import { RU_PRODUCTION_YEARS } from '@opora/calendar'

/** A way to add working minutes that somebody would take instead of ours. */
export interface Yardstick {
  name: string
  /** What of the calendar it cannot say. */
  lacks: string
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

function dayjsBusinessTime(dayjs: Dayjs, plugin: unknown): Yardstick {
  dayjs.extend(plugin)
  const hours = INTERVALS.map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` }))
  dayjs.setBusinessTime(Object.fromEntries(WEEKDAYS.map((name, day) => [name, isWorkday(day) ? hours : null])))
  dayjs.setHolidays(HOLIDAYS)
  return {
    name: 'dayjs-business-time',
    lacks: LACKS,
    add: (start, minutes) => dayjs(start).addBusinessMinutes(minutes).valueOf(),
  }
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
  await take(['dayjs', 'dayjs-business-time'], ([dayjs, plugin]) => dayjsBusinessTime(dayjs as Dayjs, plugin))
  await take(['moment-business-time'], ([moment]) => momentBusinessTime(moment as Moment))
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
