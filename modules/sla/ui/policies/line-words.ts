import { minutesInWords } from '@opora/core'
import { useLocale, useWords } from '@opora/ui-kit'
import type { Binding, Column, Line, RowNames, Target } from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'

const KINDS = ['accident', 'incident', 'change', 'service_request', 'consultation'] as const
const CLASSES = ['active_licence', 'restricted_licence', 'prospect', 'partner', 'enterprise_or_web_cluster'] as const
export const BOUND = ['client', 'portal', 'portalType', 'topic', 'kind', 'licenceClass'] as const

/** What the lines and cells of the matrix are called in the reader's language. */
export function useLineWords() {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const valueName = (name: string, value: string) => {
    const kind = KINDS.find((one) => name === 'kind' && one === value)
    if (kind) return t(`kind_${kind}`)
    const licence = CLASSES.find((one) => name === 'licenceClass' && one === value)
    return licence ? t(`class_${licence}`) : value
  }
  const lineName = (when: Binding): string => {
    const parts = BOUND.flatMap((name) => {
      const bound = when[name]
      if (bound === undefined) return []
      return [
        `${t(`bind_${name}`)}: ${[bound]
          .flat()
          .map((value) => valueName(name, String(value)))
          .join(', ')}`,
      ]
    })
    return parts.length === 0 ? t('allRequests') : parts.join(' · ')
  }
  const columnName = (column: Column) => (column === 'any' ? t('anyPriority') : t('priorityN', { n: column }))
  return {
    lineName,
    columnName,
    kinds: KINDS.map((value) => ({ value, label: t(`kind_${value}`) })),
    classes: CLASSES.map((value) => ({ value, label: t(`class_${value}`) })),
    cellName: (line: Line, column: Column) =>
      column === 'any'
        ? t('anyPriorityOf', { line: lineName(line.when) })
        : t('priorityOf', { line: lineName(line.when), n: column }),
    target: (target: Target) =>
      target.unit === 'working_days' ? t('workingDays', { n: target.amount }) : minutesInWords(target.amount, locale),
  }
}

/** Names of a new row in both languages, from what it binds. */
export function namesFor(line: { rows: readonly RowNames[] }, column: Column): RowNames {
  const base = line.rows[0]
  const ru = base && !/^Приоритет \d/.test(base.name) ? `${base.name}, ` : ''
  const en = base && !/^Priority \d/.test(base.nameEn) ? `${base.nameEn}, ` : ''
  return column === 'any'
    ? { name: `${ru}прочие приоритеты`, nameEn: `${en}other priorities` }
    : { name: `${ru}приоритет ${column}`, nameEn: `${en}priority ${column}` }
}
