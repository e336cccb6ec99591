import { declareRefusals } from '@opora/core'

export const automationRefusals = declareRefusals({
  'automation.not_found': { status: 404, ru: 'Такого правила нет.', en: 'There is no such rule.' },
  'automation.webhook_not_found': { status: 404, ru: 'Такого вебхука нет.', en: 'There is no such webhook.' },
  'automation.delivery_not_found': { status: 404, ru: 'Такой отправки нет.', en: 'There is no such delivery.' },
  'automation.condition_invalid': {
    status: 422,
    ru: 'Условие не читается: {fault}.',
    en: 'The condition does not read: {fault}.',
  },
  'automation.action_invalid': {
    status: 422,
    ru: 'Действие {position}: {fault}.',
    en: 'Action {position}: {fault}.',
  },
  'automation.values_invalid': {
    status: 422,
    ru: 'Значение не подходит: {fault}.',
    en: 'A value does not fit: {fault}.',
  },
  'automation.linked_too_deep': {
    status: 409,
    ru: 'Это обращение само открыто действием, и слишком далеко от первого: новое от него не открывается.',
    en: 'This ticket was itself opened by an action, too far from the first one: none is opened from it.',
  },
  'automation.called_too_often': {
    status: 409,
    ru: 'Вебхук «{name}» уже слишком часто вызван за этот час по этому обращению.',
    en: 'The webhook "{name}" has been called too often for this ticket within the hour.',
  },
  'automation.webhook_taken': {
    status: 409,
    ru: 'Вебхук с кодом «{code}» уже есть.',
    en: 'There is a webhook with the code "{code}" already.',
  },
  'automation.webhook_used': {
    status: 409,
    ru: 'Вебхук нужен правилам: {rules}. Сначала измените их.',
    en: 'Rules need this webhook: {rules}. Change them first.',
  },
  'automation.address_invalid': {
    status: 422,
    ru: 'Адрес начинается с https:// и не содержит имени и пароля.',
    en: 'The address begins with https:// and holds no user name or password.',
  },
  'automation.address_private': {
    status: 422,
    ru: 'По этому адресу Опора не ходит: он внутренний. Разрешить узел может настройка OPORA_WEBHOOK_PRIVATE_HOSTS.',
    en: 'Opora does not call this address: it is a private one. The setting OPORA_WEBHOOK_PRIVATE_HOSTS can allow the host.',
  },
  'automation.address_unknown': {
    status: 422,
    ru: 'Такого узла не нашлось.',
    en: 'No such host was found.',
  },
  'automation.delivery_waits': {
    status: 409,
    ru: 'Отправка ещё идёт: следующая попытка уже назначена.',
    en: 'The delivery is still under way: its next attempt is set already.',
  },
  'automation.order_stale': {
    status: 409,
    ru: 'Список правил изменился. Обновите его и расставьте снова.',
    en: 'The list of rules has changed. Reload it and set the order again.',
  },
  'automation.person_gone': { status: 409, ru: 'Этого человека больше нет.', en: 'This person is not there any more.' },
  'automation.thing_gone': {
    status: 409,
    ru: 'Того, что названо в действии, больше нет: {name}.',
    en: 'What the action names is not there any more: {name}.',
  },
})

export const refuseAutomation = automationRefusals.refuse
