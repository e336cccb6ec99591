import { dictionary } from '@opora/platform/i18n'

export const instructionWords = dictionary({
  title: { ru: 'Рабочие инструкции', en: 'Work instructions' },
  role: { ru: 'Роль', en: 'Role' },
  all: { ru: 'Все роли', en: 'Every role' },
  print: { ru: 'Напечатать', en: 'Print' },
  none: { ru: 'Инструкций нет', en: 'No instructions' },
})
