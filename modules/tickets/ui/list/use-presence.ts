import { useCan, useMe } from '@opora/access/ui'
import { answered, api, useLive } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'

export interface Watcher {
  ticketId: number
  accountId: number
  name: string
  activity: string
}

const RENEW_MS = 30_000
const KEY = ['presence'] as const

/** Who of the colleagues looks at which ticket now, by the ticket's id. */
export function usePresence(): ReadonlyMap<number, Watcher[]> {
  const client = useQueryClient()
  const me = useMe()
  const can = useCan()
  const watchers = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<{ items: Watcher[] }>('/presence'),
    initialData: () => answered<{ items: Watcher[] }>('/presence'),
    enabled: can('presence.change'),
    refetchInterval: (query) => (query.state.error ? false : RENEW_MS),
    retry: false,
  })
  useLive(['ticket.presence'], () => void client.invalidateQueries({ queryKey: KEY }))
  return useMemo(
    () =>
      Map.groupBy(
        (watchers.data?.items ?? []).filter((one) => one.accountId !== me?.id),
        (one) => one.ticketId,
      ),
    [watchers.data, me?.id],
  )
}
