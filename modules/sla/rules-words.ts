import type { Locale } from '@opora/core'
import { dictionary, type Say, speak } from '@opora/platform/i18n'
import type { SlaTarget } from './domain/policy.ts'
import type { PolicyDifference } from './domain/policy-difference.ts'
import { targetInWords, wordFor } from './sla-words.ts'

/** What a version of a policy says otherwise than another, a sentence each. */
const words = dictionary({
  row_added: { ru: 'Новая строка «{row}»: {targets}', en: 'New row “{row}”: {targets}' },
  row_removed: { ru: 'Убрана строка «{row}»', en: 'Row “{row}” is gone' },
  target: { ru: '«{row}», {metric}: {before} → {after}', en: '“{row}”, {metric}: {before} → {after}' },
  row_hours: { ru: '«{row}», часы: {before} → {after}', en: '“{row}”, hours: {before} → {after}' },
  contract_hours: { ru: 'по договору', en: 'as the contract says' },
  agreed_on: { ru: '«{row}»: стороны могут согласовать другой срок', en: '“{row}”: another term may be agreed' },
  agreed_off: { ru: '«{row}»: другой срок согласовать нельзя', en: '“{row}”: no other term may be agreed' },
  pause_on: { ru: 'Ожидание {whom} теперь останавливает срок', en: 'Waiting for {whom} now stops the clock' },
  pause_off: { ru: 'Ожидание {whom} больше не останавливает срок', en: 'Waiting for {whom} no longer stops the clock' },
  lowering: {
    ru: 'Решено понижением: с приоритетов {from} до {to}',
    en: 'Resolved by lowering: from priorities {from} to {to}',
  },
  warnings: { ru: 'Предупреждения: {list} % срока', en: 'Warnings: at {list} % of the time' },
  warnings_none: { ru: 'Предупреждений больше нет', en: 'No warnings any more' },
  ladder: {
    ru: { one: 'Эскалация: {n} шаг', few: 'Эскалация: {n} шага', many: 'Эскалация: {n} шагов' },
    en: { one: 'Escalation: {n} step', other: 'Escalation: {n} steps' },
  },
  nothing: { ru: 'не обещано', en: 'not promised' },
})

export function differenceInWords(difference: PolicyDifference, locale: Locale): string {
  const say: Say<typeof words> = speak(words, locale)
  const name = (row: { name: string; nameEn: string }) => (locale === 'ru' ? row.name : row.nameEn)
  const target = (one: SlaTarget | null) => (one ? targetInWords(one, locale) : say('nothing'))
  switch (difference.kind) {
    case 'row_added': {
      const { reaction, nextAnswer, resolution } = difference.row.targets
      const told = [reaction, nextAnswer, resolution].flatMap((one) => (one ? [target(one)] : []))
      return say('row_added', { row: name(difference.row), targets: told.join(', ') || say('nothing') })
    }
    case 'row_removed':
      return say('row_removed', { row: name(difference.row) })
    case 'target': {
      const { row, metric, before, after } = difference
      const metricName = wordFor(metric, locale).toLocaleLowerCase(locale)
      return say('target', { row: name(row), metric: metricName, before: target(before), after: target(after) })
    }
    case 'row_hours': {
      const hours = (one: string | null) => one ?? say('contract_hours')
      const { row, before, after } = difference
      return say('row_hours', { row: name(row), before: hours(before), after: hours(after) })
    }
    case 'agreed_term':
      return say(difference.allowed ? 'agreed_on' : 'agreed_off', { row: name(difference.row) })
    case 'lowering':
      return say('lowering', { from: difference.from.join(', '), to: difference.to.join(', ') })
    case 'warnings':
      if (difference.percents.length === 0) return say('warnings_none')
      return say('warnings', { list: difference.percents.join(', ') })
    case 'ladder':
      return say('ladder', { n: difference.steps })
    default: {
      const reason = difference.reason === 'agreed_date' ? 'date' : difference.reason
      return say(difference.kind, { whom: wordFor(reason, locale) })
    }
  }
}
