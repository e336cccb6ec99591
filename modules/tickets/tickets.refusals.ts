import { declareRefusals } from '@opora/core'

export const { specs: ticketRefusals, refuse: refuseTicket } = declareRefusals({
  'ticket.not_found': {
    status: 404,
    ru: 'Такого обращения нет, или оно вам недоступно.',
    en: 'There is no such ticket, or it is not open to you.',
  },
  'ticket.closed': {
    status: 409,
    ru: 'Обращение закрыто. Верните его в работу или откройте новое.',
    en: 'The ticket is closed. Reopen it or open a new one.',
  },
  'ticket.merged': {
    status: 409,
    ru: 'Обращение объединено с № {number}: пишите туда.',
    en: 'The ticket was merged into no. {number}: write there.',
  },
  'ticket.client_unknown': {
    status: 422,
    ru: 'Такого клиента нет, или он вам недоступен.',
    en: 'There is no such client, or it is not open to you.',
  },
  'ticket.contact_unknown': {
    status: 422,
    ru: 'У этого клиента нет такого контакта.',
    en: 'This client has no such contact.',
  },
  'ticket.mention_unknown': {
    status: 422,
    ru: 'Упомянуть можно только того, кто работает с этим клиентом.',
    en: 'Only somebody who serves this client can be mentioned.',
  },
  'ticket.asker_stays': {
    status: 422,
    ru: 'Того, кто обратился, нельзя убрать из обращения.',
    en: 'Whoever asked cannot be taken out of the ticket.',
  },
  'ticket.portal_unknown': {
    status: 422,
    ru: 'У этого клиента нет такого портала.',
    en: 'This client has no such portal.',
  },
  'ticket.service_unknown': { status: 422, ru: 'Такой услуги нет в каталоге.', en: 'There is no such service.' },
  'ticket.topic_unknown': { status: 422, ru: 'Такого типа обращения нет.', en: 'There is no such topic.' },
  'ticket.code_taken': {
    status: 409,
    ru: 'Такой код уже есть; может быть, среди убранных.',
    en: 'There is such a code already, perhaps among what was put away.',
  },
  'ticket.code_unknown': {
    status: 422,
    ru: 'Одного из названных кодов в словаре нет, или он назван дважды.',
    en: 'One of the named codes is not in the dictionary, or is named twice.',
  },
  'ticket.options_wrong': {
    status: 422,
    ru: 'Варианты, каждый своё значение, нужны полю выбора и только ему.',
    en: 'A choice, and only a choice, has options, each with a value of its own.',
  },
  'ticket.category_unknown': { status: 422, ru: 'Такой категории нет.', en: 'There is no such category.' },
  'ticket.reason_unknown': { status: 422, ru: 'Такой причины в словаре нет.', en: 'There is no such reason.' },
  'ticket.custom_unknown': {
    status: 422,
    ru: 'Такого поля у обращений этой темы нет, или значение ему не подходит.',
    en: 'Tickets of this topic have no such field, or the value does not fit it.',
  },
  'ticket.form_wrong': {
    status: 422,
    ru: 'Форму так не сохранить: {problem}',
    en: 'The form cannot be saved so: {problem}',
  },
  'ticket.form_unknown': {
    status: 422,
    ru: 'Форма не от этой темы: откройте её заново.',
    en: 'The form is not of this topic: open it again.',
  },
  'ticket.answers_wrong': {
    status: 422,
    ru: 'Проверьте ответы: {problem}',
    en: 'Check the answers: {problem}',
  },
  'ticket.nothing_asked': {
    status: 409,
    ru: 'У вас сейчас ничего не спрашивают: ответ уже получен, или вопрос снят.',
    en: 'Nothing is asked of you now: it was answered, or the question was withdrawn.',
  },
  'ticket.not_missing': {
    status: 409,
    ru: 'Одно из полей уже заполнено: посмотрите форму ещё раз.',
    en: 'One of the fields is filled by now: look at the form again.',
  },
  'ticket.checklist_unknown': {
    status: 422,
    ru: 'Такого чек-листа нет, или его убрали.',
    en: 'There is no such checklist, or it was put away.',
  },
  'ticket.checklist_item_unknown': {
    status: 404,
    ru: 'Такого пункта в чек-листах обращения нет.',
    en: 'The ticket’s checklists have no such item.',
  },
  'ticket.checklist_open': {
    status: 409,
    ru: 'Сначала закончите чек-лист, осталось: {items}.',
    en: 'Finish the checklist first, left: {items}.',
  },
  'ticket.assignee_unknown': {
    status: 422,
    ru: 'Этот сотрудник не может взять обращение.',
    en: 'This person cannot take the ticket.',
  },
  'ticket.newer_messages': {
    status: 409,
    ru: 'Пока вы писали, пришло новых сообщений: {count}. Прочтите их или отправьте всё равно.',
    en: 'New messages since you began: {count}. Read them or send anyway.',
  },
  'ticket.undo_too_late': {
    status: 409,
    ru: 'Письмо уже ушло: отменить отправку нельзя.',
    en: 'The message has left: sending cannot be undone.',
  },
  'ticket.file_unknown': {
    status: 422,
    ru: 'Один из файлов не найден: загрузите его ещё раз.',
    en: 'One of the files was not found: upload it again.',
  },
  'ticket.file_empty': { status: 422, ru: 'Файл пуст.', en: 'The file is empty.' },
  'ticket.file_missing': { status: 422, ru: 'В запросе нет файла.', en: 'The request holds no file.' },
  'ticket.vendor_not_eligible': {
    status: 422,
    ru: 'Вендор этот вопрос не примет: {reasons}. Менеджер инцидентов может разрешить с причиной.',
    en: 'The vendor does not take this question: {reasons}. An incident manager may allow it with a reason.',
  },
  'ticket.vendor_number_malformed': {
    status: 422,
    ru: 'Номер у вендора — до 40 букв и цифр, между ними точка, дефис, косая черта или пробел.',
    en: 'A number at the vendor’s has up to 40 letters and digits with dots, dashes, slashes or spaces between them.',
  },
  'ticket.vendor_topic_unknown': {
    status: 422,
    ru: 'Такой темы у вендора нет.',
    en: 'The vendor has no such topic.',
  },
  'ticket.vendor_topic_not_taken': {
    status: 422,
    ru: 'По порталу этого вида вендор тему «{topic}» не принимает.',
    en: 'The vendor does not take “{topic}” about a portal of this kind.',
  },
  'ticket.vendor_topic_twice': { status: 422, ru: 'Код темы повторяется.', en: 'A topic’s code stands there twice.' },
  'ticket.vendor_calendar_unknown': { status: 422, ru: 'Такого календаря нет.', en: 'There is no such calendar.' },
  'ticket.vendor_override_needless': {
    status: 409,
    ru: 'Вендору это обращение передать можно и так.',
    en: 'This ticket can be passed to the vendor anyway.',
  },
  'ticket.vendor_not_asked': {
    status: 409,
    ru: 'Обращение сейчас не ждёт вендора.',
    en: 'The ticket does not wait for the vendor now.',
  },
  'ticket.partner_unknown': {
    status: 422,
    ru: 'Партнёра «{partner}» нет. Нового приглашает по адресу менеджер инцидентов или персональный менеджер.',
    en: 'There is no partner “{partner}”. Somebody new is invited by address by an incident manager or an account manager.',
  },
  'ticket.partner_invited_already': {
    status: 409,
    ru: 'Этот партнёр уже приглашён: продлите его доступ или отправьте письмо ещё раз.',
    en: 'This partner is invited already: prolong the access or send the letter again.',
  },
  'ticket.partner_not_invited': {
    status: 404,
    ru: 'Этот партнёр не приглашён в обращение.',
    en: 'This partner is not invited to the ticket.',
  },
  'ticket.partner_withdrawn': {
    status: 409,
    ru: 'Приглашение отозвано или закончилось: пригласите партнёра снова.',
    en: 'The invitation is withdrawn or over: invite the partner again.',
  },
  'ticket.partner_letter_just_sent': {
    status: 409,
    ru: 'Письмо только что ушло. Отправить его ещё раз можно через минуту.',
    en: 'The letter has just left. It can be sent again in a minute.',
  },
  'ticket.partner_end_past': {
    status: 422,
    ru: 'Последний день доступа уже прошёл.',
    en: 'The last day of access is in the past.',
  },
  'ticket.partner_end_far': {
    status: 422,
    ru: 'Доступ даётся не больше чем на год.',
    en: 'Access is given for a year at most.',
  },
  'ticket.merge_itself': {
    status: 422,
    ru: 'Обращение нельзя объединить с самим собой.',
    en: 'A ticket cannot be merged into itself.',
  },
  'ticket.merge_closed': {
    status: 409,
    ru: 'Открытое обращение нельзя объединить с закрытым: сначала откройте закрытое заново.',
    en: 'An open ticket cannot be merged into a closed one: reopen that one first.',
  },
  'ticket.merge_foreign': {
    status: 422,
    ru: 'Объединяются только обращения одного клиента.',
    en: 'Only tickets of one client can be merged.',
  },
  'ticket.parent_foreign': {
    status: 422,
    ru: 'Собирают под одним обращением только обращения того же клиента.',
    en: 'Only tickets of one client are gathered under a ticket.',
  },
  'ticket.parent_circle': {
    status: 422,
    ru: 'Обращение не может быть частью самого себя.',
    en: 'A ticket cannot be a part of itself.',
  },
  'ticket.parent_open_children': {
    status: 409,
    ru: 'Сначала закройте связанные обращения: {numbers}.',
    en: 'Close the linked tickets first: {numbers}.',
  },
  'ticket.view_unknown': { status: 404, ru: 'Такого представления нет.', en: 'There is no such view.' },
  'ticket.template_unknown': { status: 404, ru: 'Такого шаблона нет.', en: 'There is no such template.' },
  'ticket.message_unknown': { status: 404, ru: 'Такого сообщения нет.', en: 'There is no such message.' },
  'ticket.glass_needless': {
    status: 409,
    ru: 'Это обращение вам и так открыто.',
    en: 'This ticket is open to you as it is.',
  },
  'ticket.glass_unknown': { status: 404, ru: 'Такой просьбы нет.', en: 'There is no such request.' },
  'ticket.glass_own': {
    status: 403,
    ru: 'Свою просьбу разрешает другой человек.',
    en: 'Another person decides on your own request.',
  },
  'ticket.glass_decided': {
    status: 409,
    ru: 'Эта просьба уже решена или устарела.',
    en: 'This request was decided or is out of date.',
  },
  'ticket.deadline_far': {
    status: 422,
    ru: 'Срок слишком далёк: не позже чем через пять лет.',
    en: 'The term is too far: five years at the most.',
  },
  'ticket.deadline_past': { status: 422, ru: 'Этот срок уже прошёл.', en: 'This term is already past.' },
  'ticket.deadline_decided': {
    status: 409,
    ru: 'Этот срок больше не ждёт решения: на него ответили, его отозвали или предложили другой.',
    en: 'This term waits for no decision any more: it was answered, withdrawn, or another was proposed.',
  },
  'ticket.nothing_to_send': { status: 422, ru: 'Сообщение пусто.', en: 'The message is empty.' },
  'ticket.confirmation_over': {
    status: 409,
    ru: 'Подтверждать уже нечего: решение принято или обращение снова в работе.',
    en: 'There is nothing to confirm any more: it was decided, or the ticket is worked on again.',
  },
})
