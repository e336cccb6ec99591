import { DateText, Pill, useWords } from '@opora/ui-kit'
import type { DocumentRowView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { documentStanding } from './documents.ts'

export function DocumentName({
  row,
  dated = false,
}: {
  row: Pick<DocumentRowView, 'kind' | 'number' | 'date'>
  dated?: boolean
}) {
  const t = useWords(documentWords)
  return (
    <span>
      {t('named', { kind: t(row.kind), number: row.number })}
      {dated && (
        <span className={css.quiet}>
          {' '}
          <DateText date={row.date} />
        </span>
      )}
    </span>
  )
}

export function DocumentState({ row }: { row: DocumentRowView }) {
  const t = useWords(documentWords)
  const { word, tone } = documentStanding(row)
  return <Pill tone={tone}>{t(word as 'void')}</Pill>
}
