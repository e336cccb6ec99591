import { Button, Textarea } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  Card,
  confirm,
  DateTimeText,
  Dialog,
  Facts,
  FormError,
  Link,
  Loaded,
  MoneyText,
  monthName,
  Page,
  toast,
  useForm,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { DocumentView } from '../documents.contract.ts'
import { AmendDialog, CorrectDialog } from './correction-dialogs.tsx'
import css from './desk-months.module.css'
import { DocumentHistory } from './document-history.tsx'
import { DocumentLines } from './document-lines.tsx'
import { DocumentState } from './document-marks.tsx'
import { DocumentObjections } from './document-objections.tsx'
import { documentWords } from './document-words.ts'
import { useDocument, useRefreshDocuments } from './documents.ts'

/** One closing document: who owes what for what, where it stands, and its files. */
export function DocumentPage() {
  const t = useWords(documentWords)
  const { params } = useRoute()
  const query = useDocument(Number(params['id']))
  const { data } = query
  const title = data ? t('named', { kind: t(data.kind), number: data.number }) : t('document')
  return (
    <Page
      title={title}
      crumbs={[{ to: '/desk/documents', label: t('documents') }]}
      actions={data && <DocumentState row={data} />}
    >
      <Loaded query={query}>
        {(view) => (
          <div className={css.stack}>
            <FactsCard view={view} />
            {view.objections.length > 0 && <DocumentObjections view={view} />}
            {view.lines.length > 0 && <DocumentLines lines={view.lines} notes={view.notes} />}
            <DocumentHistory view={view} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function FactsCard({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  const { locale } = useLocale()
  const at = (value: string | null) => value && <DateTimeText at={value} />
  return (
    <Card title={view.client.name}>
      <div className={css.form}>
        <div className={css.halves}>
          <Facts
            rows={[
              [t('seller'), view.seller],
              [
                t('contract'),
                <Link key="contract" to={`/desk/contracts/${view.contract.id}`}>
                  {view.contract.number}
                </Link>,
              ],
              [
                t('month'),
                view.month && (
                  <Link key="month" to={`/desk/months/${view.month}/${view.contract.id}`}>
                    {monthName(view.month, locale)}
                  </Link>
                ),
              ],
              [
                t(view.kind === 'correction' ? 'decrease' : 'sum'),
                view.lines.length > 0 && <MoneyText key="sum" kopecks={view.grossKopecks} exact />,
              ],
              [t('vat'), view.vatKopecks > 0 && <MoneyText key="vat" kopecks={view.vatKopecks} exact />],
            ]}
          />
          <Facts
            rows={[
              [t('paidSum'), view.payment && <MoneyText key="paid" kopecks={view.paidKopecks} exact />],
              [
                t('loweredSum'),
                view.loweredKopecks > 0 && <MoneyText key="lowered" kopecks={view.loweredKopecks} exact />,
              ],
              [t('related'), view.related.length > 0 && <Related key="related" view={view} />],
              [t('sentAt'), at(view.sentAt)],
              [t('openedAt'), at(view.openedAt)],
              [t('acceptUntil'), view.acceptance === 'waiting' && at(view.acceptUntil)],
              [t('decided'), view.decidedAt && [view.decidedBy, ' ', at(view.decidedAt)]],
              [t('reason'), view.voidReason],
            ]}
          />
        </div>
        <Acts view={view} />
      </div>
    </Card>
  )
}

/** What it corrects or stands for, and what corrects it. */
function Related({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  return view.related.map((one) => (
    <div key={one.id}>
      <Link to={`/desk/documents/${one.id}`}>{t('named', { kind: t(one.kind), number: one.number })}</Link>
      {one.state === 'void' && `, ${t('void').toLowerCase()}`}
    </div>
  ))
}

function Acts({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  const can = useCan()
  const [open, setOpen] = useState<'void' | 'correct' | 'amend' | null>(null)
  const close = () => setOpen(null)
  const mayMend = can('document.issue') && view.state === 'issued' && view.sentAt !== null
  const hasXml = view.kind === 'act' || view.kind === 'upd' || view.kind === 'factura'
  const mayVoid =
    can('document.issue') &&
    view.state === 'issued' &&
    view.paidKopecks === 0 &&
    !view.acceptance.startsWith('accepted')
  return (
    <div className={css.acts}>
      <a className={css.file} href={`/api/v1/documents/${view.id}/pdf`} download>
        {t('pdf')}
      </a>
      <a className={css.file} href={`/api/v1/documents/${view.id}/xlsx`} download>
        {t('xlsx')}
      </a>
      {hasXml && (
        <a className={css.file} href={`/api/v1/documents/${view.id}/xml`} download>
          {t('xml')}
        </a>
      )}
      {can('document.issue') && view.state === 'issued' && view.sentAt === null && <SendOne view={view} />}
      {mayVoid && (
        <Button variant="default" onClick={() => setOpen('void')}>
          {t('makeVoid')}
        </Button>
      )}
      {mayMend && (view.kind === 'act' || view.kind === 'upd') && (
        <Button variant="default" onClick={() => setOpen('correct')}>
          {t('correct')}
        </Button>
      )}
      {mayMend && (view.kind === 'factura' || view.kind === 'upd') && (
        <Button variant="default" onClick={() => setOpen('amend')}>
          {t('amend')}
        </Button>
      )}
      {open === 'void' && <VoidDialog view={view} onClose={close} />}
      {open === 'correct' && <CorrectDialog view={view} onClose={close} />}
      {open === 'amend' && <AmendDialog view={view} onClose={close} />}
    </div>
  )
}

/** A reconciliation, or what was issued anew, goes by itself. */
function SendOne({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (!(await confirm({ title: t('sendOneTitle'), text: t('sendOneText'), action: t('send') }))) return
    setBusy(true)
    try {
      await api.post(`/documents/${view.id}/send`)
      toast.ok(t('sentOne'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
      refresh()
    }
  }
  return (
    <Button loading={busy} onClick={() => void send()}>
      {t('send')}
    </Button>
  )
}

function VoidDialog({ view, onClose }: { view: DocumentView; onClose: () => void }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  const form = useForm({
    initial: { reason: '' },
    submit: (body, key) => api.post(`/documents/${view.id}/void`, body, { key }),
    onDone: () => {
      toast.ok(t('voided'))
      refresh()
      onClose()
    },
  })
  return (
    <Dialog title={`${t('makeVoid')}: ${view.number}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <p>{t('voidText')}</p>
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" color="red" loading={form.busy} disabled={form.values.reason.trim() === ''}>
            {t('makeVoid')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
