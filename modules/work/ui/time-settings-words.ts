import { dictionary } from '@opora/platform/i18n'

export const timeSettingsWords = dictionary({
  title: { ru: 'Настройки учёта времени', en: 'Time settings' },
  idle: { ru: 'Спрашивать о простое при идущем таймере', en: 'Ask about a silence while the timer runs' },
  idleHint: {
    ru: 'Если вас не видно дольше, вернувшись, вы решите, что делать с этим временем.',
    en: 'When nothing is heard of you for longer, you say on your return what becomes of that time.',
  },
  never: { ru: 'Не спрашивать', en: 'Never' },
  after: { ru: 'после {n} мин', en: 'after {n} min' },
  saved: { ru: 'Сохранено', en: 'Saved' },
  approval: { ru: 'Чьё время утверждают', en: 'Whose time is approved' },
  approvalHint: {
    ru: 'Пока оно не утверждено, месяц договора не закрыть. Остальное время утверждать можно, но не обязательно.',
    en: 'Until it is approved the contract’s month cannot be closed. Other time may be approved, but need not be.',
  },
  noRules: { ru: 'Утверждать время не требуется ни у кого.', en: 'Nobody’s time has to be approved.' },
  addContract: { ru: 'Добавить договор', en: 'Add a contract' },
  addPerson: { ru: 'Добавить сотрудника', en: 'Add a person' },
  drop: { ru: 'Не утверждать: {name}', en: 'Waive approval: {name}' },
  unapprove: { ru: 'Снять утверждение', en: 'Take the approval back' },
  unapproveText: {
    ru: 'Автор снова сможет изменить запись. До нового утверждения месяц может не закрыться.',
    en: 'The author may change the entry again. Until it is approved anew the month may not close.',
  },
  reason: { ru: 'Причина', en: 'Reason' },
  unapproved: { ru: 'Утверждение снято', en: 'The approval is taken back' },
})
