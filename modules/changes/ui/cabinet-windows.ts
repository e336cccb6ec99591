import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { CabinetChangeView } from '../contract.ts'

interface Answer {
  items: CabinetChangeView[]
}

/** Windows that wait for the reader's word. */
export function useWaitingWindows(enabled: boolean) {
  return useQuery({
    queryKey: ['cabinet', 'changes', 'waiting'],
    queryFn: ({ signal }) => api.get<Answer>('/cabinet/changes', { query: { show: 'waiting' }, signal }),
    enabled,
    select: ({ items }) => items.filter((one) => one.mayAgree),
  })
}

/** The change of one request. */
export function useTicketWindow(ticketId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['cabinet', 'changes', 'ticket', ticketId],
    queryFn: ({ signal }) => api.get<Answer>('/cabinet/changes', { query: { ticketId }, signal }),
    enabled,
    retry: false,
    select: ({ items }) => items[0] ?? null,
  })
}
