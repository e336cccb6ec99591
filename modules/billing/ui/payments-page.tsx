import { Button, NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { type Column, DataTable, DateText, EmptyState, MoneyText, Page, Pill, useSearch, useWords } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconCash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PaymentView } from '../documents.contract.ts'
import { AdvanceDialog } from './advance-dialog.tsx'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { AssignDialog, ImportDialog } from './payment-dialogs.tsx'

/** What came in by the bank, and what of it is not assigned yet. */
export function PaymentsPage() {
  const t = useWords(documentWords)
  const can = useCan()
  const [search, setSearch] = useSearch()
  const [dialog, setDialog] = useState<PaymentView | 'import' | null>(null)
  const open = search['open'] ?? ''
  useLiveRefresh(['payment'], [['payments']])
  const list = useInfiniteQuery({
    queryKey: ['payments', { open }],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: PaymentView[]; nextCursor: string | null }>('/payments', {
        query: { open: open || undefined, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const importing = can('payment.change') && <Button onClick={() => setDialog('import')}>{t('importStatement')}</Button>
  return (
    <Page
      title={t('payments')}
      body="plain"
      crumbs={[{ to: '/desk/documents', label: t('documents') }]}
      actions={importing}
      tools={
        <NativeSelect
          size="xs"
          aria-label={t('state')}
          data={[
            { value: '', label: t('allPayments') },
            { value: 'true', label: t('openPayments') },
          ]}
          value={open}
          onChange={(event) => setSearch({ open: event.currentTarget.value || null })}
        />
      }
    >
      <DataTable
        label={t('payments')}
        columns={useColumns(setDialog)}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        card={(row) => <PaymentCard row={row} onAssign={setDialog} />}
        empty={
          <EmptyState
            icon={<IconCash size={24} stroke={1.6} />}
            title={t('noPayments')}
            text={t('noPaymentsText')}
            action={importing || undefined}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      {dialog === 'import' && <ImportDialog onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'import' && <AssignDialog payment={dialog} onClose={() => setDialog(null)} />}
    </Page>
  )
}

function useColumns(onAssign: (row: PaymentView) => void): Column<PaymentView>[] {
  const t = useWords(documentWords)
  return [
    {
      id: 'at',
      head: t('receivedOn'),
      width: '130px',
      cell: (row) => <DateText date={row.receivedOn} month="short" />,
    },
    { id: 'payer', head: t('payer'), width: '220px', cell: (row) => row.client?.name ?? row.payer.name },
    { id: 'purpose', head: t('purpose'), wideOnly: true, cell: (row) => row.purpose },
    {
      id: 'sum',
      head: t('sum'),
      width: '140px',
      align: 'end',
      cell: (row) => <MoneyText kopecks={row.amountKopecks} exact />,
    },
    { id: 'state', head: '', width: '230px', cell: (row) => <Assigned row={row} onAssign={onAssign} /> },
  ]
}

function Assigned({ row, onAssign }: { row: PaymentView; onAssign: (row: PaymentView) => void }) {
  const t = useWords(documentWords)
  const can = useCan()
  const numbers = row.parts.map((part) => t('named', { kind: t('invoice'), number: part.number })).join(', ')
  if (row.restKopecks === 0) return <Settled row={row} numbers={numbers} />
  if (!can('payment.change')) return <Pill tone="warn">{t('rest')}</Pill>
  return (
    <Button size="compact-sm" variant="default" onClick={() => onAssign(row)}>
      {t('assign')}
    </Button>
  )
}

/** An assigned payment, and the paper that was issued on it as an advance. */
function Settled({ row, numbers }: { row: PaymentView; numbers: string }) {
  const t = useWords(documentWords)
  const can = useCan()
  const [open, setOpen] = useState(false)
  const named = row.advance ? t('advanceNamed', { number: row.advance.number }) : t('advance')
  return (
    <>
      <Pill tone="ok">{numbers}</Pill>
      {can('payment.change') ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
          {named}
        </Button>
      ) : (
        row.advance && <span className={css.quiet}>{named}</span>
      )}
      {open && <AdvanceDialog payment={row} onClose={() => setOpen(false)} />}
    </>
  )
}

function PaymentCard({ row, onAssign }: { row: PaymentView; onAssign: (row: PaymentView) => void }) {
  return (
    <div className={css.card}>
      <strong>
        <MoneyText kopecks={row.amountKopecks} exact />
      </strong>
      <span>{row.client?.name ?? row.payer.name}</span>
      <span className={css.quiet}>{row.purpose}</span>
      <Assigned row={row} onAssign={onAssign} />
    </div>
  )
}
