import { useCan } from '@opora/access/ui'
import { DataTable, EmptyState, hrefOf, Link, Page, useHotkeys, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { answered, api } from '@opora/ui-kit/api'
import { IconPlus, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { rowTone } from '../clock-reading.ts'
import { useLabels } from '../labels.ts'
import { rememberList } from '../last-list.ts'
import { keys, rememberIds, type TicketPage, useLiveLists, useViews } from '../ticket-data.ts'
import { activeFilters, listQuery, rowsOf } from './filters.ts'
import css from './list.module.css'
import { ListTools } from './list-tools.tsx'
import { listWords } from './list-words.ts'
import { RowCard, useColumns } from './ticket-columns.tsx'
import { usePresence } from './use-presence.ts'

const BulkActions = lazy(() => import('./bulk-actions.tsx').then((m) => ({ default: m.BulkActions })))

const PAGE_ROWS = 50
const RENEW_MS = 60_000
const RENEWED_PAGES_MAX = 2

/** The address's tickets, page by page. Renewed every minute while few pages are open, so that working time runs down. */
function useTickets(query: Record<string, string>) {
  const client = useQueryClient()
  const list = useInfiniteQuery({
    queryKey: keys.list(query),
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.get<TicketPage>('/tickets', {
        query: { ...query, limit: PAGE_ROWS, cursor: pageParam },
        signal,
      })
      rememberIds(client, page.items)
      return page
    },
    initialData: () => {
      const page = answered<TicketPage>('/tickets', { ...query, limit: PAGE_ROWS })
      if (!page) return undefined
      rememberIds(client, page.items)
      return { pages: [page], pageParams: [undefined] }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) <= RENEWED_PAGES_MAX ? RENEW_MS : false),
    placeholderData: (before, asked) => {
      const [, old] = (asked?.queryKey ?? []) as unknown as [string, Record<string, string>?]
      return old && old['view'] === query['view'] ? before : undefined
    },
  })
  const rows = useMemo(() => rowsOf(list.data?.pages), [list.data])
  return { ...list, rows }
}

/** The list of tickets: a view, narrowed by filters and words that stand in the address, sorted by the next deadline at risk. */
export function TicketListPage() {
  const t = useWords(listWords)
  const route = useRoute()
  const [search] = useSearch()
  const query = listQuery(search)
  const queryKey = JSON.stringify(query)
  const list = useTickets(query)
  const views = useViews()
  const can = useCan()
  const labels = useLabels()
  const presence = usePresence()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  useLiveLists()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins without a selection.
  useEffect(() => setSelected(new Set()), [queryKey])
  useHotkeys(
    can('ticket.create')
      ? [{ combo: 'c', label: t('newTicket'), group: t('tickets'), run: () => route.navigate('/desk/tickets/new') }]
      : [],
  )
  useEffect(() => {
    if (list.rows)
      rememberList(
        list.rows.map((row) => row.number),
        hrefOf(route.path, search),
      )
  }, [list.rows, route.path, search])
  const asOf = list.dataUpdatedAt
  const columns = useColumns({ asOf, presence, labels, rows: list.rows })
  const view = views.data?.items.find((one) => one.code === search['view'])
  const title = query['q']
    ? t('found', { q: query['q'] })
    : (view?.name ?? (search['view'] ? t('tickets') : t('allOpen')))
  const chosen = list.rows?.filter((row) => selected.has(String(row.id))) ?? []
  return (
    <Page
      title={title}
      body="plain"
      actions={
        can('ticket.create') && (
          <Link to="/desk/tickets/new" className={css.new} title={`${t('newTicket')} (C)`}>
            <IconPlus size={16} stroke={2} />
            <span>{t('newTicket')}</span>
          </Link>
        )
      }
      tools={<ListTools view={view} />}
    >
      <DataTable
        label={title}
        columns={columns}
        rows={list.rows}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/tickets/${row.number}`}
        toneOf={(row) => rowTone(row, asOf)}
        card={(row) => <RowCard row={row} asOf={asOf} labels={labels} watchers={presence.get(row.id)} />}
        selected={selected}
        onSelect={setSelected}
        bulk={
          <Suspense fallback={null}>
            {chosen.length > 0 && <BulkActions rows={chosen} onDone={() => setSelected(new Set())} />}
          </Suspense>
        }
        empty={<Empty narrowed={Boolean(query['q']) || activeFilters(search).length > 0} />}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
    </Page>
  )
}

function Empty({ narrowed }: { narrowed: boolean }) {
  const t = useWords(listWords)
  if (!narrowed) return <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
  return (
    <EmptyState icon={<IconSearchOff size={24} stroke={1.6} />} title={t('emptyFound')} text={t('emptyFoundText')} />
  )
}
