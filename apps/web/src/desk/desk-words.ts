import { dictionary } from '@opora/platform/i18n'

export const deskWords = dictionary({
  product: { ru: 'Опора', en: 'Opora' },
  find: { ru: 'Найти…', en: 'Find…' },
  act: { ru: 'Сделать', en: 'Do' },
  goTo: { ru: 'Перейти', en: 'Go to' },
  found: { ru: 'Найдено', en: 'Found' },
  views: { ru: 'Обращения', en: 'Tickets' },
  tickets: { ru: 'Обращения', en: 'Tickets' },
  registry: { ru: 'Реестр', en: 'Registry' },
  clients: { ru: 'Клиенты', en: 'Clients' },
  contracts: { ru: 'Договоры', en: 'Contracts' },
  portals: { ru: 'Порталы', en: 'Portals' },
  breaches: { ru: 'Нарушения', en: 'Breaches' },
  time: { ru: 'Время', en: 'Time' },
  board: { ru: 'Совет по изменениям', en: 'Change board' },
  documents: { ru: 'Документы', en: 'Documents' },
  money: { ru: 'Показатели', en: 'Figures' },
  months: { ru: 'Закрытие месяца', en: "Month's end" },
  settings: { ru: 'Настройки', en: 'Settings' },
  letters: { ru: 'Письма', en: 'Letters' },
  profile: { ru: 'Профиль', en: 'Profile' },
  demo: {
    ru: 'Демо: люди, письма и суммы вымышлены.',
    en: 'Demo: the people, letters and sums are made up.',
  },
  signOut: { ru: 'Выйти', en: 'Sign out' },
})
