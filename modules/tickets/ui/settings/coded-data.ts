import { toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { settingsWords } from './settings-words.ts'

/** A row of any dictionary with a code. */
export interface Coded {
  code: string
  nameRu: string
  nameEn: string
  archived: boolean
  version: number
}

export function useCoded<Row extends Coded>(path: string) {
  return useQuery({
    queryKey: ['dictionary', path],
    queryFn: ({ signal }) => api.get<{ items: Row[] }>(path, { signal }),
  })
}

/** Asks again for a dictionary and for whatever offers its rows. */
export function useRefreshCoded(path: string) {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['dictionary', path] }),
      client.invalidateQueries({ queryKey: ['topics'] }),
      client.invalidateQueries({ queryKey: ['checklists'] }),
    ])
}

/** Putting away, taking back, and the order. */
export function useCodedActs(path: string) {
  const t = useWords(settingsWords)
  const refresh = useRefreshCoded(path)
  const act = async (call: () => Promise<unknown>) => {
    try {
      await call()
      toast.ok(t('saved'))
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
  return {
    putAway: (code: string) => act(() => api.delete(`${path}/${code}`)),
    restore: (code: string) => act(() => api.post(`${path}/${code}/restore`)),
    order: (codes: readonly string[]) => act(() => api.put(path, { codes })),
  }
}
