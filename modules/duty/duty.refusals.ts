import { declareRefusals } from '@opora/core'

export const { specs: dutyRefusals, refuse: refuseDuty } = declareRefusals({
  'duty.answered': {
    status: 409,
    ru: 'Вызов уже принял другой сотрудник.',
    en: 'Somebody else has answered this page already.',
  },
  'duty.over': {
    status: 409,
    ru: 'Обращение закрыто: вызов больше не нужен.',
    en: 'The ticket is closed: the page is not needed any more.',
  },
})
