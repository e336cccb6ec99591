import { Card, MoneyText, useLocale, useWords } from '@opora/ui-kit'
import type { DocumentView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'

type Line = DocumentView['lines'][number]

/** What a paper is made of, with the tax of each line and the total. */
export function DocumentLines({ lines, notes }: Pick<DocumentView, 'lines' | 'notes'>) {
  const t = useWords(documentWords)
  const heads = ['line', 'quantity', 'price', 'tax', 'gross'] as const
  return (
    <Card title={t('lines')} flush>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              {heads.map((word) => (
                <th key={word} scope="col">
                  {t(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.number} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      {notes.map((note) => (
        <p key={note} className={css.none}>
          {note}
        </p>
      ))}
    </Card>
  )
}

function Row({ line }: { line: Line }) {
  const t = useWords(documentWords)
  const { locale } = useLocale()
  const unit = t(line.unit === 'month' ? 'monthUnit' : line.unit)
  return (
    <tr>
      <td>{line.title}</td>
      <td>
        {new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(line.quantityMilli / 1_000)} {unit}
      </td>
      <td>{line.priceKopecks === null ? '—' : <MoneyText kopecks={line.priceKopecks} exact />}</td>
      <td>
        {line.vatRate === null ? (
          t('noTax')
        ) : (
          <>
            {line.vatRate} %, <MoneyText kopecks={line.vatKopecks} exact />
          </>
        )}
      </td>
      <td>
        <MoneyText kopecks={line.grossKopecks} exact />
      </td>
    </tr>
  )
}
