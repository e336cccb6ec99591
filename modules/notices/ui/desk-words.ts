import { dictionary } from '@opora/platform/i18n'

export const noticesWords = dictionary({
  notices: { ru: 'Уведомления', en: 'Notices' },
  unread: { ru: 'Уведомления, непрочитанных: {n}', en: 'Notices, {n} unread' },
  readAll: { ru: 'Прочитать все', en: 'Mark all read' },
  none: { ru: 'Уведомлений нет', en: 'No notices' },
  noneText: {
    ru: 'Сюда придёт, когда вам назначат обращение, ответит клиент или подойдёт срок.',
    en: 'You are told here when a ticket is given to you, a client writes or a deadline nears.',
  },
  more: { ru: 'Показать раньше', en: 'Show earlier' },
  isNew: { ru: 'новое', en: 'new' },
})
