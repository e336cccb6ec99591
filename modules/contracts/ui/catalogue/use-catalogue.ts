import { useCan } from '@opora/people/ui'
import { useLocale } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { packagesReply, priceListsReply, serviceView } from '../../contract.ts'

/** Something of the catalogue with its name in the reader's language. */
export interface Named {
  code: string
  name: string
}

export type ServiceRow = z.infer<typeof serviceView>
export type PackageRow = z.infer<typeof packagesReply>['items'][number]
export type PriceListRow = z.infer<typeof priceListsReply>['items'][number]

const KEPT_MS = 60_000

function useList<Row>(path: string, allowed = true) {
  return useQuery({
    queryKey: [path.slice(1)],
    queryFn: ({ signal }) => api.get<{ items: Row[] }>(path, { signal }),
    staleTime: KEPT_MS,
    enabled: allowed,
  })
}

export const usePackages = () => useList<PackageRow>('/catalogue/packages', useCan()('catalogue.read'))
export const usePriceLists = () => useList<PriceListRow>('/catalogue/price-lists', useCan()('catalogue.read'))
export const useServiceRows = () => useList<ServiceRow>('/catalogue/services')

type Names = { code: string; nameRu: string; nameEn: string }

function useNamed(path: string, allowed = true): Named[] {
  const { locale } = useLocale()
  const list = useList<Names & { archived?: boolean }>(path, allowed)
  return (list.data?.items ?? [])
    .filter((one) => !one.archived)
    .map((one) => ({ code: one.code, name: locale === 'ru' ? one.nameRu : one.nameEn }))
}

export const useServices = () => useNamed('/catalogue/services')
export const useActivities = () => useNamed('/catalogue/activities')
export const useCalendarNames = () => useNamed('/calendars', useCan()('calendar.read'))
export const usePolicyNames = () => useNamed('/sla-policies', useCan()('sla.read'))
