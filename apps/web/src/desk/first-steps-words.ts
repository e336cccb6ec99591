import { dictionary } from '@opora/platform/i18n'

export const firstStepsWords = dictionary({
  title: { ru: 'С чего начать', en: 'Where to begin' },
  lead: {
    ru: 'Шаги до первого обращения. Список исчезнет, когда оно появится.',
    en: 'Steps to the first ticket. The list goes away when it comes.',
  },
  done: { ru: 'сделано', en: 'done' },
  mailbox: { ru: 'Добавить почтовый ящик', en: 'Add a mailbox' },
  mailboxAbout: { ru: 'Письма на него станут обращениями', en: 'Letters to it become tickets' },
  client: { ru: 'Завести клиента', en: 'Add a client' },
  clientAbout: {
    ru: 'С людьми и порталами: так письмо узнают по отправителю',
    en: 'With its people and portals: a letter is known by its sender',
  },
  contract: { ru: 'Заключить договор', en: 'Make a contract' },
  contractAbout: {
    ru: 'Пакет из каталога задаёт часы поддержки, сроки и остаток',
    en: 'A package of the catalogue sets service hours, promised times and allowance',
  },
  colleague: { ru: 'Пригласить сотрудников', en: 'Invite colleagues' },
  colleagueAbout: {
    ru: 'У каждого своя роль; пока их нет, все роли у вас',
    en: 'Each has a role of their own; until then all roles are yours',
  },
  ticket: { ru: 'Зарегистрировать первое обращение', en: 'Register the first ticket' },
  ticketAbout: {
    ru: 'Или написать письмо на адрес поддержки',
    en: 'Or write a letter to the support address',
  },
})
