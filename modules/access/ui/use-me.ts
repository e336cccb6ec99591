import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { Me } from '../contract.ts'

/** The person who is signed in; `undefined` until it is known. The shells keep the same answer under the same key. */
export function useMe(): Me | undefined {
  const me = useQuery<Me | null>({
    queryKey: ['me'],
    queryFn: () => api.get<Me>('/me', { anonymous: true }),
    staleTime: 5 * 60_000,
  })
  return me.data ?? undefined
}

/** Whether the person may ever do this; the server judges the row. */
export function useCan(): (action: string) => boolean {
  const me = useMe()
  return (action) => me?.can.includes(action) ?? false
}
