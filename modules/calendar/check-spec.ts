import { epochDayOf, WEEKDAYS } from './civil-day.ts'
import type { ImportFaultCode } from './production-faults.ts'
import { minutesOfTime, spanOfHours } from './spans.ts'
import { type CalendarSpec, DAY_RULES, type HourSpan } from './spec.ts'

/** Why a calendar cannot be used: a code, where in the data, and a sentence in each language. */
export interface CalendarFault {
  path: string
  code: FaultCode
  value: string
  ru: string
  en: string
}

type SpecFaultCode = keyof typeof SENTENCES
export type FaultCode = SpecFaultCode | ImportFaultCode

const SENTENCES = {
  not_an_object: { ru: 'Здесь нужен объект', en: 'An object is needed here' },
  not_a_list: { ru: 'Здесь нужен список', en: 'A list is needed here' },
  unknown_field: { ru: 'Такого поля у календаря нет', en: 'A calendar has no such field' },
  unknown_zone: { ru: 'Такого часового пояса нет', en: 'There is no such time zone' },
  unknown_rule: { ru: 'Такого правила дней нет', en: 'There is no such day rule' },
  unknown_weekday: { ru: 'Такого дня недели нет', en: 'There is no such weekday' },
  not_a_flag: { ru: 'Здесь нужно «да» или «нет»', en: 'This must be true or false' },
  not_a_text: { ru: 'Здесь нужна строка', en: 'A text is needed here' },
  not_a_time: { ru: 'Время пишется ЧЧ:ММ, не позже 24:00', en: 'A time is written HH:MM, 24:00 at the latest' },
  not_a_date: { ru: 'Такой даты нет, она пишется ГГГГ-ММ-ДД', en: 'There is no such date; it is written YYYY-MM-DD' },
  not_a_month_day: {
    ru: 'Такого дня года нет, он пишется ММ-ДД',
    en: 'There is no such day of a year; it is written MM-DD',
  },
  empty_span: {
    ru: 'Начало и конец совпадают; круглые сутки пишутся 00:00–24:00',
    en: 'The beginning equals the end; the whole day is written 00:00–24:00',
  },
  overlapping_spans: { ru: 'Часы одного дня пересекаются', en: 'Hours of one day overlap' },
  crosses_midnight: {
    ru: 'Убираемые часы не переходят через полночь: задайте их для каждой даты',
    en: 'Hours to remove do not cross midnight: give them for each date',
  },
  date_twice: { ru: 'Для этой даты уже есть исключение', en: 'This date already has an exception' },
  replace_and_add: { ru: '«replace» и «add» нельзя задать вместе', en: '"replace" and "add" exclude each other' },
  empty_exception: { ru: 'Исключение ничего не меняет', en: 'The exception changes nothing' },
} as const

/** Thrown by `compileCalendar`; `faults` lists everything that is wrong, not only the first. */
export class InvalidCalendar extends Error {
  readonly faults: CalendarFault[]

  constructor(faults: CalendarFault[]) {
    super(`invalid calendar: ${faults.map((fault) => `${fault.path}: ${fault.en} (${fault.value})`).join('; ')}`)
    this.name = 'InvalidCalendar'
    this.faults = faults
  }
}

const FIELDS = new Set([
  'zone',
  'week',
  'dayRule',
  'shortenedDays',
  'breaks',
  'holidays',
  'yearlyHolidays',
  'regionalDaysOff',
  'exceptions',
])

type Report = (path: string, code: SpecFaultCode, value?: unknown) => void

/** Every fault of what should be a `CalendarSpec`; an empty list means that it is one. */
export function checkCalendarSpec(spec: unknown): CalendarFault[] {
  const faults: CalendarFault[] = []
  const report: Report = (path, code, value) =>
    faults.push({ path, code, value: value === undefined ? '' : String(JSON.stringify(value)), ...SENTENCES[code] })
  if (!isRecord(spec)) {
    report('', 'not_an_object', spec)
    return faults
  }
  for (const field of Object.keys(spec)) if (!FIELDS.has(field)) report(field, 'unknown_field', field)
  if (!isZone(spec['zone'])) report('zone', 'unknown_zone', spec['zone'])
  if (!DAY_RULES.some((rule) => rule === spec['dayRule'])) report('dayRule', 'unknown_rule', spec['dayRule'])
  if (spec['shortenedDays'] !== undefined && typeof spec['shortenedDays'] !== 'boolean')
    report('shortenedDays', 'not_a_flag', spec['shortenedDays'])
  checkWeek(spec['week'], report)
  checkBreaks(spec['breaks'], report)
  checkDates('holidays', spec['holidays'], report)
  checkDates('regionalDaysOff', spec['regionalDaysOff'], report)
  checkYearly(spec['yearlyHolidays'], report)
  checkExceptions(spec['exceptions'], report)
  return faults
}

/** The checked spec; throws `InvalidCalendar` with every fault. */
export function requireCalendarSpec(spec: unknown): CalendarSpec {
  const faults = checkCalendarSpec(spec)
  if (faults.length > 0) throw new InvalidCalendar(faults)
  return spec as CalendarSpec
}

function checkWeek(week: unknown, report: Report): void {
  if (!isRecord(week)) {
    report('week', 'not_an_object', week)
    return
  }
  for (const [weekday, hours] of Object.entries(week)) {
    if (!isWeekday(weekday)) report(`week.${weekday}`, 'unknown_weekday', weekday)
    else checkHours(`week.${weekday}`, hours, report)
  }
}

function checkHours(path: string, hours: unknown, report: Report): void {
  if (!Array.isArray(hours)) {
    report(path, 'not_a_list', hours)
    return
  }
  const good = hours.filter((span, i): span is HourSpan => checkSpan(`${path}[${i}]`, span, report))
  const spans = good.map(spanOfHours).sort((a, b) => a.from - b.from)
  if (spans.some((span, i) => i > 0 && span.from < (spans[i - 1]?.to ?? 0))) report(path, 'overlapping_spans', hours)
}

function checkSpan(path: string, span: unknown, report: Report): boolean {
  if (!Array.isArray(span) || span.length !== 2) {
    report(path, 'not_a_list', span)
    return false
  }
  const bad = span.findIndex((time) => typeof time !== 'string' || minutesOfTime(time) === null)
  if (bad >= 0) report(`${path}[${bad}]`, 'not_a_time', span[bad])
  else if (minutesOfTime(span[0]) === 1440) report(`${path}[0]`, 'not_a_time', span[0])
  else if (minutesOfTime(span[0]) === minutesOfTime(span[1])) report(path, 'empty_span', span)
  else return true
  return false
}

function checkBreaks(breaks: unknown, report: Report): void {
  eachRecord('breaks', breaks, report, (path, item) => {
    checkSpan(path, [item['from'], item['to']], report)
    if (item['days'] === undefined) return
    if (!Array.isArray(item['days'])) {
      report(`${path}.days`, 'not_a_list', item['days'])
      return
    }
    for (const day of item['days']) if (!isWeekday(day)) report(`${path}.days`, 'unknown_weekday', day)
  })
}

function checkDates(field: string, dates: unknown, report: Report): void {
  eachRecord(field, dates, report, (path, item) => {
    checkName(path, item, report)
    if (!isDate(item['date'])) report(`${path}.date`, 'not_a_date', item['date'])
  })
}

function checkYearly(holidays: unknown, report: Report): void {
  eachRecord('yearlyHolidays', holidays, report, (path, item) => {
    checkName(path, item, report)
    // 2024 is a leap year, so 02-29 is a day of it.
    if (!isDate(`2024-${item['monthDay']}`)) report(`${path}.monthDay`, 'not_a_month_day', item['monthDay'])
  })
}

function checkExceptions(exceptions: unknown, report: Report): void {
  const seen = new Set<unknown>()
  eachRecord('exceptions', exceptions, report, (path, item) => {
    checkName(path, item, report)
    if (!isDate(item['date'])) report(`${path}.date`, 'not_a_date', item['date'])
    if (seen.has(item['date'])) report(`${path}.date`, 'date_twice', item['date'])
    seen.add(item['date'])
    const kinds = ['replace', 'add', 'remove'].filter((kind) => item[kind] !== undefined)
    for (const kind of kinds) checkHours(`${path}.${kind}`, item[kind], report)
    if (crossesMidnight(item['remove'])) report(`${path}.remove`, 'crosses_midnight', item['remove'])
    if (kinds.length === 0) report(path, 'empty_exception', item)
    if (kinds.includes('replace') && kinds.includes('add')) report(path, 'replace_and_add', item)
  })
}

function crossesMidnight(hours: unknown): boolean {
  if (!Array.isArray(hours)) return false
  return hours.some(
    (span) => Array.isArray(span) && (minutesOfTime(`${span[1]}`) ?? 1440) < (minutesOfTime(`${span[0]}`) ?? 0),
  )
}

function checkName(path: string, item: Record<string, unknown>, report: Report): void {
  const name = item['name']
  if (name !== undefined && typeof name !== 'string') report(`${path}.name`, 'not_a_text', name)
}

function eachRecord(
  field: string,
  list: unknown,
  report: Report,
  check: (path: string, item: Record<string, unknown>) => void,
): void {
  if (list === undefined) return
  if (!Array.isArray(list)) {
    report(field, 'not_a_list', list)
    return
  }
  list.forEach((item: unknown, i) => {
    if (isRecord(item)) check(`${field}[${i}]`, item)
    else report(`${field}[${i}]`, 'not_an_object', item)
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWeekday(value: unknown): boolean {
  return WEEKDAYS.some((weekday) => weekday === value)
}

function isDate(value: unknown): boolean {
  try {
    epochDayOf(String(value))
    return true
  } catch {
    return false
  }
}

function isZone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value)
    return true
  } catch {
    return false
  }
}
