import { dictionary } from '@opora/platform/i18n'

/** Changes as the client sees them. */
export const cabinetChangeWords = dictionary({
  title: { ru: 'Установка изменения', en: 'Installation of the change' },
  state_preparing: { ru: 'Готовим', en: 'In preparation' },
  state_deciding: { ru: 'Решается', en: 'Being decided' },
  state_approved: { ru: 'Одобрено', en: 'Approved' },
  state_rejected: { ru: 'Отклонено', en: 'Rejected' },
  state_planned: { ru: 'Назначено', en: 'Planned' },
  state_installing: { ru: 'Устанавливаем', en: 'Being installed' },
  state_installed: { ru: 'Установлено', en: 'Installed' },
  state_rolled_back: { ru: 'Вернули как было', en: 'Put back as it was' },
  askTitle: { ru: 'Подходит ли время установки?', en: 'Does the time of installation suit you?' },
  askText: {
    ru: 'В это время работа портала может прерываться.',
    en: 'The portal may be interrupted meanwhile.',
  },
  waitsForYours: {
    ru: 'Ответить может ответственный за договор или администратор портала.',
    en: 'The responsible contact or the portal’s administrator may answer.',
  },
  agree: { ru: 'Подходит', en: 'It suits us' },
  decline: { ru: 'Не подходит', en: 'It does not' },
  why: { ru: 'Какое время подошло бы', en: 'Which time would suit' },
  agreed: { ru: 'Время согласовано', en: 'The time is agreed' },
  declined: { ru: 'Передали: предложим другое время', en: 'Passed on: we will propose another time' },
  agreedBy: { ru: 'согласовано: {name}', en: 'agreed: {name}' },
})
