import { declareRefusals } from '@opora/core'

export const { specs: accessRefusals, refuse: refuseAccess } = declareRefusals({
  'access.sign_in_required': { status: 401, ru: 'Войдите, чтобы продолжить.', en: 'Sign in to continue.' },
  'access.bad_credentials': {
    status: 401,
    ru: 'Неверный адрес или пароль.',
    en: 'The address or the password is wrong.',
  },
  'access.totp_required': {
    status: 401,
    ru: 'Введите код из приложения.',
    en: 'Enter the code of your authenticator app.',
  },
  'access.totp_wrong': {
    status: 401,
    ru: 'Код не подошёл. Проверьте время на телефоне и введите новый.',
    en: 'The code does not fit. Check the phone’s time and enter a new one.',
  },
  'access.second_factor_required': {
    status: 403,
    ru: 'Для этой роли нужен второй фактор: включите его в профиле.',
    en: 'This role needs a second factor: turn it on in your profile.',
  },
  'access.too_many_attempts': {
    status: 429,
    ru: 'Слишком много попыток. Подождите 15 минут.',
    en: 'Too many attempts. Wait 15 minutes.',
  },
  'access.not_allowed': { status: 403, ru: 'Вашей роли это не разрешено.', en: 'Your role may not do this.' },
  'access.confirm_again': {
    status: 403,
    ru: 'Подтвердите паролем, что это вы.',
    en: 'Confirm with your password that it is you.',
  },
  'access.not_found': {
    status: 404,
    ru: 'Такого нет, или оно вам недоступно.',
    en: 'There is no such thing, or it is not open to you.',
  },
  'access.link_expired': {
    status: 410,
    ru: 'Ссылка уже использована или её срок вышел. Запросите новую.',
    en: 'The link was used or has expired. Ask for a new one.',
  },
  'access.token_expired': {
    status: 401,
    ru: 'Токен неизвестен, отозван или просрочен.',
    en: 'The token is unknown, revoked or expired.',
  },
  'access.token_life': {
    status: 422,
    ru: 'Токен действует от 1 до {max} дней.',
    en: 'A token lives from 1 to {max} days.',
  },
  'access.set_up_already': { status: 409, ru: 'Система уже настроена.', en: 'The system is set up already.' },
  'access.set_up_code_wrong': {
    status: 403,
    ru: 'Код установки не подходит: он напечатан при запуске.',
    en: 'The set-up code is wrong: it was printed at the start.',
  },
  'access.password_weak': {
    status: 422,
    ru: 'Пароль слишком простой: нужно не меньше 12 знаков, не из списка частых.',
    en: 'The password is too weak: at least 12 characters and not a common one.',
  },
  'access.email_taken': { status: 409, ru: 'Такой адрес уже есть.', en: 'This address is taken.' },
  'access.partner_switched_off': {
    status: 409,
    ru: 'Этот партнёр отключён администратором.',
    en: 'An administrator has switched this partner off.',
  },
  'access.not_a_partner': {
    status: 409,
    ru: 'Это адрес сотрудника или клиента: партнёром его пригласить нельзя.',
    en: 'This is the address of a colleague or of a client: it cannot be invited as a partner.',
  },
  'access.email_malformed': {
    status: 422,
    ru: 'Это не похоже на один адрес почты.',
    en: 'This is not one well-formed e-mail address.',
  },
  'access.own_role': { status: 403, ru: 'Свои роли менять нельзя.', en: 'You cannot change your own roles.' },
  'access.role_unknown': { status: 422, ru: 'Такой роли нет.', en: 'There is no such role.' },
  'access.last_administrator': {
    status: 409,
    ru: 'Это последний администратор.',
    en: 'This is the last administrator.',
  },
  'access.own_account': { status: 403, ru: 'Себя отключить нельзя.', en: 'You cannot switch yourself off.' },
  'access.totp_on_already': {
    status: 409,
    ru: 'Второй фактор уже включён. Чтобы сменить телефон, сначала выключите его.',
    en: 'The second factor is on already. To change phones, turn it off first.',
  },
  'access.totp_not_begun': {
    status: 409,
    ru: 'Сначала начните подключение второго фактора.',
    en: 'Begin turning the second factor on first.',
  },
  'access.scope_not_yours': {
    status: 422,
    ru: 'Таких прав у вас нет, передать их токену нельзя: {scopes}',
    en: 'You do not have these rights and cannot give them to a token: {scopes}',
  },
  'access.client_unknown': { status: 422, ru: 'Такого клиента нет.', en: 'There is no such client.' },
  'access.already_joined': {
    status: 409,
    ru: 'Этот человек уже вошёл и задал пароль. Новый он получит через восстановление пароля.',
    en: 'This person has joined and chosen a password. A new one is had by resetting the password.',
  },
  'access.roles_of_two_sides': {
    status: 422,
    ru: 'Интегратор — человек партнёра: эту роль не сочетают с ролями сотрудников.',
    en: 'An integrator is a partner’s person: this role does not go together with roles of staff.',
  },
  'access.cannot_sign_in': {
    status: 409,
    ru: 'У этого контакта нет адреса почты, или адрес уже занят другим входом.',
    en: 'This contact has no e-mail address, or the address belongs to another sign-in.',
  },
})
