import type { slaPolicyView } from '@opora/contracts/contract'
import { useLocale } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'

export type PolicyView = z.infer<typeof slaPolicyView>

export function usePolicies() {
  return useQuery({
    queryKey: ['sla-policies'],
    queryFn: ({ signal }) => api.get<{ items: PolicyView[] }>('/sla-policies', { signal }),
    select: (page) => page.items,
  })
}

/** Calendars as choices; empty while they are on their way. */
export function useCalendarChoices(): { value: string; label: string }[] {
  const { locale } = useLocale()
  const list = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) =>
      api.get<{ items: { code: string; nameRu: string; nameEn: string }[] }>('/calendars', { signal }),
  })
  return (list.data?.items ?? []).map((row) => ({ value: row.code, label: locale === 'ru' ? row.nameRu : row.nameEn }))
}
