import { NativeSelect } from '@mantine/core'
import {
  type Column,
  DataTable,
  DateTimeText,
  EmptyState,
  lastMonths,
  monthName,
  Page,
  Pill,
  useLocale,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconFileText } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReportView } from '../contract.ts'
import css from './desk-months.module.css'
import { ReportFiles } from './desk-report-files.tsx'
import { monthWords } from './desk-words.ts'

const MONTHS_OFFERED = 25

/** Every monthly report that was made, the latest first, as files. */
export function ReportsPage() {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  const [search, setSearch] = useSearch()
  const { month } = search
  const list = useInfiniteQuery({
    queryKey: ['reports', { month }],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: ReportView[]; nextCursor: string | null }>('/reports', {
        query: { month, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const columns = useColumns()
  return (
    <Page
      title={t('reports')}
      body="plain"
      crumbs={[{ to: '/desk/months', label: t('months') }]}
      tools={
        <NativeSelect
          size="xs"
          aria-label={t('month')}
          data={[{ value: '', label: t('anyMonth') }, ...lastMonths(MONTHS_OFFERED, locale)]}
          value={month ?? ''}
          onChange={(event) => setSearch({ month: event.currentTarget.value || null })}
        />
      }
    >
      <DataTable
        label={t('reports')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/months/${row.month}/${row.contract.id}`}
        card={(row) => <ReportCard row={row} />}
        empty={
          <EmptyState icon={<IconFileText size={24} stroke={1.6} />} title={t('noReports')} text={t('noReportsText')} />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
    </Page>
  )
}

function useColumns(): Column<ReportView>[] {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  return [
    {
      id: 'client',
      head: t('client'),
      cell: (row) => (
        <span>
          {row.client.name} <span className={css.quiet}>{row.contract.number}</span>
        </span>
      ),
    },
    { id: 'month', head: t('month'), width: '170px', cell: (row) => monthName(row.month, locale) },
    { id: 'state', head: t('state'), width: '140px', cell: (row) => <State row={row} /> },
    {
      id: 'made',
      head: t('made'),
      width: '140px',
      align: 'end',
      wideOnly: true,
      cell: (row) => <DateTimeText at={row.createdAt} style="brief" />,
    },
    {
      id: 'files',
      head: '',
      width: '190px',
      align: 'end',
      cell: (row) => <ReportFiles id={row.id} ready={row.ready} compact />,
    },
  ]
}

function State({ row }: { row: ReportView }) {
  const t = useWords(monthWords)
  if (row.withdrawn) return <Pill>{t('withdrawn')}</Pill>
  return row.sentAt ? <Pill tone="ok">{t('sent')}</Pill> : <Pill tone="info">{t('closed')}</Pill>
}

function ReportCard({ row }: { row: ReportView }) {
  const { locale } = useLocale()
  return (
    <div className={css.card}>
      <strong>{row.client.name}</strong>
      <span>
        {monthName(row.month, locale)} <span className={css.quiet}>{row.contract.number}</span>
      </span>
      <State row={row} />
    </div>
  )
}
