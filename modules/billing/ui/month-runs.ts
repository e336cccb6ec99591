import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NewRun, RunView } from '../month-runs.contract.ts'

const WORKING_MS = 1_500

/** What was asked for a month of many contracts, the latest first; its progress is heard live, and asked for while it works. */
export function useRuns(month: string) {
  useLiveRefresh(['period.run'], [['month-runs'], ['periods']])
  return useQuery({
    queryKey: ['month-runs', month],
    queryFn: ({ signal }) => api.get<{ items: RunView[] }>('/month-runs', { query: { month }, signal }),
    refetchInterval: (query) => (query.state.data?.items.some((run) => run.finishedAt === null) ? WORKING_MS : false),
  })
}

/** Asks for an act on many contracts; answers at once, the progress follows. */
export function useStartRun() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish: Partial<NewRun> & Pick<NewRun, 'month' | 'act'>) => api.post<RunView>('/month-runs', wish),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['month-runs'] })
      await client.invalidateQueries({ queryKey: ['periods'] })
    },
  })
}
