export { Calendar, compileCalendar } from './calendar.ts'
export { type CalendarFault, checkCalendarSpec, type FaultCode, InvalidCalendar } from './check-spec.ts'
export type { DayReason, DayReasonCode } from './day-plan.ts'
export type { DayExplanation, ExplainedInterval } from './explain.ts'
export { productionYearByLaw, publicHolidays } from './labour-code.ts'
export { NoOpenTime } from './no-open-time.ts'
export { countsOfYear, type YearCounts } from './production-counts.ts'
export { type ImportedYear, readProductionImport } from './production-import.ts'
export { type MovedDay, type ProductionYear, RU_PRODUCTION_YEARS, readProductionYears } from './production-year.ts'
export { READY_CALENDARS, type ReadyCalendarId, week } from './ready.ts'
export type {
  CalendarBreak,
  CalendarException,
  CalendarSpec,
  CivilDate,
  DayRule,
  HourSpan,
  Instant,
  NamedDate,
  Weekday,
  YearlyHoliday,
} from './spec.ts'
export { DAY_RULES } from './spec.ts'
export { nextOpeningIn } from './wall-hours.ts'
export type { Interval } from './zone.ts'
