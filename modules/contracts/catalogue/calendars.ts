import { type CalendarSpec, READY_CALENDARS, type ReadyCalendarId } from '@opora/calendar'
import type { Words } from '@opora/core'

/** Service hours that packages name. */
export interface CatalogueCalendar {
  code: ReadyCalendarId
  name: Words
  spec: CalendarSpec
}

const NAMES: Record<ReadyCalendarId, Words> = {
  'mon-fri-10-18': { ru: 'Пн–Пт 10–18, производственный календарь', en: 'Mon–Fri 10–18, production calendar' },
  'mon-fri-10-19': { ru: 'Пн–Пт 10–19, производственный календарь', en: 'Mon–Fri 10–19, production calendar' },
  'mon-fri-8-20': { ru: 'Пн–Пт 8–20, производственный календарь', en: 'Mon–Fri 8–20, production calendar' },
  'mon-sat-9-19': { ru: 'Пн–Сб 9–19', en: 'Mon–Sat 9–19' },
  '24x7': { ru: 'Круглосуточно', en: 'Around the clock' },
  'ru-working-days': { ru: 'Рабочие дни России', en: 'Working days of Russia' },
}

export const CALENDARS: readonly CatalogueCalendar[] = (Object.keys(READY_CALENDARS) as ReadyCalendarId[]).map(
  (code) => ({
    code,
    name: NAMES[code],
    spec: READY_CALENDARS[code],
  }),
)

export const CALENDAR_CODES: readonly string[] = CALENDARS.map((calendar) => calendar.code)
