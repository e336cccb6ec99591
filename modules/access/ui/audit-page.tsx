import { NativeSelect } from '@mantine/core'
import {
  type Column,
  DataTable,
  DateTimeText,
  EmptyState,
  Facts,
  lastMonths,
  monthQuery,
  Page,
  useLocale,
  useSearch,
  useWords,
  Why,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { auditReply } from '../contract.ts'
import css from './access.module.css'
import { auditActions, auditObjects, auditWords } from './audit-words.ts'

type AuditPageReply = z.infer<typeof auditReply>
type Row = AuditPageReply['items'][number]
type KnownAction = keyof typeof auditActions

const MONTHS_OFFERED = 25
const OBJECTS = Object.keys(auditObjects) as (keyof typeof auditObjects)[]
const ACTIONS = Object.keys(auditActions) as KnownAction[]

/** Who did what, newest first. Asked for only when the reader asks: every reading is an entry of its own. */
export function AuditPage() {
  const t = useWords(auditWords)
  const [search] = useSearch()
  const { action, month } = search
  const query = { action, ...monthQuery(month) }
  const list = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<AuditPageReply>('/audit', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const columns = useColumns()
  return (
    <Page title={t('audit')} body="plain" crumbs={[{ to: '/desk/settings', label: t('settings') }]} tools={<Filters />}>
      <DataTable
        label={t('audit')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.seq)}
        card={(row) => <EntryCard row={row} />}
        empty={
          <EmptyState icon={<IconHistory size={24} stroke={1.6} />} title={t('emptyTitle')} text={t('emptyText')} />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
    </Page>
  )
}

function Filters() {
  const t = useWords(auditWords)
  const says = useWords(auditActions)
  const { locale } = useLocale()
  const [search, setSearch] = useSearch()
  const actions = ACTIONS.map((value) => ({ value: value as string, label: says(value) }))
  actions.sort((a, b) => a.label.localeCompare(b.label, locale))
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('month')}
        data={[{ value: '', label: t('anyTime') }, ...lastMonths(MONTHS_OFFERED, locale)]}
        value={search['month'] ?? ''}
        onChange={(event) => setSearch({ month: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('action')}
        data={[{ value: '', label: t('anyAction') }, ...actions]}
        value={search['action'] ?? ''}
        onChange={(event) => setSearch({ action: event.currentTarget.value })}
      />
      <span className={css.note}>{t('note')}</span>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const t = useWords(auditWords)
  return [
    { id: 'at', head: t('at'), width: '150px', cell: (row) => <DateTimeText at={row.at} /> },
    { id: 'who', head: t('who'), width: '200px', cell: (row) => row.actorName },
    { id: 'what', head: t('what'), cell: (row) => <What row={row} /> },
    {
      id: 'object',
      head: t('object'),
      width: '190px',
      cell: (row) => <Thing row={row} />,
    },
    { id: 'ip', head: t('ip'), width: '130px', wideOnly: true, cell: (row) => row.ip ?? '—' },
  ]
}

/** What was touched, in words; where one stands for many or for all there is no id. */
function Thing({ row }: { row: Row }) {
  const says = useWords(auditObjects)
  const known = OBJECTS.find((object) => object === row.objectType)
  const name = known ? says(known) : row.objectType
  return <>{row.objectId === '' || row.objectId === '-' ? name : `${name} ${row.objectId}`}</>
}

function What({ row }: { row: Row }) {
  const says = useWords(auditActions)
  const known = ACTIONS.find((action) => action === row.action)
  const name = known ? says(known) : row.action
  return (
    <Why title={name} explain={() => <EntryFacts row={row} />}>
      {name}
    </Why>
  )
}

function EntryFacts({ row }: { row: Row }) {
  const t = useWords(auditWords)
  return (
    <Facts
      rows={[
        [t('at'), <DateTimeText key="at" at={row.at} style="full" />],
        [t('who'), row.actorName],
        [
          t('action'),
          <span key="action" className={css.code}>
            {row.action}
          </span>,
        ],
        [t('object'), <Thing key="object" row={row} />],
        [t('ip'), row.ip],
        [t('request'), row.requestId && <span className={css.code}>{row.requestId}</span>],
        [
          t('detail'),
          <pre key="detail" className={css.detail}>
            {JSON.stringify(row.detail, null, 2)}
          </pre>,
        ],
      ]}
    />
  )
}

function EntryCard({ row }: { row: Row }) {
  return (
    <div className={css.card}>
      <What row={row} />
      <span>{row.actorName}</span>
      <span className={css.quiet}>
        <DateTimeText at={row.at} /> · <Thing row={row} />
      </span>
    </div>
  )
}
