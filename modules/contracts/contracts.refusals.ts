import { declareRefusals } from '@opora/core'

/** Everything that the contracts module can refuse. Domain functions name these codes; the service throws them. */
export const contractsRefusals = declareRefusals({
  'contracts.not_found': { status: 404, ru: 'Договор не найден.', en: 'The contract was not found.' },
  'contracts.terms_invalid': {
    status: 422,
    ru: 'Условия договора заполнены неверно: исправьте отмеченные поля.',
    en: 'The terms of the contract are not valid: correct the marked fields.',
  },
  'contracts.number_taken': {
    status: 409,
    ru: 'Договор с номером {number} уже есть.',
    en: 'There is a contract with the number {number} already.',
  },
  'contracts.version_overlaps': {
    status: 409,
    ru: 'На {date} уже есть версия договора: новая версия начинается с более поздней даты.',
    en: 'The contract has a version from {date} already: a new one begins on a later date.',
  },
  'contracts.version_in_closed_month': {
    status: 409,
    ru: 'Месяц {month} закрыт: версию договора можно начать только с открытого месяца.',
    en: 'The month {month} is closed: a version of the contract can begin in an open month only.',
  },
  'contracts.ended': {
    status: 409,
    ru: 'Договор {number} закончился {date}.',
    en: 'Contract {number} ended on {date}.',
  },
  'contracts.not_started': {
    status: 409,
    ru: 'Договор {number} действует с {date}.',
    en: 'Contract {number} is in force from {date}.',
  },
  'contracts.portal_not_covered': {
    status: 409,
    ru: 'Портал «{portal}» не входит ни в один действующий договор.',
    en: 'No contract in force covers the portal “{portal}”.',
  },
  'contracts.topic_excluded': {
    status: 409,
    ru: 'Договор {number} не включает обращения этого типа.',
    en: 'Contract {number} does not include requests of this topic.',
  },
  'contracts.date_not_covered': {
    status: 422,
    ru: 'На {date} у договора нет действующих условий.',
    en: 'The contract has no terms in force on {date}.',
  },
  'contracts.coupon_not_found': {
    status: 404,
    ru: 'Купон спецобращения не найден.',
    en: 'The coupon was not found.',
  },
  'contracts.coupon_spent': {
    status: 409,
    ru: 'Купон уже использован в обращении {ticket}: один купон даёт одно спецобращение.',
    en: 'The coupon was spent on ticket {ticket} already: one coupon gives one special request.',
  },
  'contracts.coupon_expired': {
    status: 409,
    ru: 'Срок купона закончился {date}.',
    en: 'The coupon lapsed on {date}.',
  },
  'contracts.coupon_not_yet': {
    status: 409,
    ru: 'Купон действует с {date}.',
    en: 'The coupon is valid from {date}.',
  },
  'contracts.insufficient_hours': {
    status: 409,
    ru: 'Не хватает часов: доступно {available}, нужно {needed}.',
    en: 'Not enough hours: {available} available, {needed} needed.',
  },
  'contracts.hours_stopped': {
    status: 409,
    ru: 'Часы пакета закончились; по договору работа сверх пакета ждёт решения клиента.',
    en: 'The hours of the package are used up; by the contract, work beyond it waits for the client.',
  },
  'contracts.entry_key_reused': {
    status: 409,
    ru: 'Проводка с этим ключом уже есть, но с другим содержанием.',
    en: 'There is a ledger entry with this key already, with another content.',
  },
  'contracts.entry_not_found': {
    status: 404,
    ru: 'Проводка не найдена.',
    en: 'The ledger entry was not found.',
  },
  'contracts.entry_reversed': {
    status: 409,
    ru: 'Эта проводка уже сторнирована.',
    en: 'This ledger entry has been reversed already.',
  },
  'contracts.bucket_closed': {
    status: 409,
    ru: 'Период этих часов закончился: перенести можно только на действующие часы.',
    en: 'The period of these hours is over: hours can be moved only to a bucket that is open.',
  },
  'contracts.month_closed': {
    status: 409,
    ru: 'Месяц {month} закрыт: исправление вносится сторнирующей записью в открытом месяце.',
    en: 'The month {month} is closed: a correction is made by a reversal in an open month.',
  },
  'contracts.month_unfinished': {
    status: 409,
    ru: 'Месяц {month} нельзя закрыть: есть незавершённое.',
    en: 'The month {month} cannot be closed: something is unfinished.',
  },
  'contracts.carried_hours_spent': {
    status: 409,
    ru: 'Закрытие месяца {month} нельзя отменить: перенесённые часы уже израсходованы.',
    en: 'The closing of {month} cannot be undone: the hours it carried over are spent.',
  },
  'contracts.capacity_exceeded': {
    status: 422,
    ru: 'За месяц у клиента получается {hours}: больше предельного объёма {limit}.',
    en: 'The client’s month comes to {hours}: more than the ceiling of {limit}.',
  },
})
