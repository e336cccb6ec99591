import { Button, NativeSelect } from '@mantine/core'
import { Dialog, FormError, Loaded, MoneyInput, MoneyText, PickFile, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentRowView, ImportResult, LegalEntityView, PaymentView } from '../documents.contract.ts'
import { base64Of } from './base64.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { useRefreshDocuments } from './documents.ts'

/** A file of a bank, for one legal entity. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(documentWords)
  const entities = useQuery({
    queryKey: ['legal-entities'],
    queryFn: ({ signal }) => api.get<{ items: LegalEntityView[] }>('/legal-entities', { signal }),
  })
  return (
    <Dialog title={t('importStatement')} onClose={onClose}>
      <Loaded query={entities}>
        {({ items }) => <ImportForm entities={items.filter((one) => !one.archived)} onClose={onClose} />}
      </Loaded>
    </Dialog>
  )
}

function ImportForm({ entities, onClose }: { entities: LegalEntityView[]; onClose: () => void }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  const [file, setFile] = useState<File | null>(null)
  const form = useForm({
    initial: { legalEntityId: String(entities[0]?.id ?? '') },
    submit: async ({ legalEntityId }, key) =>
      api.post<ImportResult>(
        '/bank-statements',
        { legalEntityId: Number(legalEntityId), filename: file?.name, content: await base64Of(file!) },
        { key },
      ),
    onDone: ({ taken, matched, unmatched, known }) => {
      toast.ok(t('imported', { taken, matched, unmatched, known }))
      refresh()
      onClose()
    },
  })
  return (
    <form className={css.form} onSubmit={form.submit}>
      <p className={css.quiet}>{t('importHint')}</p>
      <NativeSelect
        label={t('entity')}
        data={entities.map((one) => ({ value: String(one.id), label: one.name }))}
        value={form.values.legalEntityId}
        onChange={(event) => form.set('legalEntityId', event.currentTarget.value)}
      />
      <PickFile label={t('file')} accept=".txt,text/plain" name={file?.name} onFile={setFile} />
      <FormError error={form.failure} />
      <div>
        <Button type="submit" loading={form.busy} disabled={file === null || form.values.legalEntityId === ''}>
          {t('importStatement')}
        </Button>
      </div>
    </form>
  )
}

/** What a payment is for, where that was not certain. */
export function AssignDialog({ payment, onClose }: { payment: PaymentView; onClose: () => void }) {
  const t = useWords(documentWords)
  const invoices = useQuery({
    queryKey: ['documents', 'unpaid', payment.client?.id ?? null],
    queryFn: ({ signal }) =>
      api.get<{ items: DocumentRowView[] }>('/documents', {
        query: { open: 'unpaid', clientId: payment.client?.id, limit: 200 },
        signal,
      }),
  })
  return (
    <Dialog title={t('assign')} onClose={onClose}>
      <p className={css.quiet}>
        {payment.payer.name}: {payment.purpose}
      </p>
      <p>
        {t('rest')}: <MoneyText kopecks={payment.restKopecks} exact />
      </p>
      <Loaded query={invoices}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noInvoices')}</p>
          ) : (
            <AssignForm payment={payment} invoices={items} onClose={onClose} />
          )
        }
      </Loaded>
    </Dialog>
  )
}

function AssignForm({
  payment,
  invoices,
  onClose,
}: {
  payment: PaymentView
  invoices: DocumentRowView[]
  onClose: () => void
}) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  const form = useForm({
    initial: { documentId: String(invoices[0]?.id ?? ''), kopecks: payment.restKopecks as number | null },
    submit: ({ documentId, kopecks }, key) =>
      api.post(`/payments/${payment.id}/parts`, { documentId: Number(documentId), kopecks }, { key }),
    onDone: () => {
      toast.ok(t('assigned'))
      refresh()
      onClose()
    },
  })
  return (
    <form className={css.form} onSubmit={form.submit}>
      <NativeSelect
        label={t('assignTo')}
        data={invoices.map((row) => ({
          value: String(row.id),
          label: `${t('named', { kind: t('invoice'), number: row.number })}, ${row.client.name}`,
        }))}
        value={form.values.documentId}
        onChange={(event) => form.set('documentId', event.currentTarget.value)}
      />
      <MoneyInput label={t('sum')} value={form.values.kopecks} onChange={(kopecks) => form.set('kopecks', kopecks)} />
      <FormError error={form.failure} />
      <div>
        <Button type="submit" loading={form.busy}>
          {t('assign')}
        </Button>
      </div>
    </form>
  )
}
