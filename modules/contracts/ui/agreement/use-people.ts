import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { Named } from '../catalogue/use-catalogue.ts'

/** The provider's people by name, to choose who works for a client. */
export function usePeople(enabled: boolean): Named[] {
  const staff = useQuery({
    queryKey: ['staff', 'names'],
    queryFn: () =>
      api.get<{ items: { id: number; name: string }[] }>('/staff', { query: { active: 'true', limit: 200 } }),
    enabled,
    staleTime: 60_000,
  })
  return (staff.data?.items ?? []).map((one) => ({ code: String(one.id), name: one.name }))
}
