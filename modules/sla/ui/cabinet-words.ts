import { dictionary } from '@opora/platform/i18n'

/** Words of promised times, as the client reads them. */
export const cabinetClockWords = dictionary({
  clocks: { ru: 'Обещанные сроки', en: 'Promised times' },
  none: { ru: 'Срок пока не обещан', en: 'No time is promised yet' },
  noneWhy: { ru: 'Срок пока не обещан. {reason}', en: 'No time is promised yet. {reason}' },
  until: { ru: 'до', en: 'by' },
  late: { ru: 'нарушено', en: 'late' },
  paused: { ru: 'на паузе', en: 'paused' },
  estimated: { ru: 'предварительно', en: 'estimated' },
  estimatedWhy: {
    ru: 'Срок попадает на год, производственный календарь которого ещё не утверждён.',
    en: 'The time falls into a year whose production calendar is not approved yet.',
  },
  why: { ru: '{metric}: почему такой срок', en: '{metric}: why this time' },
  promised: { ru: 'Обещано: {promised}.', en: 'Promised: {promised}.' },
  ahead: { ru: 'впереди', en: 'to come' },
  total: { ru: 'Всего по договору', en: 'In all, by the contract' },
  used: { ru: 'Прошло', en: 'Used' },
})
