import { Button, Textarea } from '@mantine/core'
import {
  Card,
  confirm,
  DateText,
  DateTimeText,
  Dialog,
  EmptyState,
  FormError,
  Loaded,
  MoneyText,
  Pill,
  toast,
  useForm,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconFileTypePdf, IconFileTypeXls } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CabinetDocumentView } from '../documents.contract.ts'
import css from './cabinet-reports.module.css'
import { documentWords } from './document-words.ts'
import { documentStanding, hasSum } from './documents.ts'

const KEY = ['cabinet', 'documents']

/** Invoices and acts that were sent; an act can be accepted, or objected to line by line. */
export function CabinetDocuments({ mayDecide }: { mayDecide: boolean }) {
  const t = useWords(documentWords)
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: CabinetDocumentView[] }>('/cabinet/documents', { signal }),
  })
  return (
    <Card flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('cabinetNone')} text={t('cabinetNoneText')} />
          ) : (
            <ul className={css.reports}>
              {items.map((row) => (
                <Paper key={row.id} row={row} mayDecide={mayDecide} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

function Paper({ row, mayDecide }: { row: CabinetDocumentView; mayDecide: boolean }) {
  const t = useWords(documentWords)
  const { word, tone } = documentStanding(row)
  const waits = row.acceptance === 'waiting' && row.state === 'issued'
  return (
    <li className={css.report}>
      <div>
        <h2 className={css.month}>{t('named', { kind: t(row.kind), number: row.number })}</h2>
        <p className={css.fine}>
          <DateText date={row.date} /> · {row.contract.number}
        </p>
        <p className={css.summary}>
          {hasSum(row) && (
            <>
              <MoneyText kopecks={row.grossKopecks} exact />{' '}
            </>
          )}
          <Pill tone={tone}>{t(word as 'void')}</Pill>{' '}
          {waits && row.acceptUntil && (
            <>
              {t('until')} <DateTimeText at={row.acceptUntil} />
            </>
          )}
        </p>
        {row.objections.map((one) => (
          <p key={one.id} className={css.fine}>
            {t('objectionTo', { n: one.lineNumber, title: one.reason })}
            {one.answer && ` ${t('ourAnswer')}: ${one.answer}`}
          </p>
        ))}
      </div>
      <Acts row={row} waits={waits && mayDecide} />
    </li>
  )
}

function Acts({ row, waits }: { row: CabinetDocumentView; waits: boolean }) {
  const t = useWords(documentWords)
  const client = useQueryClient()
  const [objecting, setObjecting] = useState(false)
  const refresh = () => void client.invalidateQueries({ queryKey: KEY })
  const accept = async () => {
    const title = t('acceptTitle', { number: row.number })
    if (!(await confirm({ title, text: t('acceptText'), action: t('accept') }))) return
    try {
      await api.post(`/cabinet/documents/${row.id}/accept`)
      toast.ok(t('acceptedNow'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      refresh()
    }
  }
  // The file is opened by the browser itself; that it was looked at is said beside.
  const opened = () => void api.post(`/cabinet/documents/${row.id}/opened`).then(refresh, () => {})
  return (
    <div className={css.files}>
      {waits && <Button onClick={() => void accept()}>{t('accept')}</Button>}
      {waits && (
        <Button variant="default" onClick={() => setObjecting(true)}>
          {t('object')}
        </Button>
      )}
      <a className={css.file} href={`/api/v1/cabinet/documents/${row.id}/pdf`} download onClick={opened}>
        <IconFileTypePdf size={19} stroke={1.6} aria-hidden="true" />
        {t('pdf')}
      </a>
      <a className={css.file} href={`/api/v1/cabinet/documents/${row.id}/xlsx`} download onClick={opened}>
        <IconFileTypeXls size={19} stroke={1.6} aria-hidden="true" />
        {t('xlsx')}
      </a>
      {objecting && (
        <ObjectDialog
          row={row}
          onClose={() => {
            setObjecting(false)
            refresh()
          }}
        />
      )}
    </div>
  )
}

function ObjectDialog({ row, onClose }: { row: CabinetDocumentView; onClose: () => void }) {
  const t = useWords(documentWords)
  const [reasons, setReasons] = useState<Record<number, string>>({})
  const lines = Object.entries(reasons).flatMap(([number, reason]) =>
    reason.trim() === '' ? [] : [{ number: Number(number), reason: reason.trim() }],
  )
  const form = useForm({
    initial: {},
    submit: (_values, key) => api.post(`/cabinet/documents/${row.id}/object`, { lines }, { key }),
    onDone: () => {
      toast.ok(t('objectedNow'))
      onClose()
    },
  })
  return (
    <Dialog title={t('objectTitle')} onClose={onClose}>
      <form className={css.objections} onSubmit={form.submit}>
        <p>{t('objectHint')}</p>
        {row.lines.map((line) => (
          <Textarea
            key={line.number}
            label={line.title}
            description={<MoneyText kopecks={line.grossKopecks} exact />}
            autosize
            minRows={1}
            value={reasons[line.number] ?? ''}
            onChange={(event) => setReasons({ ...reasons, [line.number]: event.currentTarget.value })}
          />
        ))}
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={lines.length === 0}>
            {t('objectSend')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
