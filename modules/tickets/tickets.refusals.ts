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
  'ticket.merge_itself': {
    status: 422,
    ru: 'Обращение нельзя объединить с самим собой.',
    en: 'A ticket cannot be merged into itself.',
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
  'ticket.partner_unknown': { status: 422, ru: 'Такого партнёра нет.', en: 'There is no such partner.' },
  'ticket.share_ends_past': { status: 422, ru: 'Срок доступа уже прошёл.', en: 'The end of access is in the past.' },
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
