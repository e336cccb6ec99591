import { declareRefusals } from '@opora/core'

export const { specs: calendarRefusals, refuse: refuseCalendar } = declareRefusals({
  'contracts.production_year_invalid': {
    status: 422,
    ru: 'Производственный календарь не принят: файл противоречит сам себе или не читается.',
    en: 'The production calendar is not taken: the file contradicts itself or cannot be read.',
  },
  'contracts.production_year_past': {
    status: 422,
    ru: 'Файл меняет прошедшие дни утверждённого года: {dates}. По ним уже посчитаны сроки; закройте или откройте такие дни исключениями календаря.',
    en: 'The file changes past days of an approved year: {dates}. Deadlines have been counted by them; close or open such days by exceptions of a calendar.',
  },
  'contracts.production_year_notes': {
    status: 409,
    ru: 'Файл расходится с правилами Трудового кодекса. Посмотрите замечания и подтвердите, что всё верно.',
    en: 'The file differs from the rules of the Labour Code. Look at the notes and confirm that it is right.',
  },
})
