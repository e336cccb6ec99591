import type { CalendarBook } from '@opora/contracts'
import { inBoth, type Locale, minutesInWords, type Words } from '@opora/core'
import { dictionary, formatDate, formatDateTime, type Say, speak } from '@opora/platform/i18n'
import type { ClockFact } from './domain/clock.ts'
import type { ClockInterval } from './domain/explain-clock.ts'
import type { SlaTarget } from './domain/policy.ts'

/** What the explanation of a clock says; times of day stand beside the sentences, so they name only what is not there. */
const words = dictionary({
  reaction: { ru: 'Реакция', en: 'Reaction' },
  next_answer: { ru: 'Следующий ответ', en: 'Next answer' },
  resolution: { ru: 'Решение', en: 'Resolution' },

  running: { ru: 'идёт', en: 'running' },
  paused: { ru: 'на паузе', en: 'paused' },
  met: { ru: 'выполнено', en: 'met' },
  breached: { ru: 'нарушено', en: 'breached' },
  cancelled: { ru: 'снято', en: 'cancelled' },

  client: { ru: 'клиента', en: 'the client' },
  vendor: { ru: 'вендора', en: 'the vendor' },
  partner: { ru: 'подрядчика', en: 'the contractor' },
  approval: { ru: 'согласования', en: 'an approval' },
  payment: { ru: 'оплаты', en: 'a payment' },
  date: { ru: 'согласованной даты', en: 'the agreed date' },

  of_service_time: { ru: '{time} рабочего времени', en: '{time} of service time' },
  by_the_clock: { ru: '{time} по часам', en: '{time} by the clock' },
  working_days: {
    ru: { one: '{n} рабочий день', few: '{n} рабочих дня', many: '{n} рабочих дней' },
    en: { one: '{n} working day', other: '{n} working days' },
  },

  week_hours: { ru: 'Часы обслуживания', en: 'Service hours' },
  weekly_day_off: { ru: 'Выходной', en: 'Day off' },
  public_holiday: { ru: 'Праздник: {name}', en: 'Public holiday: {name}' },
  moved_day_off: { ru: 'Перенесённый выходной', en: 'Moved day off' },
  moved_day_off_from: { ru: 'Выходной, перенесённый с {date}', en: 'Day off moved from {date}' },
  moved_working_day: { ru: 'Рабочий день по переносу', en: 'Moved working day' },
  moved_working_day_for: { ru: 'Рабочий день вместо {date}', en: 'Worked in place of {date}' },
  shortened_day: { ru: 'Предпраздничный день короче на час', en: 'The day before a holiday is an hour shorter' },
  break: { ru: 'Перерыв', en: 'Break' },
  own_holiday: { ru: 'Нерабочий день компании', en: "The company's day off" },
  regional_day_off: { ru: 'Региональный нерабочий день', en: 'Regional day off' },
  exception_replaced: { ru: 'Особые часы', en: 'Special hours' },
  exception_added: { ru: 'Дополнительные часы', en: 'Added hours' },
  exception_removed: { ru: 'Часы отменены', en: 'Hours called off' },
  outside_hours: { ru: 'Вне часов обслуживания', en: 'Outside service hours' },
  with_name: { ru: '{what}: {name}', en: '{what}: {name}' },
  clock_time: { ru: 'Считается в любое время суток', en: 'Counts at any hour' },
  waiting: { ru: 'Пауза: ждали {whom}', en: 'Paused: waited for {whom}' },
  waiting_not_counted: {
    ru: 'Ждали {whom}, но по договору время шло',
    en: 'Waited for {whom}, but by the contract time went on',
  },
  ticket_closed: { ru: 'Обращение было закрыто', en: 'The request was closed' },

  target_set: {
    ru: 'Срок {target}: строка «{row}», приоритет {priority}',
    en: 'Target {target}: row "{row}", priority {priority}',
  },
  target_gone: { ru: 'Для обращения больше ничего не обещано', en: 'Nothing is promised for the request any more' },
  answered: { ru: 'Ответил специалист', en: 'A person answered' },
  acknowledged: { ru: 'Принято в работу', en: 'Acknowledged' },
  solved: { ru: 'Решено', en: 'Solved' },
  confirm_rejected: {
    ru: 'Клиент не принял решение: срок не останавливался',
    en: 'The client rejected the solution: the clock never stopped',
  },
  work_around: {
    ru: 'Работа восстановлена, приоритет понижен до {priority}',
    en: 'Service restored, the priority dropped to {priority}',
  },
  work_around_rejected: {
    ru: 'Клиент не принял обходное решение: снова приоритет {priority}, срок не останавливался',
    en: 'The client rejected the work-around: priority {priority} again, the clock never stopped',
  },
  agreed: { ru: 'Стороны согласовали срок {date}', en: 'Both sides agreed on {date}' },
  breached_at: { ru: 'Срок {date} нарушен', en: 'The deadline {date} was missed' },
  closed: { ru: 'Обращение закрыто', en: 'The request was closed' },
  reopened: {
    ru: 'Обращение открыто снова: время, пока оно было закрыто, не считается',
    en: 'The request was reopened: the time it was closed does not count',
  },
  merged: { ru: 'Обращение объединено с другим', en: 'The request was merged into another' },
  unmerged: { ru: 'Объединение отменено', en: 'The merge was undone' },
})

export interface Reader {
  locale: Locale
  /** IANA zone in which the reader sees dates. */
  zone: string
}

type Key = keyof typeof words
const isKey = (key: string): key is Key => Object.hasOwn(words, key)
// Which parameters a phrase takes is known only where its key is a literal; here keys come from data.
type SayAny = (key: Key, params?: Record<string, string | number>) => string
const voice = (locale: Locale): SayAny => speak(words, locale) as Say<typeof words> as SayAny

/** The word for a metric, a state or whom was waited for; an unknown code stays itself. */
export function wordFor(code: string, locale: Locale): string {
  return isKey(code) ? voice(locale)(code) : code
}

export function targetInWords(target: SlaTarget, locale: Locale): string {
  const say = voice(locale)
  if (target.unit === 'working_days') return say('working_days', { n: target.amount })
  const time = minutesInWords(target.amount, locale)
  return say(target.unit === 'clock_minutes' ? 'by_the_clock' : 'of_service_time', { time })
}

export function targetWords(target: SlaTarget): Words {
  return inBoth((locale) => targetInWords(target, locale))
}

/** Why a stretch of time counted or did not. */
export function intervalInWords({ reason, params }: ClockInterval, locale: Locale): string {
  const say = voice(locale)
  const { name, from, inPlaceOf } = params
  if (reason === 'public_holiday') return say(reason, { name: name ?? '' })
  if (reason === 'moved_day_off' && from) return say('moved_day_off_from', { date: formatDate(from, locale) })
  if (reason === 'moved_working_day' && inPlaceOf) {
    return say('moved_working_day_for', { date: formatDate(inPlaceOf, locale) })
  }
  if (reason === 'waiting' || reason === 'waiting_not_counted') {
    return say(reason, { whom: wordFor(params['reason'] ?? '', locale) })
  }
  return name ? say('with_name', { what: say(reason), name }) : say(reason)
}

/** What happened to a clock. */
export function factInWords({ code, params }: ClockFact, reader: Reader): string {
  const { locale, zone } = reader
  const say = voice(locale)
  const date = formatDateTime(Number(params['dueAt'] ?? 0), { locale, zone }, 'long')
  if (code === 'target_set') {
    const unit = params['unit'] as SlaTarget['unit']
    const target = targetInWords({ amount: Number(params['amount']), unit }, locale)
    const row = String(params[locale === 'ru' ? 'row' : 'rowEn'] ?? '')
    return say(code, { target, row, priority: params['priority'] ?? '' })
  }
  if (code === 'agreed') return say(code, { date })
  if (code === 'breached') return say('breached_at', { date })
  return say(code, params)
}

export function calendarName(book: Pick<CalendarBook, 'nameOf'>, key: string, locale: Locale): string {
  return book.nameOf(key)[locale]
}
