import { dictionary } from '@opora/platform/i18n'

/** Why a letter became what it became, and what is wrong with a mailbox, in both languages. */
export const channelsWords = dictionary({
  // mailboxes
  fault_none: { ru: 'Подключение работает', en: 'The connection works' },
  fault_auth: { ru: 'Сервер не принял имя или пароль', en: 'The server refused the user or the password' },
  fault_network: { ru: 'Сервер не отвечает', en: 'The server does not answer' },
  fault_tls: { ru: 'Шифрование не установлено или сертификат неверен', en: 'No encryption, or a wrong certificate' },
  fault_folder: { ru: 'Такой папки в ящике нет', en: 'The mailbox has no such folder' },
  fault_storage: { ru: 'Письмо не удалось сохранить у нас', en: 'The letter could not be stored on our side' },
  fault_server: { ru: 'Сервер ответил ошибкой', en: 'The server answered with an error' },
  fault_forbidden_host: { ru: 'К этому серверу подключаться нельзя', en: 'This server may not be connected to' },
  fault_secret: { ru: 'Пароль ящика не задан или не читается', en: 'The password is not set or cannot be read' },
  // what looked at the letter
  step_sender: { ru: 'Проверка отправителя', en: 'Check of the sender' },
  step_own_message: { ru: 'Наше собственное письмо', en: 'A letter of our own' },
  step_own_address: { ru: 'Наш собственный адрес', en: 'An address of our own' },
  step_duplicate: { ru: 'Повтор', en: 'Duplicate' },
  step_size: { ru: 'Размер', en: 'Size' },
  step_bounce: { ru: 'Отчёт о доставке', en: 'Delivery report' },
  step_auto_reply: { ru: 'Автоответ', en: 'Automatic reply' },
  step_bulk: { ru: 'Рассылка', en: 'Mailing' },
  step_flood: { ru: 'Слишком много обращений', en: 'Too many tickets' },
  step_match: { ru: 'Какое обращение', en: 'Which ticket' },
  step_person: { ru: 'Решение человека', en: 'A person’s decision' },
  step_result: { ru: 'Итог', en: 'Result' },
  // what it said
  said_ok: { ru: 'возражений нет', en: 'nothing to object to' },
  said_own_message_id: { ru: 'это наше письмо, вернувшееся назад', en: 'it is our own letter come back' },
  said_from_own_address: {
    ru: 'отправлено с адреса нашего ящика: такие письма обращений не открывают',
    en: 'sent from the address of our own mailbox: such letters open no tickets',
  },
  said_taken_before: { ru: 'это письмо уже принято', en: 'this letter was taken before' },
  said_too_big: { ru: 'письмо больше разрешённого', en: 'the letter is larger than allowed' },
  said_auto_replied: { ru: 'это ответ автоответчика', en: 'it is the answer of an absence program' },
  said_absence_subject: { ru: 'тема письма — как у автоответчика', en: 'its subject is that of an absence program' },
  said_auto_submitted: {
    ru: 'письмо написала программа: автоматически на него не отвечаем',
    en: 'a program wrote it: nothing is answered automatically',
  },
  said_null_return_path: {
    ru: 'у письма нет обратного адреса: автоматически на него не отвечаем',
    en: 'it has no return address: nothing is answered automatically',
  },
  said_answers_suppressed: {
    ru: 'отправитель просит не отвечать автоматически',
    en: 'the sender asks for no automatic answers',
  },
  said_robot_address: {
    ru: 'адрес программы: автоматически на него не отвечаем',
    en: 'a program’s address: nothing is answered automatically',
  },
  said_list: {
    ru: 'письмо рассылки: автоматически на него не отвечаем',
    en: 'a list: nothing is answered automatically',
  },
  said_newsletter: {
    ru: 'письмо рассылки: автоматически на него не отвечаем',
    en: 'a newsletter: nothing is answered automatically',
  },
  said_too_many_tickets: {
    ru: 'отправитель открыл за час слишком много обращений',
    en: 'the sender opened too many tickets within an hour',
  },
  said_report: { ru: 'отчёт о доставке нашего письма', en: 'a report on the delivery of a letter of ours' },
  said_mute: { ru: 'принято без автоматического ответа', en: 'taken without an automatic answer' },
  said_set_aside: { ru: 'отложено программой', en: 'set aside as written by a program' },
  said_quarantine: { ru: 'ждёт человека', en: 'waits for a person' },
  said_sender: {
    ru: 'DMARC: {dmarc}, SPF: {spf}, DKIM: {dkim}; проверил {by}',
    en: 'DMARC: {dmarc}, SPF: {spf}, DKIM: {dkim}; checked by {by}',
  },
  by_server: { ru: 'ваш почтовый сервер', en: 'your mail server' },
  by_us: { ru: 'приёмник', en: 'the receiver' },
  by_nobody: { ru: 'никто', en: 'nobody' },
  verdict_pass: { ru: 'верно', en: 'pass' },
  verdict_fail: { ru: 'не сошлось', en: 'fail' },
  verdict_none: { ru: 'нет данных', en: 'none' },
  // matching
  match_token_participant: {
    ru: 'ответ участника с нашей меткой: добавлен в обращение',
    en: 'a participant’s answer with our token: added to the ticket',
  },
  match_token_stranger: {
    ru: 'метка верна, но отправитель не участвует в обращении: сообщение скрыто от клиента, пока его не примут',
    en: 'the token is right, but the sender takes no part in the ticket: hidden from the client until accepted',
  },
  match_token_of_another_for_staff: {
    ru: 'письмо от имени сотрудника с чужой меткой: сообщение ждёт, пока его примут',
    en: 'in a colleague’s name with somebody else’s token: waits to be accepted',
  },
  match_token_dmarc_fail: {
    ru: 'метка верна, но отправитель подделан (DMARC не сошёлся): ждёт человека',
    en: 'the token is right, but the sender looks forged (DMARC failed): waits for a person',
  },
  match_mention_participant_dmarc_pass: {
    ru: 'участник ответил без метки, отправитель подтверждён: добавлено в обращение',
    en: 'a participant answered without a token and is proved: added to the ticket',
  },
  match_mention_dmarc_fail: {
    ru: 'названо обращение, но отправитель подделан (DMARC не сошёлся): ждёт человека',
    en: 'names a ticket, but the sender looks forged (DMARC failed): waits for a person',
  },
  match_mention_not_proved: {
    ru: 'названо обращение, но отправитель не подтверждён: открыто новое, связанное со старым',
    en: 'names a ticket, but the sender is not proved: a new one was opened and linked to it',
  },
  match_access_revoked: {
    ru: 'у отправителя больше нет доступа к обращению: ему об этом сообщено',
    en: 'the sender has no access to the ticket any more and was told so',
  },
  match_ticket_late: {
    ru: 'обращение закрыто давно: открыто новое, связанное со старым',
    en: 'the ticket was closed long ago: a new one was opened and linked to it',
  },
  match_names_no_ticket: { ru: 'обращение не названо: открыто новое', en: 'names no ticket: a new one was opened' },
  match_accepted_by_person: { ru: 'так решил человек', en: 'a person decided so' },
  person_open: { ru: 'принято как новое обращение', en: 'taken as a new ticket' },
  person_join: { ru: 'принято в существующее обращение', en: 'taken into an existing ticket' },
  // results
  why_new: { ru: 'Ждёт обработки', en: 'Waits to be processed' },
  why_done: { ru: 'Обработано', en: 'Processed' },
  why_unreadable: {
    ru: 'Письмо не читается: оно сохранено, его можно запустить снова',
    en: 'The letter cannot be read: it is kept and can be run again',
  },
  why_too_hard: {
    ru: 'Разбор занял слишком много времени или памяти: письмо сохранено',
    en: 'Reading it took too much time or memory: the letter is kept',
  },
  why_internal: {
    ru: 'Обработка не удалась по нашей вине: письмо сохранено, его можно запустить снова',
    en: 'Processing failed on our side: the letter is kept and can be run again',
  },
  why_sender_unreadable: {
    ru: 'Отправителя нельзя прочесть: ждёт человека',
    en: 'The sender cannot be read: waits for a person',
  },
  // letters out
  kind_receipt: { ru: 'Подтверждение приёма', en: 'Receipt' },
  kind_reply: { ru: 'Ответ', en: 'Reply' },
  kind_solved: { ru: 'Просьба подтвердить решение', en: 'Request to confirm the solution' },
  kind_rating: { ru: 'Просьба об оценке', en: 'Request for a rating' },
  kind_remind: { ru: 'Напоминание', en: 'Reminder' },
  kind_rejected: { ru: 'Отказ', en: 'Refusal' },
  kind_estimate: { ru: 'Оценка на согласование', en: 'Estimate to decide on' },
  kind_deadline: { ru: 'Срок на согласование', en: 'Term to agree on' },
  kind_document: { ru: 'Документы за месяц', en: 'Documents of the month' },
  kind_report: { ru: 'Отчёт за месяц', en: 'Monthly report' },
  kind_notice: { ru: 'Уведомление сотруднику', en: 'Notice to a colleague' },
  kind_no_access: { ru: 'Сообщение об отсутствии доступа', en: 'Word that there is no access' },
  kind_other: { ru: 'Письмо', en: 'Letter' },
  out_bad_address: { ru: 'адрес неверен', en: 'the address is wrong' },
  out_rejected: { ru: 'сервер получателя отказал', en: 'the recipient’s server refused' },
  out_deferred: { ru: 'сервер получателя просит повторить позже', en: 'the recipient’s server asks to try later' },
  out_auth: {
    ru: 'наш почтовый сервер не принял имя или пароль',
    en: 'our mail server refused the user or the password',
  },
  out_network: { ru: 'наш почтовый сервер не отвечает', en: 'our mail server does not answer' },
  out_tls: { ru: 'не удалось установить шифрование', en: 'no encryption could be established' },
  out_too_big: { ru: 'письмо слишком велико', en: 'the letter is too large' },
  out_other: { ru: 'ошибка отправки', en: 'sending failed' },
  // the answer to somebody without access
  no_access_subject: { ru: 'Письмо не принято', en: 'Your letter was not taken' },
  no_access_body: {
    ru: 'Здравствуйте! Ваше письмо относится к обращению, к которому у вас больше нет доступа, поэтому оно не добавлено. Если доступ нужен, обратитесь к ответственному в вашей компании. Новый вопрос можно прислать отдельным письмом.',
    en: 'Hello! Your letter concerns a request that you have no access to any more, so it was not added. If you need access, ask the person responsible in your company. A new question can be sent as a letter of its own.',
  },
})
