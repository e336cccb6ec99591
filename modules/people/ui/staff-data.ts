import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { servingStaff } from '../contract.ts'

export type Serving = z.infer<typeof servingStaff>['items'][number]

interface StaffName {
  id: number
  name: string
}

/** The provider's people by name, to choose a manager or who serves. */
export function useStaff(enabled: boolean): StaffName[] {
  const staff = useQuery({
    queryKey: ['staff', 'names'],
    queryFn: () => api.get<{ items: StaffName[] }>('/staff', { query: { active: 'true', limit: 200 } }),
    enabled,
    staleTime: 60_000,
  })
  return staff.data?.items ?? []
}
