import { dateOfEpochDay, epochDayOf } from './civil-day.ts'
import { type CalendarSpec, type HourSpan, RU_PRODUCTION_YEARS } from './index.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** The layers said once more in the plainest way: is this minute of the clock on the wall inside the hours? */
export function minuteOracle(spec: CalendarSpec): (t: number) => boolean {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: spec.zone, dateStyle: 'short', timeStyle: 'short' })
  const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const memory = new Map<string, boolean[]>()
  const dayMinutes = (day: string): boolean[] => {
    const known = memory.get(day)
    if (known) return known
    const made = minutesOfDay(spec, day, minuteOf)
    memory.set(day, made)
    return made
  }
  return (t) => {
    const [day, wall] = formatter.format(t).split(' ') as [string, string]
    const minute = minuteOf(wall)
    const removed = spec.exceptions?.find((exception) => exception.date === day)?.remove ?? []
    if (covers(removed, minute, minuteOf)) return false
    return dayMinutes(day)[minute] === true || dayMinutes(dateOfEpochDay(epochDayOf(day) - 1))[minute + 1440] === true
  }
}

function covers(spans: readonly HourSpan[], minute: number, minuteOf: (text: string) => number): boolean {
  return spans.some(([from, to]) => {
    const end = minuteOf(to) <= minuteOf(from) ? minuteOf(to) + 1440 : minuteOf(to)
    return minuteOf(from) <= minute && minute < end
  })
}

function minutesOfDay(spec: CalendarSpec, day: string, minuteOf: (text: string) => number): boolean[] {
  const year = RU_PRODUCTION_YEARS.find((entry) => day.startsWith(String(entry.year)))
  const weekdayOf = (text: string) => weekdays[(new Date(text).getUTCDay() + 6) % 7] as (typeof weekdays)[number]
  let list: readonly HourSpan[] = spec.week[weekdayOf(day)] ?? []
  const isHoliday = [
    '01-01',
    '01-02',
    '01-03',
    '01-04',
    '01-05',
    '01-06',
    '01-07',
    '01-08',
    '02-23',
    '03-08',
    '05-01',
    '05-09',
    '06-12',
    '11-04',
  ].includes(day.slice(5))
  if (spec.dayRule !== 'every_listed_day' && isHoliday) list = []
  if (['production', 'weekdays_less_all_days_off'].includes(spec.dayRule) && year?.weekdaysOff.includes(day)) list = []
  const move = year?.moves.find((entry) => entry.from === day)
  if (spec.dayRule === 'production' && year?.workingWeekends.includes(day) && list.length === 0 && move)
    list = spec.week[weekdayOf(move.to)] ?? []
  const minutes = Array.from({ length: 2880 }, (_, minute) => covers(list, minute, minuteOf))
  for (const pause of spec.breaks ?? [])
    for (let minute = 0; minute < 2880; minute++) {
      const later = Math.floor(minute / 1440)
      for (const back of [0, 1]) {
        const began = dateOfEpochDay(epochDayOf(day) + later - back)
        const listed = !pause.days || pause.days.includes(weekdayOf(began))
        if (listed && covers([[pause.from, pause.to]], (minute % 1440) + back * 1440, minuteOf)) minutes[minute] = false
      }
    }
  if (spec.shortenedDays ?? spec.dayRule === 'production') shorten(minutes, year?.shortened.includes(day) ?? false)
  const own = [...(spec.holidays ?? []), ...(spec.regionalDaysOff ?? [])].some((holiday) => holiday.date === day)
  if (own || spec.yearlyHolidays?.some((holiday) => holiday.monthDay === day.slice(5))) minutes.fill(false)
  const exception = spec.exceptions?.find((entry) => entry.date === day)
  if (exception?.replace) minutes.fill(false)
  for (const extra of [exception?.replace ?? [], exception?.add ?? []])
    for (let minute = 0; minute < 2880; minute++) if (covers(extra, minute, minuteOf)) minutes[minute] = true
  return minutes
}

function shorten(minutes: boolean[], isShort: boolean): void {
  let owed = isShort ? 60 : 0
  for (let minute = 2879; minute >= 0 && owed > 0; minute--)
    if (minutes[minute]) {
      minutes[minute] = false
      owed--
    }
}
