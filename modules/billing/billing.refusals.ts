import { declareRefusals } from '@opora/core'

/** Everything that the billing module can refuse. */
export const billingRefusals = declareRefusals({
  'billing.period_not_found': {
    status: 404,
    ru: 'Такого расчётного месяца у договора нет.',
    en: 'The contract has no such billing month.',
  },
  'billing.requisite_wrong': {
    status: 422,
    ru: 'Контрольная сумма или вид реквизита не сходятся: проверьте цифры.',
    en: 'The check digits or the form of this detail are wrong: check the figures.',
  },
  'billing.month_invalid': {
    status: 422,
    ru: 'Месяц указывается как ГГГГ-ММ.',
    en: 'A month is given as YYYY-MM.',
  },
  'billing.month_unfinished': {
    status: 409,
    ru: 'Месяц {month} нельзя закрыть, пока есть незавершённое: {count}.',
    en: 'The month {month} cannot be closed while something is unfinished: {count}.',
  },
  'billing.month_not_over': {
    status: 409,
    ru: 'Месяц {month} ещё не закончился.',
    en: 'The month {month} is not over yet.',
  },
  'billing.month_closed': {
    status: 409,
    ru: 'Месяц {month} закрыт: изменения вносятся исправлением в открытом месяце.',
    en: 'The month {month} is closed: changes are made by a correction in an open month.',
  },
  'billing.month_already_closed': {
    status: 409,
    ru: 'Месяц {month} уже закрыт.',
    en: 'The month {month} is closed already.',
  },
  'billing.month_not_closed': {
    status: 409,
    ru: 'Месяц {month} не закрыт.',
    en: 'The month {month} is not closed.',
  },
  'billing.month_sent': {
    status: 409,
    ru: 'Документы за {month} уже отправлены клиенту: закрытие нельзя отменить.',
    en: 'The documents of {month} were sent to the client: the closing cannot be undone.',
  },
  'billing.later_month_closed': {
    status: 409,
    ru: 'Сначала отмените закрытие следующего месяца.',
    en: 'Undo the closing of the following month first.',
  },
  'billing.carried_hours_spent': {
    status: 409,
    ru: 'Перенесённые часы уже израсходованы: закрытие {month} нельзя отменить.',
    en: 'The hours carried over are spent: the closing of {month} cannot be undone.',
  },
  'billing.run_not_found': { status: 404, ru: 'Такого запуска нет.', en: 'There is no such run.' },
  'billing.nothing_to_do': {
    status: 409,
    ru: 'За {month} нет договоров, готовых к этому действию.',
    en: 'No contract of {month} is ready for this.',
  },
  'billing.reason_missing': { status: 422, ru: 'Напишите причину.', en: 'Give the reason.' },
  'billing.report_not_found': { status: 404, ru: 'Отчёт не найден.', en: 'The report was not found.' },
  'billing.report_not_ready': {
    status: 409,
    ru: 'Отчёт за {month} появится после закрытия месяца.',
    en: 'The report of {month} appears when the month is closed.',
  },
  'billing.line_not_found': {
    status: 404,
    ru: 'Строка отчёта не найдена.',
    en: 'The line of the report was not found.',
  },
  'billing.line_rejected': {
    status: 409,
    ru: 'Эта строка уже отклонена.',
    en: 'This line has been rejected already.',
  },
})
