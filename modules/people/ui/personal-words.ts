import { dictionary } from '@opora/platform/i18n'

export const personalWords = dictionary({
  title: { ru: 'Персональные данные', en: 'Personal data' },
  settings: { ru: 'Настройки', en: 'Settings' },
  about: {
    ru: 'Человек вправе узнать, что о нём хранится, и потребовать это стереть. Просит один, решает другой; всё остаётся в журнале. Начните с контакта в карточке клиента.',
    en: 'A person may learn what is kept of them and have it erased. One asks, another decides, and all of it stays on record. Begin with a contact on the client’s card.',
  },
  none: { ru: 'Просьб ещё не было.', en: 'There were no requests yet.' },
  export: { ru: 'Выдать данные', en: 'Give out data' },
  erase: { ru: 'Стереть данные', en: 'Erase data' },
  waiting: { ru: 'Ждёт второго человека', en: 'Waits for a second person' },
  refused: { ru: 'Отказано', en: 'Refused' },
  open: { ru: 'Можно забрать', en: 'Can be taken' },
  over: { ru: 'Срок вышел', en: 'Over' },
  done: { ru: 'Стёрто', en: 'Erased' },
  until: { ru: 'до', en: 'until' },
  alone: { ru: 'единолично', en: 'alone' },
  asked: { ru: 'просит {name}', en: 'asked by {name}' },
  decided: { ru: 'решает {name}', en: 'decided by {name}' },
  allow: { ru: 'Разрешить', en: 'Allow' },
  carryOut: { ru: 'Стереть', en: 'Erase' },
  refuse: { ru: 'Отказать', en: 'Refuse' },
  take: { ru: 'Забрать файл', en: 'Take the file' },
  act: { ru: 'Акт', en: 'The act' },
  sureTitle: { ru: 'Стереть данные человека?', en: 'Erase the person’s data?' },
  sureText: {
    ru: 'Имя, адрес и телефон исчезнут отовсюду, письма потеряют содержимое, вход закроется. Вернуть нельзя. Обращения, часы и деньги останутся.',
    en: 'Name, address and telephone go everywhere, letters lose their content, sign-in is closed. It cannot be undone. Requests, hours and money stay.',
  },
  reason: { ru: 'Основание', en: 'Ground' },
  reasonHint: {
    ru: 'Дата и номер письма, без подробностей о человеке: запись хранится всегда.',
    en: 'The letter’s date and number, nothing of the person: this is kept for good.',
  },
  ask: { ru: 'Попросить', en: 'Ask' },
  kept: { ru: 'Записано', en: 'It is on record' },
})
