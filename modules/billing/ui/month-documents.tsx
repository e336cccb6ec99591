import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, confirm, Link, Loaded, MoneyText, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { PeriodDetail } from '../contract.ts'
import type { DocumentRowView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { periodPath } from './desk-months.ts'
import { DocumentName, DocumentState } from './document-marks.tsx'
import { documentWords } from './document-words.ts'
import { hasSum, useMonthDocuments, useRefreshDocuments } from './documents.ts'

/** Papers of a contract's month: issued once it is closed, then sent. */
export function MonthDocuments({ view }: { view: PeriodDetail }) {
  const t = useWords(documentWords)
  const query = useMonthDocuments(view.contract.id, view.month)
  return (
    <Card title={t('documents')} flush>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <ul className={css.papers}>
                {items.map((row) => (
                  <Paper key={row.id} row={row} />
                ))}
              </ul>
            )}
            {view.state === 'open' ? (
              <p className={css.none}>{t('issueAfter')}</p>
            ) : (
              <Acts view={view} items={items.filter((row) => row.state === 'issued')} />
            )}
          </>
        )}
      </Loaded>
    </Card>
  )
}

function Paper({ row }: { row: DocumentRowView }) {
  const t = useWords(documentWords)
  return (
    <li className={css.paper}>
      <Link to={`/desk/documents/${row.id}`}>
        <DocumentName row={row} />
      </Link>
      <DocumentState row={row} />
      {hasSum(row) ? <MoneyText kopecks={row.grossKopecks} exact /> : <span />}
      <span className={css.acts}>
        <a href={`/api/v1/documents/${row.id}/pdf`} download>
          {t('pdf')}
        </a>
        <a href={`/api/v1/documents/${row.id}/xlsx`} download>
          {t('xlsx')}
        </a>
      </span>
    </li>
  )
}

function Acts({ view, items }: { view: PeriodDetail; items: DocumentRowView[] }) {
  const t = useWords(documentWords)
  const can = useCan()
  const refresh = useRefreshDocuments()
  const [busy, setBusy] = useState(false)
  const path = `${periodPath(view.contract.id, view.month)}/documents`
  const run = async (where: string, done: string) => {
    setBusy(true)
    try {
      await api.post(where)
      toast.ok(done)
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
      refresh()
    }
  }
  const send = async () => {
    if (await confirm({ title: t('sendTitle'), text: t('sendText'), action: t('send') }))
      await run(`${path}/send`, t('sent'))
  }
  if (!can('document.issue')) return items.length === 0 ? <p className={css.none}>{t('none')}</p> : null
  return (
    <div className={css.cardFoot}>
      {items.length === 0 && (
        <>
          <p className={css.quiet}>{t('issueText')}</p>
          <Button loading={busy} onClick={() => void run(path, t('issued'))}>
            {t('issue')}
          </Button>
        </>
      )}
      {items.some((row) => row.sentAt === null) && (
        <Button loading={busy} onClick={() => void send()}>
          {t('send')}
        </Button>
      )}
    </div>
  )
}
