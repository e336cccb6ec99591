import { toast } from '@opora/ui-kit'
import { ApiError, api, useLiveRefresh } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { WeekCell, WeekCopied, WeekView } from '../week.contract.ts'

const key = (monday: string) => ['time', 'week', monday] as const

/** A person's own week; whatever is logged elsewhere shows up by itself. */
export function useWeek(monday: string) {
  useLiveRefresh(['time', 'timer'], [['time']])
  return useQuery({
    queryKey: key(monday),
    queryFn: ({ signal }) => api.get<WeekView>('/time/week', { query: { monday }, signal }),
  })
}

/** Writes into the week; the server answers with the whole of it. */
export function useWeekActs(monday: string) {
  const client = useQueryClient()
  const keep = (week: WeekView) => {
    client.setQueryData(key(monday), week)
    void client.invalidateQueries({ queryKey: ['time'], predicate: (query) => query.queryKey[1] !== 'week' })
  }
  const tell = (error: unknown) => {
    toast.error(error instanceof ApiError ? error.message : String(error))
  }
  return {
    /** Whether it was kept. */
    async write(cell: Omit<WeekCell, 'monday'>): Promise<boolean> {
      try {
        keep(await api.put<WeekView>('/time/week/cell', { ...cell, monday }))
        return true
      } catch (error) {
        tell(error)
        return false
      }
    },
    async copy(): Promise<WeekCopied | null> {
      try {
        const { copied, skipped, ...week } = await api.post<WeekCopied>('/time/week/copy', { monday })
        keep(week)
        return { ...week, copied, skipped }
      } catch (error) {
        tell(error)
        return null
      }
    },
  }
}
