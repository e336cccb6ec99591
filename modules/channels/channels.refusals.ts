import { declareRefusals } from '@opora/core'

export const { specs: channelsRefusals, refuse: refuseChannels } = declareRefusals({
  'channels.address_taken': {
    status: 409,
    ru: 'Ящик с таким адресом уже есть.',
    en: 'There is a mailbox with this address already.',
  },
  'channels.address_malformed': {
    status: 422,
    ru: 'Нужен обычный адрес почты, например support@example.ru.',
    en: 'A plain mail address is needed, such as support@example.com.',
  },
  'channels.topic_unknown': {
    status: 422,
    ru: 'Такой темы нет в справочнике.',
    en: 'The dictionary has no such topic.',
  },
  'channels.imap_missing': {
    status: 422,
    ru: 'Для опроса по IMAP нужны сервер, порт и имя.',
    en: 'Polling by IMAP needs the server, the port and the user.',
  },
  'channels.password_needed': {
    status: 422,
    ru: 'Введите пароль ящика: он вводится заново, когда меняются сервер, порт, имя или шифрование.',
    en: 'Enter the mailbox’s password: it is entered anew when server, port, user or encryption change.',
  },
  'channels.encryption_needed': {
    status: 422,
    ru: 'Без шифрования можно подключать только серверы внутренней сети, разрешённые в OPORA_MAIL_PRIVATE_HOSTS.',
    en: 'Without encryption only servers of the inner network may be connected that OPORA_MAIL_PRIVATE_HOSTS allows.',
  },
  'channels.host_forbidden': {
    status: 422,
    ru: 'К этому серверу подключаться нельзя. Серверы внутренней сети разрешает администратор сервера в OPORA_MAIL_PRIVATE_HOSTS.',
    en: 'This server may not be connected to. Servers of the inner network are allowed by the server’s administrator in OPORA_MAIL_PRIVATE_HOSTS.',
  },
  'channels.letter_not_waiting': {
    status: 409,
    ru: 'Это письмо уже обработано или обрабатывается.',
    en: 'This letter has been processed already, or is being processed.',
  },
  'channels.letter_not_quarantined': {
    status: 409,
    ru: 'Это письмо не ждёт решения человека.',
    en: 'This letter does not wait for a person.',
  },
  'channels.sender_unreadable': {
    status: 422,
    ru: 'Отправитель письма не читается, поэтому новое обращение открыть не на кого. Добавьте письмо в существующее обращение.',
    en: 'The sender of the letter cannot be read, so a new ticket would have nobody to ask. Add the letter to an existing ticket.',
  },
  'channels.letter_not_failed': {
    status: 409,
    ru: 'Заново отправляется только письмо, которое не удалось доставить.',
    en: 'Only a letter that could not be delivered is sent again.',
  },
  'channels.recipient_gone': {
    status: 422,
    ru: 'Этот получатель больше не участвует в обращении, поэтому письмо не отправлено.',
    en: 'This recipient takes no part in the ticket any more, so the letter was not sent.',
  },
})
