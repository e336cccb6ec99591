import { declareRefusals } from '@opora/core'

/** What the service refuses beside the rules of the domain. */
export const { specs: contractServiceRefusals, refuse: refuseContractService } = declareRefusals({
  'contracts.status_step': {
    status: 409,
    ru: 'Из состояния «{from}» договор нельзя перевести в «{to}».',
    en: 'A contract cannot go from “{from}” to “{to}”.',
  },
  'contracts.legal_entity_unknown': {
    status: 422,
    ru: 'Такого нашего юридического лица нет или оно в архиве.',
    en: 'There is no such legal entity of ours, or it is put away.',
  },
  'contracts.use_ahead': {
    status: 422,
    ru: 'Использование записывают не раньше его дня.',
    en: 'Use is recorded no earlier than its day.',
  },
  'contracts.use_suspended': {
    status: 409,
    ru: 'В этот день договор приостановлен.',
    en: 'The contract is suspended on that day.',
  },
  'contracts.use_excluded': {
    status: 409,
    ru: 'Эта услуга в договор не входит.',
    en: 'The contract leaves this service out.',
  },
  'contracts.unit_price_missing': {
    status: 409,
    ru: 'Цена единицы этой услуги не указана ни в договоре, ни в прайс-листе.',
    en: 'Neither the contract nor the price list names the price of a unit of this service.',
  },
  'contracts.use_ticket_unknown': {
    status: 422,
    ru: 'У этого клиента нет обращения с таким номером.',
    en: 'This client has no ticket with that number.',
  },
  'contracts.since_unfit': {
    status: 422,
    ru: 'День должен быть не раньше {from} и не позже {to}.',
    en: 'The day must be no earlier than {from} and no later than {to}.',
  },
  'contracts.suspended_month_closed': {
    status: 409,
    ru: 'Месяц {month} закрыт: приостановить или возобновить договор можно в открытом месяце.',
    en: 'The month {month} is closed: a contract is suspended and resumed in an open month.',
  },
  'contracts.dates_crossed': {
    status: 422,
    ru: 'Окончание раньше начала.',
    en: 'The end is before the beginning.',
  },
  'contracts.term_too_short': {
    status: 422,
    ru: 'Пакет продаётся не меньше чем на {months} мес.: договор действует хотя бы по {date}.',
    en: 'The package is sold for at least {months} months: the contract runs to {date} at least.',
  },
  'contracts.fee_outside_offer': {
    status: 422,
    ru: 'Плата не укладывается в предложение пакета.',
    en: 'The fee does not keep to what the package offers.',
  },
  'contracts.package_unknown': {
    status: 422,
    ru: 'Такого пакета в каталоге нет.',
    en: 'The catalogue has no such package.',
  },
  'contracts.terms_or_package': {
    status: 422,
    ru: 'Укажите либо пакет, либо условия.',
    en: 'Name either a package or the terms.',
  },
  'contracts.portal_foreign': {
    status: 422,
    ru: 'Это портал другого клиента.',
    en: 'This is a portal of another client.',
  },
  'contracts.contact_foreign': {
    status: 422,
    ru: 'Это контакт другого клиента.',
    en: 'This is a contact of another client.',
  },
  'contracts.zone_fixed': {
    status: 422,
    ru: 'Часовой пояс договора не меняется: по нему уже посчитаны дни и месяцы.',
    en: 'The zone of a contract does not change: its days and months are counted by it.',
  },
  'contracts.calendar_invalid': {
    status: 422,
    ru: 'Календарь заполнен неверно: исправьте отмеченные поля.',
    en: 'The calendar is not valid: correct the marked fields.',
  },
  'contracts.policy_invalid': {
    status: 422,
    ru: 'Правила SLA заполнены неверно: исправьте отмеченные поля.',
    en: 'The SLA policy is not valid: correct the marked fields.',
  },
  'contracts.version_in_the_past': {
    status: 422,
    ru: 'Новая версия не может действовать с прошедшего времени: обещанное остаётся обещанным.',
    en: 'A new version cannot come into force in the past: what was promised stays promised.',
  },
  'contracts.offer_invalid': {
    status: 422,
    ru: 'Пакет заполнен неверно: исправьте отмеченные поля.',
    en: 'The package is not valid: correct the marked fields.',
  },
  'contracts.hours_drawn': {
    status: 409,
    ru: 'За {month} уже израсходовано больше часов, чем дают новые условия: начните их со следующего месяца.',
    en: 'More hours of {month} are drawn than the new terms give: let them begin with the next month.',
  },
  'contracts.draft_unfinished': {
    status: 422,
    ru: 'Договор ещё не готов: исправьте отмеченное.',
    en: 'The contract is not ready yet: correct what is marked.',
  },
  'contracts.draft_signed': {
    status: 409,
    ru: 'Договор по этому черновику уже заключён.',
    en: 'The contract of this draft is concluded already.',
  },
  'contracts.ending_past': {
    status: 409,
    ru: 'Договор нельзя закончить задним числом: месяц {month} закрыт.',
    en: 'A contract cannot end in the closed month {month}.',
  },
  'contracts.file_not_found': { status: 404, ru: 'Файл не найден.', en: 'The file was not found.' },
  'contracts.activity_unknown': { status: 422, ru: 'Такого вида работ нет.', en: 'There is no such activity.' },
  'contracts.service_unknown': {
    status: 422,
    ru: 'Такой услуги в каталоге нет.',
    en: 'The catalogue has no such service.',
  },
  'contracts.price_list_unknown': { status: 422, ru: 'Такого прайс-листа нет.', en: 'There is no such price list.' },
  'contracts.price_list_needed': {
    status: 409,
    ru: 'Договорам нужен прайс-лист по умолчанию: сделайте таким другой, и он заменит этот.',
    en: 'Contracts need a default price list: make another one the default, and it replaces this one.',
  },
  'contracts.price_list_not_begun': {
    status: 409,
    ru: 'Цены этого прайс-листа начинаются {date}: по умолчанию берут тот, что уже действует.',
    en: 'The prices of this list begin on {date}: the default is a list that is in force already.',
  },
  'contracts.price_list_dated': {
    status: 409,
    ru: 'С {date} у прайс-листа уже есть цены: выберите другую дату.',
    en: 'The price list has prices from {date} already: choose another date.',
  },
  'contracts.price_list_past': {
    status: 409,
    ru: 'Новые цены начинаются не раньше {date}: прошлое считается по прошлым.',
    en: 'New prices begin on {date} at the earliest: the past is counted by the past.',
  },
  'contracts.code_taken': { status: 409, ru: 'Такой код уже есть.', en: 'This code is taken.' },
  'contracts.other_person_decides': {
    status: 403,
    ru: 'Исправление подтверждает другой человек, не тот, кто его предложил.',
    en: 'A correction is approved by another person than the one who proposed it.',
  },
  'contracts.correction_decided': {
    status: 409,
    ru: 'По этому исправлению уже решено.',
    en: 'This correction has been decided already.',
  },
  'contracts.coupon_renewed': {
    status: 409,
    ru: 'Купон следующего года уже выдан: он действует по {until}.',
    en: 'The coupon of the next year is issued already: it lasts until {until}.',
  },
  'contracts.no_coupon': {
    status: 422,
    ru: 'Этот договор не даёт купонов.',
    en: 'This contract gives no coupons.',
  },
  'contracts.same_bucket': {
    status: 422,
    ru: 'Переносить часы можно только между разными объёмами.',
    en: 'Hours can be moved between different buckets only.',
  },
})
