import { dictionary } from '@opora/platform/i18n'

/** What letters and notices say, in both languages. */
export const noticeWords = dictionary({
  receipt_subject: {
    ru: '[#{number}] Обращение зарегистрировано: {subject}',
    en: '[#{number}] Request registered: {subject}',
  },
  receipt_subject_plain: { ru: '[#{number}] Обращение зарегистрировано', en: '[#{number}] Request registered' },
  receipt_body: {
    ru: 'Здравствуйте! Мы получили ваше обращение и зарегистрировали его под номером {number}.',
    en: 'Hello! We have received your request and registered it under number {number}.',
  },
  receipt_waits: {
    ru: 'Время реакции пока не отсчитывается. {reason}',
    en: 'The promised times do not run yet. {reason}',
  },
  number: { ru: 'Номер', en: 'Number' },
  reaction: { ru: 'Первый ответ — не позже', en: 'First answer no later than' },
  next_answer: { ru: 'Следующий ответ — не позже', en: 'Next answer no later than' },
  resolution: { ru: 'Решение — не позже', en: 'Solution no later than' },
  estimated: {
    ru: ' (предварительно: календарь этого года ещё не утверждён)',
    en: ' (estimated: the calendar of that year is not approved yet)',
  },
  answer_page: { ru: 'Принять вызов', en: 'Answer the page' },
  open_ticket: { ru: 'Открыть обращение', en: 'Open the request' },
  confirm: { ru: 'Всё работает, подтвердить', en: 'It works, confirm' },
  return: { ru: 'Не решено, вернуть в работу', en: 'Not solved, return it' },
  reply_subject: { ru: '[#{number}] {subject}', en: '[#{number}] {subject}' },
  solved_subject: { ru: '[#{number}] Проверьте решение: {subject}', en: '[#{number}] Check the solution: {subject}' },
  solved_body: {
    ru: 'Мы считаем обращение решённым. Проверьте, пожалуйста. Если ответа не будет пять рабочих дней, обращение закроется само.',
    en: 'We believe the request is solved. Please check. If we hear nothing for five working days, it closes by itself.',
  },
  rating_subject: { ru: '[#{number}] Оцените ответ: {subject}', en: '[#{number}] Rate our answer: {subject}' },
  rating_body: {
    ru: 'Обращение закрыто. Как мы справились? Достаточно одного нажатия.',
    en: 'The request is closed. How did we do? One click is enough.',
  },
  rating_5: { ru: '5 — отлично', en: '5 — excellent' },
  rating_4: { ru: '4 — хорошо', en: '4 — good' },
  rating_3: { ru: '3 — средне', en: '3 — so-so' },
  rating_2: { ru: '2 — плохо', en: '2 — bad' },
  rating_1: { ru: '1 — очень плохо', en: '1 — very bad' },
  remind_subject: {
    ru: '[#{number}] Ждём вашего ответа: {subject}',
    en: '[#{number}] We wait for your answer: {subject}',
  },
  remind_body: { ru: 'Чтобы продолжить работу, нам нужен ваш ответ.', en: 'To go on we need your answer.' },
  accident_subject: {
    ru: '[#{number}] Авария, мы её устраняем: {subject}',
    en: '[#{number}] An accident, we are on it: {subject}',
  },
  accident_body: {
    ru: 'Ваше обращение связано с аварией. Мы уже её устраняем и напишем, когда работа восстановится. Повторять обращение не нужно.',
    en: 'Your request has to do with an accident. We are fixing it and will write as soon as things work again. There is no need to write once more.',
  },
  rejected_subject: { ru: '[#{number}] Обращение отклонено: {subject}', en: '[#{number}] Request rejected: {subject}' },
  rejected_body: {
    ru: 'Обращение закрыто без работы. Причина: {reason}',
    en: 'The request was closed without work. Reason: {reason}',
  },
  reason_profanity: { ru: 'нецензурная лексика', en: 'profanity' },
  reason_off_topic: { ru: 'не по теме поддержки', en: 'off topic' },
  reason_excluded: { ru: 'тема не входит в договор', en: 'the contract excludes the topic' },
  reason_spam: { ru: 'рассылка', en: 'spam' },
  estimate_subject: {
    ru: '[#{number}] Оценка на согласование: {subject}',
    en: '[#{number}] Estimate to approve: {subject}',
  },
  estimate_body: {
    ru: 'Работа не входит в пакет. Мы оценили её: {time}, {sum}. Работа начнётся после вашего решения.',
    en: 'The work is outside the package. Our estimate: {time}, {sum}. Work begins after your decision.',
  },
  estimate_decide: { ru: 'Посмотреть и решить', en: 'Look and decide' },
  deadline_subject: {
    ru: '[#{number}] Предлагаем срок решения: {subject}',
    en: '[#{number}] A term for the solution: {subject}',
  },
  deadline_body: {
    ru: 'Предлагаем для этого обращения отдельный срок решения. Он начнёт действовать, когда вы согласитесь; до этого действует прежний.',
    en: 'We propose a term of its own for this request. It binds once you agree; until then the present one does.',
  },
  deadline_due: { ru: 'Решение — не позже', en: 'Solution no later than' },
  deadline_decide: { ru: 'Согласиться или отказаться', en: 'Agree or decline' },
  valid_until: { ru: 'Действует до', en: 'Valid until' },
  report_subject: { ru: 'Отчёт за {month}: {contract}', en: 'Report for {month}: {contract}' },
  report_body: {
    ru: 'Здравствуйте! Во вложении отчёт о поддержке за {month}: обращения, сроки, работы по минутам и остаток часов.',
    en: 'Hello! Attached is the support report for {month}: requests, times, work by the minute and hours left.',
  },
  documents_subject: { ru: 'Документы за {month}: {contract}', en: 'Documents for {month}: {contract}' },
  documents_body: {
    ru: 'Здравствуйте! Во вложении документы за {month}: {documents}. Принять акт или возразить по строкам можно в кабинете.',
    en: 'Hello! Attached are the documents for {month}: {documents}. You can accept the act or object to its lines in the cabinet.',
  },
  paper_subject: { ru: '{documents}, договор {contract}', en: '{documents}, contract {contract}' },
  paper_body: {
    ru: 'Здравствуйте! Во вложении {documents}. Документ есть и в кабинете.',
    en: 'Hello! Attached is {documents}. The document is in the cabinet as well.',
  },
  coupon_subject: { ru: 'Купон на срочное обращение', en: 'A coupon for one urgent request' },
  coupon_body: {
    ru: 'Ваш купон: {code}. Он даёт право на одно срочное обращение в любой час: введите его на последнем шаге нового обращения.',
    en: 'Your coupon: {code}. It gives the right to one urgent request at any hour: enter it in the last step of a new request.',
  },
  open_documents: { ru: 'Открыть документы', en: 'Open the documents' },
  open_cabinet: { ru: 'Открыть личный кабинет', en: 'Open the cabinet' },
  assigned: { ru: 'Вам назначено № {number}: {subject}', en: 'Assigned to you: no. {number}, {subject}' },
  client_wrote: { ru: 'Клиент написал в № {number}: {subject}', en: 'The client wrote in no. {number}: {subject}' },
  mentioned: { ru: 'Вас упомянули в № {number}: {subject}', en: 'You were mentioned in no. {number}: {subject}' },
  warn: {
    ru: 'Прошло {percent} % срока ({metric}): № {number}',
    en: '{percent} % of the time is gone ({metric}): no. {number}',
  },
  breach: { ru: 'Срок нарушен ({metric}): № {number} {subject}', en: 'Breach ({metric}): no. {number} {subject}' },
  coupon_used: {
    ru: 'Срочно, по купону, ответ в течение часа: № {number} {subject}',
    en: 'Urgent, by a coupon, an answer within the hour: no. {number} {subject}',
  },
  page: { ru: 'Авария: № {number} {subject}', en: 'Accident: no. {number} {subject}' },
  page_asked: { ru: 'Вызов: № {number} {subject}', en: 'Page: no. {number} {subject}' },
  page_late: {
    ru: 'Вызов: обещанный срок под угрозой ({metric}), № {number} {subject}',
    en: 'Page: a promise is at risk ({metric}), no. {number} {subject}',
  },
  page_duty: {
    ru: 'Вызов по дежурству: нужен первый ответ, № {number} {subject}',
    en: 'Duty page: a first answer is needed, no. {number} {subject}',
  },
  page_unanswered: {
    ru: 'На вызов никто не ответил: № {number} {subject}',
    en: 'Nobody has answered the page: no. {number} {subject}',
  },
  vote_asked: {
    ru: 'Коллегия: нужен ваш голос по № {number} {subject}, {deadline}',
    en: 'Change board: your vote is needed on no. {number} {subject}, {deadline}',
  },
  vote_again: {
    ru: 'Коллегия: № {number} {subject} поменялось, прежние голоса не действуют, голосуйте заново, {deadline}',
    en: 'Change board: no. {number} {subject} was altered, earlier ballots are void, please vote again, {deadline}',
  },
  vote_reminder: {
    ru: 'Коллегия ждёт ваш голос по № {number} {subject}, {deadline}',
    en: 'The change board waits for your vote on no. {number} {subject}, {deadline}',
  },
  vote_until: { ru: 'до {at}', en: 'by {at}' },
  vote_at_meeting: { ru: 'на заседании', en: 'at the meeting' },
  board_approved: { ru: 'Коллегия одобрила № {number} {subject}', en: 'The board approved no. {number} {subject}' },
  board_rejected: { ru: 'Коллегия отклонила № {number} {subject}', en: 'The board rejected no. {number} {subject}' },
  board_lapsed: {
    ru: 'Коллегия не собрала кворум по № {number} {subject}: созовите голосование снова',
    en: 'The board had no quorum on no. {number} {subject}: call the vote again',
  },
  review_late: {
    ru: 'Экстренное изменение № {number} {subject} не рассмотрено коллегией в срок',
    en: 'The board has not reviewed the emergency change no. {number} {subject} in time',
  },
  window_subject: {
    ru: '[#{number}] Согласуйте время установки: {subject}',
    en: '[#{number}] Please agree to the time of installation: {subject}',
  },
  window_body: {
    ru: 'Мы готовы установить изменение. Подходит ли вам это время? На это время работа портала может прерываться.',
    en: 'We are ready to install the change. Does this time suit you? The portal may be interrupted meanwhile.',
  },
  window_when: { ru: 'Окно', en: 'Window' },
  window_decide: { ru: 'Открыть и ответить', en: 'Open and answer' },
  glass_asked: {
    ru: '{reader} просит прочесть чужое обращение № {number}: {reason}. Решите в настройках: «Чтение вне прав».',
    en: '{reader} asks to read ticket no. {number} outside their reach: {reason}. Decide in the settings: “Reading outside one’s reach”.',
  },
  glass_opened: {
    ru: '{reader} полчаса читает обращение № {number} вне своих прав: {reason}',
    en: '{reader} reads ticket no. {number} outside their reach for half an hour: {reason}',
  },
  partner_subject: {
    ru: '[#{number}] Вас просят помочь: {subject}',
    en: '[#{number}] Your help is asked for: {subject}',
  },
  partner_body: {
    ru: '{inviter} приглашает вас в обращение № {number} «{subject}». Вам открыто только оно. Ответ на это письмо станет вашей заметкой в обращении; клиент её не видит.',
    en: '{inviter} invites you to ticket no. {number}, “{subject}”. Only this ticket is open to you. An answer to this letter becomes your note in it, which the client does not see.',
  },
  partner_note_subject: {
    ru: '[#{number}] Вам написали: {subject}',
    en: '[#{number}] A note for you: {subject}',
  },
  partner_note_body: {
    ru: 'Заметка для вас в обращении № {number} «{subject}». Автор: {author}.',
    en: 'A note for you in ticket no. {number}, “{subject}”, by {author}.',
  },
  partner_until: { ru: 'Доступ до', en: 'Access until' },
  partner_enter: { ru: 'Войти по ссылке', en: 'Enter by this link' },
  partner_join: { ru: 'Задать пароль', en: 'Choose a password' },
  vendor_silent: {
    ru: 'Вендор пока не ответил по № {number} (у него {vendorNumber}), ждём с {at}',
    en: 'The vendor has not answered no. {number} yet (theirs is {vendorNumber}), asked {at}',
  },
  vendor_late: {
    ru: 'Вендор не ответил в срок по № {number} (у него {vendorNumber}), ждём с {at}: напомните ему',
    en: 'The vendor is late with no. {number} (theirs is {vendorNumber}), asked {at}: remind them',
  },
  partner_wrote: { ru: 'Партнёр написал в № {number}: {subject}', en: 'The partner wrote in no. {number}: {subject}' },
  partner_soon: {
    ru: 'Доступ партнёра {name} к № {number} заканчивается: {at}',
    en: 'Access of the partner {name} to no. {number} ends {at}',
  },
  partner_over: {
    ru: 'Доступ партнёра {name} к № {number} закончился',
    en: 'Access of the partner {name} to no. {number} is over',
  },
  mail_lost: {
    ru: 'Письмо не доставлено ({error}): № {number}',
    en: 'A letter was not delivered ({error}): no. {number}',
  },
  metric_reaction: { ru: 'реакция', en: 'reaction' },
  metric_next_answer: { ru: 'следующий ответ', en: 'next answer' },
  metric_resolution: { ru: 'решение', en: 'resolution' },
  magic_link_subject: { ru: 'Вход в личный кабинет', en: 'Sign in to the cabinet' },
  magic_link_body: {
    ru: 'Нажмите кнопку, чтобы войти. Ссылка работает один раз и недолго.',
    en: 'Press the button to sign in. The link works once and not for long.',
  },
  sign_in: { ru: 'Войти', en: 'Sign in' },
  reset_subject: { ru: 'Новый пароль', en: 'A new password' },
  reset_body: {
    ru: 'Кто-то, вероятно вы, попросил новый пароль. Ссылка работает один раз, 30 минут.',
    en: 'Somebody, probably you, asked for a new password. The link works once, for 30 minutes.',
  },
  set_password: { ru: 'Задать пароль', en: 'Set a password' },
  invitation_subject: { ru: 'Приглашение в службу поддержки', en: 'Invitation to the support desk' },
  invitation_body: {
    ru: 'Вас пригласили. Задайте пароль и войдите; ссылка работает один раз, семь дней.',
    en: 'You were invited. Set a password and sign in; the link works once, for seven days.',
  },
  password_changed_subject: { ru: 'Пароль изменён', en: 'The password was changed' },
  password_changed_body: {
    ru: 'Пароль вашей учётной записи изменён, все прежние входы завершены. Если это были не вы, напишите администратору.',
    en: 'The password of your account was changed and all earlier sign-ins were ended. If it was not you, write to the administrator.',
  },
  second_factor_off_subject: { ru: 'Второй фактор отключён', en: 'The second factor was turned off' },
  second_factor_off_body: {
    ru: 'В вашей учётной записи отключён вход с кодом. Если это были не вы, напишите администратору.',
    en: 'Signing in with a code was turned off in your account. If it was not you, write to the administrator.',
  },
  audit_seal_subject: { ru: 'Печать журнала действий', en: 'Seal of the audit trail' },
  audit_seal_body: {
    ru: 'Печать № {number} от {at}:\n{seal}\n\nСохраните письмо: если журнал перепишут, печать с этим номером станет другой.',
    en: 'Seal no. {number} of {at}:\n{seal}\n\nKeep this letter: if the trail is written anew, the seal of this number becomes another.',
  },
  hello: { ru: 'Здравствуйте, {name}!', en: 'Hello {name},' },
})
