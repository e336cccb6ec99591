import { dictionary } from '@opora/platform/i18n'

/** Words of the pages that a letter's links open without signing in. */
export const linkWords = dictionary({
  product: { ru: 'Опора', en: 'Opora' },
  toCabinet: { ru: 'Личный кабинет', en: 'To the cabinet' },
  goneTitle: { ru: 'Ссылка больше не действует', en: 'This link no longer works' },
  goneText: {
    ru: 'Ей уже воспользовались, или её срок прошёл. В кабинете всё то же самое: вход по почте, без пароля.',
    en: 'It has been used, or its time is over. The cabinet has it all: sign in by e-mail, without a password.',
  },
  overTitle: { ru: 'Здесь уже всё решено', en: 'This has been settled already' },
  signIn: { ru: 'Войти в кабинет', en: 'Sign in to the cabinet' },
  ticket: { ru: 'Обращение № {number}', en: 'Request No. {number}' },
  reply: { ru: 'Ваш ответ', en: 'Your answer' },
  replyHint: {
    ru: 'Чтобы приложить файл, ответьте на письмо или войдите в кабинет.',
    en: 'To attach a file, answer the letter or sign in to the cabinet.',
  },
  send: { ru: 'Отправить', en: 'Send' },
  sent: { ru: 'Отправлено', en: 'Sent' },
  readyTitle: { ru: 'Всё работает?', en: 'Does it work?' },
  readyText: {
    ru: 'Мы сообщили, что обращение решено. Подтвердите или верните в работу.',
    en: 'We say that your request is solved. Confirm it, or return it to work.',
  },
  confirm: { ru: 'Да, всё работает', en: 'Yes, it works' },
  return: { ru: 'Вернуть в работу', en: 'Return to work' },
  reason: { ru: 'Что не так?', en: 'What is wrong?' },
  reasonNeeded: {
    ru: 'Напишите, что не так: специалист начнёт с этого',
    en: 'Say what is wrong: the specialist starts from it',
  },
  cancel: { ru: 'Отмена', en: 'Cancel' },
  confirmed: { ru: 'Спасибо, обращение закрыто', en: 'Thank you, the request is closed' },
  returned: { ru: 'Вернули в работу', en: 'Returned to work' },
  returnedText: {
    ru: 'Специалист увидит вашу причину. Ответим по почте.',
    en: 'The specialist sees your reason. We will answer by e-mail.',
  },
  approved: { ru: 'Спасибо, согласовано', en: 'Thank you, approved' },
  approvedText: { ru: 'Мы начинаем работу.', en: 'We begin the work.' },
  declined: { ru: 'Оценка отклонена', en: 'The estimate is declined' },
  declinedText: { ru: 'Работы по ней не начнутся.', en: 'No work will begin on it.' },
  asked: { ru: 'Вопрос отправлен', en: 'Your question is sent' },
  askedText: { ru: 'Ответим и пришлём оценку снова.', en: 'We will answer and send the estimate again.' },
  decided: { ru: 'Решение по этой оценке уже принято', en: 'This estimate has been decided already' },
  deadlineTitle: { ru: 'Срок решения', en: 'Term of the solution' },
  deadlineAgreed: { ru: 'Срок согласован, спасибо.', en: 'The term is agreed on, thank you.' },
  deadlineDeclined: { ru: 'Вы отказались: действует прежний срок.', en: 'You declined: the present term holds.' },
  deadlineGone: { ru: 'Предложение отозвано.', en: 'The proposal was withdrawn.' },
  rateTitle: { ru: 'Оцените решение', en: 'Rate the solution' },
  rateLater: { ru: 'Спасибо. Эту оценку уже нельзя изменить.', en: 'Thank you. This rating can no longer be changed.' },
})
