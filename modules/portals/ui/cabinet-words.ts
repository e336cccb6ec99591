import { dictionary } from '@opora/platform/i18n'

export const cabinetPortalWords = dictionary({
  portals: { ru: 'Порталы', en: 'Portals' },
  licenceUntil: { ru: 'лицензия до', en: 'licensed until' },
  licenceEnded: { ru: 'лицензия закончилась', en: 'licence ended' },
})
