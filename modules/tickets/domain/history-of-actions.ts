import type { Locale } from '@opora/core'

type Sentence = (data: Record<string, unknown>) => string

const word = (value: unknown) => (value === null || value === undefined || value === '' ? '—' : String(value))

/** What processes and rules have done to a ticket by themselves. */
export const ACTION_SENTENCES: Readonly<Record<string, Record<Locale, Sentence>>> = {
  given_to_role: {
    ru: (d) => `В очередь роли ${word(d['role'])}`,
    en: (d) => `Into the queue of the role ${word(d['role'])}`,
  },
  nobody_on_shift: {
    ru: (d) => `На смене никого нет, обращение остаётся у роли ${word(d['role'])}`,
    en: (d) => `Nobody is on shift, the ticket stays with the role ${word(d['role'])}`,
  },
  sent_automatically: { ru: () => 'Отправлено автоматически', en: () => 'Sent automatically' },
  estimate_requested: {
    ru: (d) => `Нужна оценка работ, роль ${word(d['role'])}`,
    en: (d) => `An estimate is asked of the role ${word(d['role'])}`,
  },
  webhook_asked: { ru: (d) => `Вебхук «${word(d['name'])}»`, en: (d) => `Webhook "${word(d['name'])}"` },
  children_awaited: {
    ru: (d) => `Ждёт закрытия дочерних: ${word(d['numbers'])}`,
    en: (d) => `Waits until its children are closed: ${word(d['numbers'])}`,
  },
  children_closed: { ru: () => 'Дочерние обращения закрыты', en: () => 'The child tickets are closed' },
  action_refused: {
    ru: (d) => `Действие «${word(d['actionRu'])}» не выполнено: ${word(d['reasonRu'])}`,
    en: (d) => `The action "${word(d['actionEn'])}" was not done: ${word(d['reasonEn'])}`,
  },
}
