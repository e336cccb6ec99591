import { dictionary } from '@opora/platform/i18n'

/** The week sheet. */
export const weekWords = dictionary({
  sheet: { ru: 'Моя неделя', en: 'My week' },
  ticket: { ru: 'Обращение', en: 'Ticket' },
  total: { ru: 'Всего', en: 'Total' },
  copy: { ru: 'Как на прошлой неделе', en: 'As the week before' },
  copied: { ru: 'Перенесено записей: {n}', en: 'Entries copied: {n}' },
  skipped: { ru: 'Не перенесено, № {number}: {reason}', en: 'Not copied, no. {number}: {reason}' },
  nothing: { ru: 'Переносить нечего', en: 'There is nothing to copy' },
  rowsBefore: { ru: 'Были на прошлой неделе:', en: 'Last week also:' },
  addRow: { ru: 'Добавить строку', en: 'Add a row' },
  number: { ru: '№ обращения', en: 'Ticket no.' },
  activity: { ru: 'Вид работ', en: 'Activity' },
  add: { ru: 'Добавить', en: 'Add' },
  notFound: { ru: 'Обращения № {number} нет', en: 'There is no ticket no. {number}' },
  cell: { ru: '№ {number}, {activity}, {day}', en: 'No. {number}, {activity}, {day}' },
  hint: {
    ru: '1:30, 90 или 1,5ч. Enter и стрелки ведут по клеткам, 0 убирает запись, Esc возвращает.',
    en: '1:30, 90 or 1.5h. Enter and arrows move over the cells, 0 takes an entry away, Esc brings it back.',
  },
  wrong: { ru: 'Так время не понять: {text}', en: 'That is no length of time: {text}' },
  overlap: { ru: 'Пересекаются {from}–{to}', en: 'Overlap {from}–{to}' },
  gap: { ru: 'Пусто {from}–{to}', en: 'Nothing {from}–{to}' },
  overlapShort: { ru: 'пересечение {minutes}', en: 'overlap {minutes}' },
  gapShort: { ru: 'разрыв {minutes}', en: 'gap {minutes}' },
  many: { ru: 'Записей: {n}, исправьте нужную ниже', en: '{n} entries: correct the one below' },
  closed: { ru: 'Месяц закрыт', en: 'The month is closed' },
  approved: { ru: 'Утверждено', en: 'Approved' },
})
