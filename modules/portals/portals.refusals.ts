import { declareRefusals } from '@opora/core'

export const { specs: portalsRefusals, refuse: refusePortals } = declareRefusals({
  'portals.address_malformed': {
    status: 422,
    ru: 'Нужен адрес портала, например https://portal.example.ru.',
    en: 'The address of the portal is needed, such as https://portal.example.com.',
  },
  'portals.address_taken': {
    status: 409,
    ru: 'У этого клиента уже есть портал с таким адресом.',
    en: 'This client already has a portal with this address.',
  },
  'portals.product_unknown': {
    status: 422,
    ru: 'Такого продукта нет в справочнике.',
    en: 'The dictionary has no such product.',
  },
  'portals.admin_foreign': {
    status: 422,
    ru: 'Администратор портала должен быть контактом того же клиента.',
    en: 'The administrator of a portal must be a contact of the same client.',
  },
  'portals.licence_dates': {
    status: 422,
    ru: 'Лицензия не может закончиться раньше, чем начата.',
    en: 'A licence cannot end before it begins.',
  },
  'portals.measured_in_future': {
    status: 422,
    ru: 'Значение не может быть измерено в будущем.',
    en: 'A value cannot be measured in the future.',
  },
})
