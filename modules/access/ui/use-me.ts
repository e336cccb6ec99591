import { ApiError, api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { Me } from '../contract.ts'

/** Nobody is an answer too: a refusal here would keep the shell from leading to its sign-in, since they share the answer. */
async function readMe(): Promise<Me | null> {
  try {
    return await api.get<Me>('/me', { anonymous: true })
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** The person who is signed in; `undefined` until it is known. The shells keep the same answer under the same key. */
export function useMe(): Me | undefined {
  const me = useQuery<Me | null>({ queryKey: ['me'], queryFn: readMe, staleTime: 5 * 60_000 })
  return me.data ?? undefined
}

/** Whether the person may ever do this; the server judges the row. */
export function useCan(): (action: string) => boolean {
  const me = useMe()
  return (action) => me?.can.includes(action) ?? false
}
