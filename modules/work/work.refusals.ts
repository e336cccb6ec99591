import { declareRefusals } from '@opora/core'

/** Everything that the work module can refuse. Domain functions name these codes; the service throws them. */
export const workRefusals = declareRefusals({
  'work.entry_not_found': { status: 404, ru: 'Запись времени не найдена.', en: 'The time entry was not found.' },
  'work.entry_invalid': {
    status: 422,
    ru: 'Запись времени заполнена неверно: исправьте отмеченные поля.',
    en: 'The time entry is not valid: correct the marked fields.',
  },
  'work.minutes_out_of_range': {
    status: 422,
    ru: 'Укажите от 1 минуты до 24 часов.',
    en: 'Give from 1 minute to 24 hours.',
  },
  'work.span_backwards': {
    status: 422,
    ru: 'Окончание работы раньше её начала.',
    en: 'The work ends before it begins.',
  },
  'work.span_differs': {
    status: 422,
    ru: 'Минуты не совпадают с временем начала и окончания: {minutes} вместо {expected}.',
    en: 'The minutes do not agree with the beginning and the end: {minutes} instead of {expected}.',
  },
  'work.span_two_months': {
    status: 422,
    ru: 'Запись заходит в другой месяц: оставьте в ней часы этого месяца, остальное запишите отдельно.',
    en: 'The entry reaches into another month: leave this month’s part in it and log the rest apart.',
  },
  'work.date_in_future': {
    status: 422,
    ru: 'Нельзя записать время будущим числом.',
    en: 'Time cannot be logged for a future date.',
  },
  'work.description_missing': {
    status: 422,
    ru: 'Напишите, что сделано: описание увидит клиент.',
    en: 'Say what was done: the client will read it.',
  },
  'work.activity_unknown': { status: 422, ru: 'Такого вида работ нет.', en: 'There is no such activity.' },
  'work.service_unknown': { status: 422, ru: 'Такой услуги нет.', en: 'There is no such service.' },
  'work.overlapping': {
    status: 409,
    ru: 'Время пересекается с записью по обращению {ticket} ({from}–{to}).',
    en: 'The time overlaps an entry on ticket {ticket} ({from}–{to}).',
  },
  'work.timer_running': {
    status: 409,
    ru: 'Таймер уже идёт по обращению {ticket}: остановите его или переключите.',
    en: 'A timer is running on ticket {ticket} already: stop it or switch it.',
  },
  'work.timer_not_running': { status: 409, ru: 'Таймер не запущен.', en: 'No timer is running.' },
  'work.period_closed': {
    status: 409,
    ru: 'Месяц {month} закрыт: запись не меняется, исправление вносится сторнирующей парой в открытом месяце.',
    en: 'The month {month} is closed: the entry stays as it is, a correction is a pair of entries in an open month.',
  },
  'work.correction_reason_missing': {
    status: 422,
    ru: 'Напишите причину исправления.',
    en: 'Give the reason for the correction.',
  },
  'work.entry_corrected': {
    status: 409,
    ru: 'Эта запись уже исправлена: меняйте последнюю.',
    en: 'This entry has been corrected already: change the latest one.',
  },
  'work.estimate_not_found': { status: 404, ru: 'Оценка не найдена.', en: 'The estimate was not found.' },
  'work.estimate_invalid': {
    status: 422,
    ru: 'Оценка заполнена неверно: исправьте отмеченные поля.',
    en: 'The estimate is not valid: correct the marked fields.',
  },
  'work.estimate_empty': {
    status: 422,
    ru: 'В оценке нет ни одной строки.',
    en: 'The estimate has no lines.',
  },
  'work.estimate_line_invalid': {
    status: 422,
    ru: 'В строке оценки нужны название, время больше нуля и ставка.',
    en: 'A line of an estimate needs a title, time above zero and a rate.',
  },
  'work.estimate_validity_past': {
    status: 422,
    ru: 'Срок действия оценки должен быть не раньше сегодняшнего дня.',
    en: 'An estimate must be valid at least until today.',
  },
  'work.estimate_decided': {
    status: 409,
    ru: 'Решение по этой оценке уже принято: {state}, {by}, {date}.',
    en: 'This estimate has been decided already: {state}, {by}, {date}.',
  },
  'work.estimate_not_offered': {
    status: 409,
    ru: 'Эта оценка не ждёт решения.',
    en: 'This estimate is not waiting for a decision.',
  },
  'work.estimate_not_draft': {
    status: 409,
    ru: 'Изменить можно только черновик: после отправки клиенту делается новый раунд.',
    en: 'Only a draft can be changed: once it is offered, a new round is made.',
  },
  'work.estimate_expired': {
    status: 409,
    ru: 'Срок действия оценки закончился {date}: попросите новую.',
    en: 'The estimate was valid until {date}: ask for a new one.',
  },
  'work.estimate_superseded': {
    status: 409,
    ru: 'Эту оценку заменила новая.',
    en: 'A newer estimate has replaced this one.',
  },
  'work.estimate_question_missing': {
    status: 422,
    ru: 'Напишите вопрос.',
    en: 'Write the question.',
  },
  'work.estimate_required': {
    status: 409,
    ru: 'Эта работа начинается после согласования оценки клиентом.',
    en: 'This work begins when the client has approved an estimate.',
  },
  'work.estimate_not_written': {
    status: 409,
    ru: 'Клиенту пока нечего согласовывать: сначала напишите оценку.',
    en: 'There is nothing for the client to approve yet: write the estimate first.',
  },
  'work.estimate_exhausted': {
    status: 409,
    ru: 'Согласовано {limit}, израсходовано {used}: ещё {refused} нельзя записать как оплачиваемое, пока клиент не согласует дополнительный раунд.',
    en: '{limit} approved, {used} used: {refused} more is not billable until the client approves a further round.',
  },
  'work.time_missing': {
    status: 422,
    ru: 'Укажите минуты или начало и окончание.',
    en: 'Give minutes, or the beginning and the end.',
  },
  'work.contract_missing': {
    status: 409,
    ru: 'У обращения нет договора: время можно записать только как неоплачиваемое.',
    en: 'The ticket has no contract: its time can only be logged as not billable.',
  },
  'work.entry_approved': {
    status: 409,
    ru: 'Запись утверждена ({name}): попросите снять утверждение.',
    en: 'The entry is approved ({name}): ask for the approval to be taken back.',
  },
  'work.cell_of_many': {
    status: 409,
    ru: 'В этой клетке несколько записей: исправьте нужную в списке ниже.',
    en: 'This cell holds several entries: correct the one you mean in the list below.',
  },
  'work.own_approval': {
    status: 409,
    ru: 'Собственное время утверждает другой человек.',
    en: 'One’s own time is approved by another person.',
  },
  'work.billable_not_allowed': {
    status: 403,
    ru: 'Оплачивается ли работа, решают правила договора и исполнитель.',
    en: 'Whether the work is billable is for the contract’s rules and the provider to say.',
  },
  'work.estimate_in_hand': {
    status: 409,
    ru: 'По этому обращению уже есть оценка исполнителя: обсудите изменения в заметке.',
    en: 'The provider has an estimate in hand for this ticket: discuss changes in a note.',
  },
  'work.rate_not_allowed': {
    status: 403,
    ru: 'Ставку берут из договора: менять её может тот, кто видит цены.',
    en: 'The rate is the contract’s: only those who see prices may change it.',
  },
})
