import { dictionary } from '@opora/platform/i18n'

export const replyWords = dictionary({
  onlyFiles: { ru: 'Файлы во вложении.', en: 'Files are attached.' },
  fillFields: { ru: 'Заполните поля перед отправкой.', en: 'Fill in the fields before sending.' },
  timeLost: {
    ru: 'Сообщение отправлено, но время не записано.',
    en: 'The message went out, but the time was not logged.',
  },
  outcomeDone: { ru: 'Готово: {outcome}', en: 'Done: {outcome}' },
  armed: { ru: 'Вместе с отправкой: «{outcome}»', en: 'On sending: “{outcome}”' },
  disarm: { ru: 'Только сообщение', en: 'Only the message' },
  sendAnd: { ru: 'Отправить и «{outcome}»', en: 'Send and “{outcome}”' },
  saveAnd: { ru: 'Сохранить и «{outcome}»', en: 'Save and “{outcome}”' },
  sendNext: { ru: 'Отправить и следующее', en: 'Send and next' },
  moreSends: { ru: 'Другие способы отправить', en: 'More ways to send' },
  newer: {
    ru: {
      one: 'Пока вы пишете, пришло {n} новое сообщение',
      few: 'Пока вы пишете, пришло {n} новых сообщения',
      many: 'Пока вы пишете, пришло {n} новых сообщений',
    },
    en: { one: '{n} new message since you began', other: '{n} new messages since you began' },
  },
  read: { ru: 'Прочитать', en: 'Read' },
  sendAnyway: { ru: 'Отправить всё равно', en: 'Send anyway' },
  beingAnswered: { ru: '{name} уже отвечает', en: '{name} is already answering' },
  template: { ru: 'Шаблон ответа', en: 'Reply template' },
  templateHint: { ru: 'или наберите ::', en: 'or type ::' },
  copies: { ru: 'Копия', en: 'Copy to' },
  addCopy: { ru: 'Добавить в копию', en: 'Add to copies' },
  onlyPartner: { ru: 'показать партнёру', en: 'show to the partner' },
  otherRole: { ru: 'Сейчас действует другая роль', en: 'Another role acts now' },
  noOutcomes: { ru: 'Дальше действует клиент', en: 'The next step is the client’s' },
  choose: { ru: 'Выберите…', en: 'Choose…' },
  chooseFile: { ru: 'Прикрепить файл', en: 'Attach a file' },
  confirmOutcome: { ru: '{outcome}?', en: '{outcome}?' },
  confirmText: {
    ru: 'Обращение перейдёт на следующий этап процесса.',
    en: 'The ticket will go on to the next place of its process.',
  },
  toReply: { ru: 'Ответить', en: 'Reply' },
  closed: { ru: 'Обращение закрыто', en: 'The ticket is closed' },
})
