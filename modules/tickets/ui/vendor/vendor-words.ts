import { dictionary } from '@opora/platform/i18n'

export const vendorWords = dictionary({
  title: { ru: 'Ждут вендора', en: 'Waiting for the vendor' },
  none: { ru: 'Вендора никто не ждёт', en: 'Nothing waits for the vendor' },
  noneText: {
    ru: 'Обращение появится здесь, когда вторая линия передаст его вендору.',
    en: 'A ticket appears here once the second line passes it to the vendor.',
  },
  ticket: { ru: 'Обращение', en: 'Ticket' },
  client: { ru: 'Клиент', en: 'Client' },
  number: { ru: 'Номер у вендора', en: 'Vendor’s number' },
  age: { ru: 'Всего ждём', en: 'Waiting for' },
  worked: { ru: 'Часы вендора', en: 'Vendor’s hours' },
  expected: { ru: 'Ответ до', en: 'Answer by' },
  owner: { ru: 'Исполнитель', en: 'Assignee' },
  nobody: { ru: 'не назначен', en: 'nobody' },
  late: { ru: 'опаздывает', en: 'late' },
})
