import { dictionary } from '@opora/platform/i18n'

export const dutyWords = dictionary({
  waiting: { ru: 'Вызов ждёт ответа', en: 'A page waits for an answer' },
  pages: { ru: 'Вызовы', en: 'Pages' },
  state_calling: { ru: 'вызываем', en: 'calling' },
  state_answered: { ru: 'принят', en: 'answered' },
  state_unanswered: { ru: 'без ответа', en: 'unanswered' },
  state_dropped: { ru: 'снят', en: 'dropped' },
  answer: { ru: 'Принять вызов', en: 'Answer the page' },
  answered: { ru: 'Вызов принят: дальше никого не вызываем', en: 'Answered: nobody else is called' },
  answeredBy: { ru: 'Принял(а): {name}', en: 'Answered by {name}' },
  nobody: {
    ru: 'Вызвать было некого: сообщено руководителю',
    en: 'There was nobody to call: whoever is in charge was told',
  },
  all: {
    ru: 'Вызваны все, никто не ответил: сообщено руководителю',
    en: 'Everybody was called, nobody answered: whoever is in charge was told',
  },
  next: { ru: 'Следующий вызов', en: 'Next call' },
  you: { ru: 'вы', en: 'you' },
  offShift: { ru: 'вне смены', en: 'off shift' },
  role_assignee: { ru: 'Исполнитель', en: 'Assignee' },
  role_account_manager: { ru: 'Менеджер клиента', en: 'Account manager' },
  role_l1: { ru: 'Первая линия', en: 'First line' },
  role_im: { ru: 'Диспетчер инцидентов', en: 'Incident manager' },
  role_it: { ru: 'Вторая линия', en: 'Second line' },
  role_dev: { ru: 'Разработчики', en: 'Developers' },
  role_an: { ru: 'Аналитики', en: 'Analysts' },
  role_qa: { ru: 'Тестировщики', en: 'Testers' },
  role_rb: { ru: 'Коллегия', en: 'Change board' },
  role_di: { ru: 'Директор', en: 'Director' },
})
