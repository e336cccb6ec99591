import type { Locale } from '@opora/core'
import { dictionary, type Say, speak } from '@opora/platform/i18n'
import type { KeptStep } from './sla.read-model.ts'

/** What the steps of a ladder did, a sentence each. */
const words = dictionary({
  warn: { ru: '{n} % срока', en: '{n} % of the time' },
  breach: { ru: 'Срок нарушен', en: 'Breach' },
  notify: { ru: '{when}: сообщено {whom}', en: '{when}: told {whom}' },
  page: { ru: '{when}: вызов {whom}', en: '{when}: paged {whom}' },
  reassign: { ru: '{when}: обращение передано, исполнитель — {name}', en: '{when}: the ticket went to {name}' },
  reassignNobody: { ru: '{when}: передать обращение некому', en: '{when}: there was nobody to give the ticket to' },
  raise: { ru: '{when}: приоритет поднят до {n}', en: '{when}: the priority was raised to {n}' },
  assignee: { ru: 'исполнителю', en: 'the assignee' },
  account_manager: { ru: 'менеджеру клиента', en: 'the account manager' },
  l1: { ru: 'первой линии', en: 'the first line' },
  im: { ru: 'диспетчеру инцидентов', en: 'the incident manager' },
  it: { ru: 'второй линии', en: 'the second line' },
  dev: { ru: 'разработчикам', en: 'the developers' },
  di: { ru: 'директору', en: 'the director' },
})

export function stepInWords(step: KeptStep, locale: Locale): string {
  const say: Say<typeof words> = speak(words, locale)
  const when = step.kind === 'breach' ? say('breach') : say('warn', { n: step.kind.slice('warn'.length) })
  const whom = step.person ? say(step.person) : ''
  if (step.act === 'raise') return say('raise', { when, n: step.priority ?? 1 })
  if (step.act !== 'reassign') return say(step.act, { when, whom })
  return step.account === null ? say('reassignNobody', { when }) : say('reassign', { when, name: step.account })
}
