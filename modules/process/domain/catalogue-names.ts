import type { ClockEffect, FieldType, Phase } from './catalogue.ts'
import type { Bilingual } from './process-definition.ts'

/** What the words of the catalogue are called where people read them. */

export const CLOCK_EFFECT_NAMES: Readonly<Record<ClockEffect, Bilingual>> = {
  run: { ru: 'идут', en: 'run' },
  'wait:client': { ru: 'ждём клиента', en: 'wait for the client' },
  'wait:vendor': { ru: 'ждём вендора', en: 'wait for the vendor' },
  'wait:partner': { ru: 'ждём партнёра', en: 'wait for the partner' },
  'wait:approval': { ru: 'ждём согласования', en: 'wait for approval' },
  'wait:payment': { ru: 'ждём оплаты', en: 'wait for payment' },
  'wait:date': { ru: 'ждём даты', en: 'wait for a date' },
  stop: { ru: 'остановлены: решено', en: 'stopped: solved' },
}

export const PHASE_NAMES: Readonly<Record<Phase, Bilingual>> = {
  new: { ru: 'новая', en: 'new' },
  routing: { ru: 'маршрут', en: 'routing' },
  work: { ru: 'в работе', en: 'at work' },
  waiting: { ru: 'ожидание', en: 'waiting' },
  approval: { ru: 'согласование', en: 'approval' },
  testing: { ru: 'проверка', en: 'testing' },
  confirming: { ru: 'подтверждение', en: 'confirming' },
  review: { ru: 'разбор', en: 'review' },
  rating: { ru: 'оценка', en: 'rating' },
  closed: { ru: 'закрыта', en: 'closed' },
}

export const FIELD_TYPE_NAMES: Readonly<Record<FieldType, Bilingual>> = {
  text: { ru: 'строка', en: 'line of text' },
  longtext: { ru: 'текст', en: 'text' },
  number: { ru: 'число', en: 'number' },
  choice: { ru: 'выбор', en: 'choice' },
  boolean: { ru: 'отметка', en: 'tick' },
  date: { ru: 'дата', en: 'date' },
  datetime: { ru: 'дата и время', en: 'date and time' },
  file: { ru: 'файл', en: 'file' },
  checklist: { ru: 'пройденный чек-лист', en: 'finished checklist' },
}
