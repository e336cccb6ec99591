import { dateOfEpochDay, type EpochDay, epochDayOf, weekdayIndex } from './civil-day.ts'
import type { MovedDay, ProductionYear } from './production-year.ts'
import type { CivilDate } from './spec.ts'

/** Public holidays of article 112 of the Labour Code, `MM-DD`. */
const HOLIDAYS: readonly (readonly [monthDay: string, name: string])[] = [
  ['01-01', 'Новогодние каникулы'],
  ['01-02', 'Новогодние каникулы'],
  ['01-03', 'Новогодние каникулы'],
  ['01-04', 'Новогодние каникулы'],
  ['01-05', 'Новогодние каникулы'],
  ['01-06', 'Новогодние каникулы'],
  ['01-07', 'Рождество Христово'],
  ['01-08', 'Новогодние каникулы'],
  ['02-23', 'День защитника Отечества'],
  ['03-08', 'Международный женский день'],
  ['05-01', 'Праздник Весны и Труда'],
  ['05-09', 'День Победы'],
  ['06-12', 'День России'],
  ['11-04', 'День народного единства'],
]

/** The public holidays of a year by article 112. */
export function publicHolidays(year: number): { date: CivilDate; name: string }[] {
  return HOLIDAYS.map(([monthDay, name]) => ({ date: `${year}-${monthDay}`, name }))
}

/**
 * A year by the general rules of the Labour Code: article 112 (a holiday on a day off moves that day off to the next
 * working day, January excepted) and article 95 (the working day before a holiday is an hour shorter), after the moves
 * of the Government's decree. Without `decree` the year is an estimate: two January days are still to be moved.
 * A Saturday worked in place of a weekday before a holiday is shortened like that weekday.
 */
export function productionYearByLaw(year: number, decree: readonly MovedDay[] = []): ProductionYear {
  const holidays = publicHolidays(year)
  const holidayDays = new Set(holidays.map((holiday) => epochDayOf(holiday.date)))
  const moves = new Map<EpochDay, EpochDay>(decree.map((move) => [epochDayOf(move.from), epochDayOf(move.to)]))
  const working = new Set([...moves.keys()].filter((from) => isWeekend(from) && !holidayDays.has(from)))
  const off = new Set(moves.values())
  const isOff = (day: EpochDay) => holidayDays.has(day) || off.has(day) || (isWeekend(day) && !working.has(day))

  for (const holiday of [...holidayDays].sort((a, b) => a - b)) {
    if (!isWeekend(holiday) || moves.has(holiday) || dateOfEpochDay(holiday).slice(5, 7) === '01') continue
    let to = holiday + 1
    while (isOff(to)) to++
    moves.set(holiday, to)
    off.add(to)
  }

  const dates = (days: Iterable<EpochDay>) => [...days].sort((a, b) => a - b).map(dateOfEpochDay)
  const weekdaysOff = dates(new Set([...holidayDays, ...off].filter((day) => !isWeekend(day))))
  const nextNewYear = epochDayOf(`${year + 1}-01-01`)
  const shortened = new Set([...holidayDays, nextNewYear].map((day) => day - 1).filter((day) => !isOff(day)))
  for (const day of working) if (holidayDays.has((moves.get(day) ?? day) + 1)) shortened.add(day)
  return {
    year,
    status: 'estimated',
    source: 'ТК РФ, статьи 95 и 112',
    holidays,
    weekdaysOff,
    workingWeekends: dates(working),
    shortened: dates([...shortened].filter((day) => dateOfEpochDay(day).startsWith(String(year)))),
    moves: [...moves].map(([from, to]) => ({ from: dateOfEpochDay(from), to: dateOfEpochDay(to) })),
  }
}

function isWeekend(day: EpochDay): boolean {
  return weekdayIndex(day) >= 5
}
