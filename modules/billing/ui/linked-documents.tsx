import { DateText, MoneyText, Pill, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconFileTypePdf, IconFileTypeXls } from '@tabler/icons-react'
import type { LinkedDocumentsView, LinkedDocumentView } from '../documents.contract.ts'
import css from './cabinet-reports.module.css'
import { documentWords } from './document-words.ts'
import { hasSum } from './documents.ts'

/** Papers that a letter brought, to read without signing in. That one was opened is said by a press, because scanners follow links. */
export function LinkedDocuments({ token, view }: { token: string; view: LinkedDocumentsView }) {
  return (
    <ul className={css.reports}>
      {view.items.map((row) => (
        <LinkedPaper key={row.id} path={`/links/document.view/${encodeURIComponent(token)}/${row.id}`} row={row} />
      ))}
    </ul>
  )
}

function LinkedPaper({ path, row }: { path: string; row: LinkedDocumentView }) {
  const t = useWords(documentWords)
  const opened = () => void api.post(`${path}/opened`, {}, { anonymous: true }).catch(() => {})
  return (
    <li className={css.report}>
      <div>
        <h2 className={css.month}>{t('named', { kind: t(row.kind), number: row.number })}</h2>
        <p className={css.fine}>
          <DateText date={row.date} /> · {row.contract.number}
        </p>
        <p className={css.summary}>
          {hasSum(row) && <MoneyText kopecks={row.grossKopecks} exact />}{' '}
          {row.state === 'void' ? (
            <Pill>{t('void')}</Pill>
          ) : (
            row.payment && <Pill tone={row.payment === 'paid' ? 'ok' : 'warn'}>{t(row.payment)}</Pill>
          )}
        </p>
      </div>
      <div className={css.files}>
        <a className={css.file} href={`/api/v1${path}/pdf`} download onClick={opened}>
          <IconFileTypePdf size={19} stroke={1.6} aria-hidden="true" />
          {t('pdf')}
        </a>
        <a className={css.file} href={`/api/v1${path}/xlsx`} download onClick={opened}>
          <IconFileTypeXls size={19} stroke={1.6} aria-hidden="true" />
          {t('xlsx')}
        </a>
      </div>
    </li>
  )
}
