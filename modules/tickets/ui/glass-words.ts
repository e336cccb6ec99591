import { dictionary } from '@opora/platform/i18n'

export const glassWords = dictionary({
  settings: { ru: 'Настройки', en: 'Settings' },
  title: { ru: 'Чтение вне прав', en: 'Reading outside one’s reach' },
  about: {
    ru: 'Роль администратора не даёт читать обращения. Когда без этого нельзя, обращение открывают на полчаса: с причиной, с разрешения второго человека, с записью в журнале; те, кто ведёт обращение, узнают сразу.',
    en: 'An administrator’s role does not let one read tickets. Where that cannot be helped, a ticket is opened for half an hour: with a reason, by a second person’s word, on record; those who look after the ticket learn of it at once.',
  },
  number: { ru: 'Номер обращения', en: 'Number of the ticket' },
  reason: { ru: 'Зачем это нужно', en: 'What it is needed for' },
  ask: { ru: 'Попросить', en: 'Ask' },
  waiting: { ru: 'ждёт решения', en: 'waits for a decision' },
  open: { ru: 'открыто', en: 'open' },
  refused: { ru: 'отказано', en: 'refused' },
  over: { ru: 'закончилось', en: 'over' },
  asked: {
    ru: 'Просьба отправлена: решит другой администратор или руководитель',
    en: 'Asked: another administrator or a director decides',
  },
  opened: { ru: 'Открыто на полчаса', en: 'Open for half an hour' },
  allow: { ru: 'Разрешить', en: 'Allow' },
  refuse: { ru: 'Отказать', en: 'Refuse' },
  end: { ru: 'Закончить', en: 'I am done' },
  until: { ru: 'до', en: 'until' },
  alone: { ru: 'разрешать было некому', en: 'nobody else to decide' },
  by: { ru: 'решил', en: 'decided by' },
  none: { ru: 'Никто ещё не просил', en: 'Nobody has asked yet' },
})
