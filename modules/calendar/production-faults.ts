import type { CalendarFault } from './check-spec.ts'

/** What can be wrong with a file of production years, and what a person should look at. */
const SENTENCES = {
  unknown_form: {
    ru: 'Это не производственный календарь: нужен файл программы, JSON xmlcalendar.ru или списки holidays и preholidays',
    en: 'This is no production calendar: the product’s own file, xmlcalendar’s JSON or lists of holidays and preholidays are needed',
  },
  not_a_year: { ru: 'Такого года нет', en: 'There is no such year' },
  year_twice: { ru: 'Год встречается дважды', en: 'The year is there twice' },
  twelve_months: { ru: 'Нужны все двенадцать месяцев', en: 'All twelve months are needed' },
  not_a_date: { ru: 'Здесь нужна дата этого года', en: 'A date of that year is needed here' },
  listed_twice: { ru: 'День указан дважды', en: 'The day is listed twice' },
  not_readable: {
    ru: 'Производственный календарь здесь не читается',
    en: 'The production calendar cannot be read here',
  },
  weekends_missing: {
    ru: 'В списке нет обычных суббот и воскресений: нужны все выходные дни года',
    en: 'Ordinary Saturdays and Sundays are missing: every day off of the year is needed',
  },
  not_a_weekday: { ru: 'Это суббота или воскресенье', en: 'This is a Saturday or a Sunday' },
  not_a_weekend: { ru: 'Это не суббота и не воскресенье', en: 'This is neither a Saturday nor a Sunday' },
  shortened_off: { ru: 'Сокращённый день указан выходным', en: 'A shortened day is listed as a day off' },
  count_differs: { ru: 'Число в файле не сходится с его днями', en: 'A figure of the file differs from its days' },
  move_target_works: { ru: 'Перенос на день, который в файле рабочий', en: 'A day of rest is moved to a working day' },
  move_source_off: {
    ru: 'Перенос с обычного выходного, который в файле не рабочий',
    en: 'A day of rest is moved from a weekend day that is not worked',
  },
  moved_twice: { ru: 'День перенесён дважды', en: 'The day is moved twice' },
  holiday_worked: { ru: 'Праздник по статье 112 ТК РФ указан рабочим', en: 'A holiday of the law is listed as worked' },
  holiday_new: { ru: 'Праздник, которого нет в статье 112 ТК РФ', en: 'A holiday that the law does not know' },
  unusual_count: {
    ru: 'Выходных и праздников не столько, сколько даёт закон',
    en: 'There are not as many days off as the law gives',
  },
  move_ignored: {
    ru: 'Перенос на субботу или воскресенье ничего не меняет и пропущен',
    en: 'A move to a weekend day changes nothing and is left out',
  },
  moves_inferred: {
    ru: 'Переносов в файле нет: откуда перенесён день, показать нельзя; рабочая суббота берёт часы ближайшего перенесённого дня',
    en: 'The file holds no moves: where a day comes from cannot be told; a worked Saturday takes the hours of the nearest moved day',
  },
  eve_not_shortened: {
    ru: 'Рабочий день перед праздником не сокращён',
    en: 'A working day before a holiday is not shortened',
  },
  shortened_unexplained: {
    ru: 'Сокращённый день не стоит перед праздником',
    en: 'A shortened day does not stand before a holiday',
  },
  paid_days_off: {
    ru: 'Нерабочие дни с сохранением оплаты остались рабочими: закройте их исключениями, если они вам нужны',
    en: 'Paid days off by decree stay working days: close them by exceptions where they matter',
  },
  no_source: {
    ru: 'Без названия постановления год остаётся проектом, и сроки в нём помечены как предварительные',
    en: 'Without the name of the act the year stays a draft, and deadlines in it are marked estimated',
  },
} as const

export type ImportFaultCode = keyof typeof SENTENCES

export function importFault(code: ImportFaultCode, path: string, value: unknown): CalendarFault {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return { path, code, value: text.slice(0, 120), ...SENTENCES[code] }
}
