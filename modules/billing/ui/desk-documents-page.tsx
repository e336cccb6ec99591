import { NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { type Column, DataTable, DateText, EmptyState, Link, MoneyText, Page, useSearch, useWords } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconFileInvoice } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { DocumentRowView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { DocumentName, DocumentState } from './document-marks.tsx'
import { documentWords } from './document-words.ts'
import { documentKeys, hasSum } from './documents.ts'

const KINDS = ['invoice', 'act', 'upd', 'factura', 'hours', 'reconciliation', 'correction'] as const
const OPEN = [
  ['unpaid', 'filterUnpaid'],
  ['unsent', 'filterUnsent'],
  ['waiting', 'filterWaiting'],
  ['objected', 'filterObjected'],
] as const

/** Closing documents of all clients, the newest first; the filters name what waits for somebody. */
export function DocumentsPage() {
  const t = useWords(documentWords)
  const can = useCan()
  const [search, setSearch] = useSearch()
  const { open, kind } = search
  useLiveRefresh(['period', 'payment'], [documentKeys.all])
  const list = useInfiniteQuery({
    queryKey: [...documentKeys.all, 'list', { open, kind }],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: DocumentRowView[]; nextCursor: string | null }>('/documents', {
        query: { open, kind, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const columns = useColumns()
  return (
    <Page
      title={t('documents')}
      body="plain"
      actions={can('payment.read') && <Link to="/desk/documents/payments">{t('payments')}</Link>}
      tools={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('state')}
            data={[{ value: '', label: t('all') }, ...OPEN.map(([value, word]) => ({ value, label: t(word) }))]}
            value={open ?? ''}
            onChange={(event) => setSearch({ open: event.currentTarget.value || null })}
          />
          <NativeSelect
            size="xs"
            aria-label={t('document')}
            data={[{ value: '', label: t('anyKind') }, ...KINDS.map((value) => ({ value, label: t(value) }))]}
            value={kind ?? ''}
            onChange={(event) => setSearch({ kind: event.currentTarget.value || null })}
          />
        </>
      }
    >
      <DataTable
        label={t('documents')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/documents/${row.id}`}
        card={(row) => <DocumentCard row={row} />}
        empty={<EmptyState icon={<IconFileInvoice size={24} stroke={1.6} />} title={t('none')} text={t('noneText')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
    </Page>
  )
}

function useColumns(): Column<DocumentRowView>[] {
  const t = useWords(documentWords)
  return [
    { id: 'name', head: t('document'), width: '230px', cell: (row) => <DocumentName row={row} /> },
    { id: 'date', head: t('date'), width: '150px', cell: (row) => <DateText date={row.date} month="short" /> },
    {
      id: 'client',
      head: t('client'),
      cell: (row) => (
        <span>
          {row.client.name} <span className={css.quiet}>{row.contract.number}</span>
        </span>
      ),
    },
    { id: 'state', head: t('state'), width: '210px', cell: (row) => <DocumentState row={row} /> },
    {
      id: 'sum',
      head: t('sum'),
      width: '150px',
      align: 'end',
      cell: (row) => (hasSum(row) ? <MoneyText kopecks={row.grossKopecks} exact /> : '—'),
    },
  ]
}

function DocumentCard({ row }: { row: DocumentRowView }) {
  return (
    <div className={css.card}>
      <strong>
        <DocumentName row={row} dated />
      </strong>
      <span>{row.client.name}</span>
      <span className={css.acts}>
        <DocumentState row={row} />
        {hasSum(row) && <MoneyText kopecks={row.grossKopecks} exact />}
      </span>
    </div>
  )
}
