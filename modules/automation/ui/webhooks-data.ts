import { api } from '@opora/ui-kit/api'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { deliveryPage, webhookMade, webhookView } from '../contract.ts'

export type Webhook = z.infer<typeof webhookView>
export type WebhookMade = z.infer<typeof webhookMade>
export type Deliveries = z.infer<typeof deliveryPage>
export type Delivery = Deliveries['items'][number]

const FRESH_MS = 10_000

export const keys = { all: ['webhooks'], deliveries: (id: number) => ['webhooks', id, 'deliveries'] }

export function useWebhooks() {
  return useQuery({
    queryKey: keys.all,
    queryFn: async () => (await api.get<{ items: Webhook[] }>('/webhooks')).items,
  })
}

/** What is under way changes by itself. */
export function useDeliveries(id: number) {
  return useInfiniteQuery({
    queryKey: keys.deliveries(id),
    queryFn: ({ pageParam }) => api.get<Deliveries>(`/webhooks/${id}/deliveries`, { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: FRESH_MS,
  })
}
