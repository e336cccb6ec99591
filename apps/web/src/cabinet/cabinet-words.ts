import { dictionary } from '@opora/platform/i18n'

export const cabinetWords = dictionary({
  product: { ru: 'Опора', en: 'Opora' },
  home: { ru: 'Главная', en: 'Home' },
  tickets: { ru: 'Обращения', en: 'Requests' },
  hours: { ru: 'Часы', en: 'Hours' },
  documents: { ru: 'Документы', en: 'Documents' },
  newTicket: { ru: 'Новое обращение', en: 'New request' },
  signOut: { ru: 'Выйти', en: 'Sign out' },
})
