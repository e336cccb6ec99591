import { dictionary } from '@opora/platform/i18n'

/** Hours of a contract, as the provider's people read them. */
export const balanceWords = dictionary({
  whyBalance: { ru: 'Из чего сложился остаток', en: 'What the balance is made of' },
  left: { ru: 'Остаток', en: 'Left' },
  earlier: { ru: 'Было раньше', en: 'Before that' },
  over: { ru: 'Сверх пакета в этом месяце: {minutes}', en: 'Beyond the package this month: {minutes}' },
  until: { ru: 'до {at}', en: 'until {at}' },
  entry_grant: { ru: 'Начислено', en: 'Granted' },
  entry_draw: { ru: 'Списано', en: 'Drawn' },
  entry_expire: { ru: 'Сгорело', en: 'Expired' },
  entry_carry: { ru: 'Перенесено', en: 'Carried over' },
  entry_reverse: { ru: 'Сторно', en: 'Reversed' },
  entry_transfer: { ru: 'Перевод', en: 'Transferred' },
  entry_adjust: { ru: 'Поправка', en: 'Adjusted' },
  entry_charge: { ru: 'Сверх пакета', en: 'Charged' },
  noEntries: { ru: 'Движений пока нет', en: 'No entries yet' },
})
