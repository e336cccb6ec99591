import { declareRefusals } from '@opora/core'

export const { specs: peopleRefusals, refuse: refusePeople } = declareRefusals({
  'people.email_malformed': {
    status: 422,
    ru: 'Нужен ровно один правильный адрес почты, без имени и кавычек.',
    en: 'Exactly one well-formed e-mail address is needed, without a name or quotes.',
  },
  'people.contact_exists': {
    status: 409,
    ru: 'У этого клиента уже есть контакт с таким адресом.',
    en: 'This client already has a contact with this address.',
  },
  'people.personal_request_waits': {
    status: 409,
    ru: 'Такая просьба об этом человеке уже ждёт решения.',
    en: 'Such a request about this person waits for a decision already.',
  },
  'people.personal_request_decided': {
    status: 409,
    ru: 'Решение уже принято.',
    en: 'It has been decided already.',
  },
  'people.other_person_decides': {
    status: 403,
    ru: 'Решает другой человек: не тот, кто попросил.',
    en: 'Another person decides: not the one who asked.',
  },
  'people.personal_data_over': {
    status: 409,
    ru: 'Срок выдачи вышел, или выдача не разрешена: попросите ещё раз.',
    en: 'The time for taking it is over, or it was not allowed: ask again.',
  },
  'people.inn_wrong': {
    status: 422,
    ru: 'ИНН: 10 или 12 цифр с верным контрольным числом.',
    en: 'INN: 10 or 12 digits with the right check digit.',
  },
  'people.kpp_wrong': {
    status: 422,
    ru: 'КПП: 9 знаков, например 773601001.',
    en: 'KPP: 9 characters, such as 773601001.',
  },
  'people.ogrn_wrong': {
    status: 422,
    ru: 'ОГРН: 13 цифр (ОГРНИП: 15) с верным контрольным числом.',
    en: 'OGRN: 13 digits (OGRNIP: 15) with the right check digit.',
  },
  'people.bik_wrong': {
    status: 422,
    ru: 'БИК: 9 цифр, например 044525225.',
    en: 'BIK: 9 digits, such as 044525225.',
  },
  'people.bik_needed': {
    status: 422,
    ru: 'Без БИК номер счёта проверить нельзя.',
    en: 'Without the BIK the account number cannot be checked.',
  },
  'people.account_wrong': {
    status: 422,
    ru: 'Расчётный счёт не сходится с БИК по контрольному числу.',
    en: 'The settlement account does not agree with the BIK by its check digit.',
  },
  'people.corr_account_wrong': {
    status: 422,
    ru: 'Корреспондентский счёт не сходится с БИК.',
    en: 'The correspondent account does not agree with the BIK.',
  },
  'people.domain_malformed': {
    status: 422,
    ru: '{domain}: это не почтовый домен.',
    en: '{domain}: this is not a mail domain.',
  },
  'people.domain_public': {
    status: 422,
    ru: '{domain}: общедоступная почта, по ней клиента не узнать.',
    en: '{domain}: public mail, it does not tell the client.',
  },
  'people.domain_taken': {
    status: 409,
    ru: '{domain}: этот домен уже указан у другого клиента.',
    en: '{domain}: another client has this domain already.',
  },
  'people.staff_unknown': {
    status: 422,
    ru: 'Такого сотрудника нет или он отключён.',
    en: 'There is no such member of staff, or the account is off.',
  },
  'people.no_email': {
    status: 422,
    ru: 'У контакта нет адреса почты: пригласить некуда.',
    en: 'The contact has no e-mail address to invite.',
  },
  'people.contact_blocked': {
    status: 409,
    ru: 'Контакт заблокирован. Сначала снимите блокировку.',
    en: 'The contact is blocked. Unblock it first.',
  },
  'people.contact_unconfirmed': {
    status: 409,
    ru: 'Контакт ещё не подтверждён.',
    en: 'The contact is not confirmed yet.',
  },
  'people.zone_unknown': { status: 422, ru: 'Такого часового пояса нет.', en: 'There is no such time zone.' },
  'people.own_rights': {
    status: 403,
    ru: 'Свои права и статус менять нельзя: попросите другого ответственного.',
    en: 'You cannot change your own rights or status: ask another responsible contact.',
  },
})
