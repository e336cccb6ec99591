import { api } from '@opora/ui-kit/api'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { colleaguePage, colleagueView } from '../contract.ts'

export type Colleague = z.infer<typeof colleagueView>
const KEY = ['cabinet', 'colleagues'] as const

export function useColleagues(q: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<z.infer<typeof colleaguePage>>('/cabinet/colleagues', { query: { q, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  })
}

export function useRefreshColleagues() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: KEY })
}

/** What may be changed of a person here. */
export interface ColleaguePatch {
  name?: string
  email?: string
  phone?: string
  department?: string
  position?: string
  scope?: Colleague['scope']
  responsible?: boolean
  portalAdmin?: boolean
  status?: 'active' | 'blocked'
}

export function changeColleague(colleague: Colleague, patch: ColleaguePatch) {
  return api.patch<Colleague>(`/cabinet/colleagues/${colleague.id}`, patch, { version: colleague.version })
}
