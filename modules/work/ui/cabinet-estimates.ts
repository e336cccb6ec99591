import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CabinetEstimateView, cabinetEstimates, cabinetTime, EstimateDecision } from '../contract.ts'

export type CabinetTime = z.infer<typeof cabinetTime>

/** Estimates that wait for the company's decision. */
export function useWaitingEstimates(enabled: boolean) {
  return useQuery({
    queryKey: ['cabinet', 'estimates', 'waiting'],
    queryFn: ({ signal }) => api.get<z.infer<typeof cabinetEstimates>>('/cabinet/estimates', { signal }),
    enabled,
  })
}

/** Every round of one request, the latest first. */
export function useTicketEstimates(ticketId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['cabinet', 'estimates', 'all'],
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof cabinetEstimates>>('/cabinet/estimates', { query: { state: 'all' }, signal }),
    enabled,
    select: ({ items }) => items.filter((one) => String(one.ticket.id) === ticketId && one.state !== 'draft'),
  })
}

export function useTicketTime(ticketId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['cabinet', 'time', ticketId],
    queryFn: ({ signal }) => api.get<CabinetTime>(`/cabinet/tickets/${ticketId}/time`, { signal }),
    enabled,
    retry: false,
  })
}

/** Sends a decision with the session and asks again for everything that it touches. */
export function useDecideEstimate() {
  const client = useQueryClient()
  return async (estimate: CabinetEstimateView, decision: EstimateDecision) => {
    try {
      await api.post(`/cabinet/estimates/${estimate.id}/decision`, decision)
    } finally {
      await client.invalidateQueries({ queryKey: ['cabinet'] })
    }
  }
}
