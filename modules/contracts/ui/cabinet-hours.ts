import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CouponView, cabinetHours } from '../contract.ts'

export type CabinetHours = z.infer<typeof cabinetHours>
export type ContractHours = CabinetHours['contracts'][number]

/** Hours left and how they went; `month` is `YYYY-MM`, by default the present one. */
export function useCabinetHours(enabled: boolean, month?: string) {
  return useQuery({
    queryKey: ['cabinet', 'hours', month ?? 'now'],
    queryFn: ({ signal }) => api.get<CabinetHours>('/cabinet/hours', { query: { month }, signal }),
    enabled,
  })
}

export function useCoupons(enabled: boolean) {
  return useQuery({
    queryKey: ['cabinet', 'coupons'],
    queryFn: ({ signal }) => api.get<{ items: CouponView[] }>('/cabinet/coupons', { signal }),
    enabled,
  })
}
