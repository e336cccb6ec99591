import { useSearch } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PeriodDetail, PeriodList, PeriodView } from '../contract.ts'

const MAKING_MS = 2_000
const PAGE = 50

const keys = {
  all: ['periods'] as const,
  month: (month: string) => ['periods', month] as const,
  one: (contractId: number, month: string) => ['periods', month, contractId] as const,
}

function isMaking(view: PeriodView): boolean {
  return view.state !== 'open' && !view.reportReady
}

/** A month over all contracts, page by page, filtered as the address says; asked again while a report is being made. */
export function useMonth(month: string) {
  useLiveRefresh(['period'], [keys.all])
  const [search] = useSearch()
  const filter = { state: search['state'], q: search['q'] }
  return useInfiniteQuery({
    queryKey: [...keys.month(month), filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<PeriodList>('/periods', { query: { month, ...filter, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some(isMaking)) ? MAKING_MS : false),
  })
}

/** One contract's month in full: what every figure is made of. */
export function useContractMonth(contractId: number, month: string) {
  useLiveRefresh(['period'], [keys.all])
  return useQuery({
    queryKey: keys.one(contractId, month),
    queryFn: ({ signal }) => api.get<PeriodDetail>(periodPath(contractId, month), { signal }),
    refetchInterval: (query) => (query.state.data && isMaking(query.state.data) ? MAKING_MS : false),
  })
}

/** After an act on a month: every month may stand differently, the reports too. */
export function useRefreshMonths(): () => void {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: keys.all })
    void client.invalidateQueries({ queryKey: ['reports'] })
  }
}

export function periodPath(contractId: number, month: string): string {
  return `/contracts/${contractId}/periods/${month}`
}

/** `YYYY-MM` so many months away. */
export function monthAway(month: string, by: number): string {
  const [year = 0, index = 1] = month.split('-').map(Number)
  const at = new Date(Date.UTC(year, index - 1 + by, 1))
  return at.toISOString().slice(0, 'YYYY-MM'.length)
}

/** How a month stands, in the words and colours of the page. */
export function standing(view: PeriodView): {
  word: 'blocked' | 'ready' | 'closed' | 'sent'
  tone: 'warn' | 'accent' | 'ok' | 'info'
} {
  if (view.state === 'sent') return { word: 'sent', tone: 'ok' }
  if (view.state === 'closed') return { word: 'closed', tone: 'info' }
  return view.unfinished.length > 0 ? { word: 'blocked', tone: 'warn' } : { word: 'ready', tone: 'accent' }
}
