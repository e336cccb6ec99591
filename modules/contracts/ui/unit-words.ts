import { dictionary } from '@opora/platform/i18n'

export const unitWords = dictionary({
  units: { ru: 'Услуги поштучно', en: 'Services by the piece' },
  month: { ru: 'Месяц', en: 'Month' },
  none: {
    ru: 'В пакете нет услуг поштучно, за месяц ничего не записано.',
    en: 'The package has none, and none were recorded in the month.',
  },
  usedOf: { ru: '{used} из {of}', en: '{used} of {of}' },
  unlimited: { ru: '{used}, без ограничений', en: '{used}, without limit' },
  beyond: { ru: 'сверх пакета: {n}, войдут в счёт за месяц', en: 'beyond the package: {n}, billed with the month' },
  closed: { ru: 'Месяц закрыт.', en: 'The month is closed.' },
  record: { ru: 'Записать', en: 'Record' },
  recorded: { ru: 'Записано', en: 'Recorded' },
  takeBack: { ru: 'Убрать запись', en: 'Take the record back' },
  takeBackTitle: { ru: 'Убрать запись?', en: 'Take the record back?' },
  service: { ru: 'Услуга', en: 'Service' },
  count: { ru: 'Сколько', en: 'How many' },
  date: { ru: 'День (пусто: сегодня)', en: 'Day (empty: today)' },
  ticket: { ru: 'Обращение №', en: 'Ticket no.' },
  note: { ru: 'Примечание', en: 'Note' },
  cancel: { ru: 'Отмена', en: 'Cancel' },
})
