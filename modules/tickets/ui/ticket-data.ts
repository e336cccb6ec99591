import { useCan } from '@opora/access/ui'
import { answered, api, useLive } from '@opora/ui-kit/api'
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Ticket, TicketRow } from '../contract.ts'

export interface TicketPage {
  items: TicketRow[]
  nextCursor: string | null
}

export interface View {
  id: number
  code: string
  name: string
  count: number
  own: boolean
}

export interface Assignee {
  id: number
  name: string
  roles: string[]
  openTickets: number
}

/** Names of what the pages of tickets keep in the query cache. */
export const keys = {
  lists: ['tickets'] as const,
  list: (query: Record<string, string>) => ['tickets', query] as const,
  views: ['views'] as const,
  idOf: (number: number) => ['ticket-id', number] as const,
  ticket: (id: number) => ['ticket', id] as const,
  assignees: (clientId?: number) => ['assignees', clientId ?? 0] as const,
}

export function useViews() {
  const can = useCan()
  return useQuery({
    queryKey: keys.views,
    queryFn: () => api.get<{ items: View[] }>('/views'),
    initialData: () => answered<{ items: View[] }>('/views'),
    enabled: can('view.use'),
    retry: false,
  })
}

export function fetchTicket(id: number): Promise<Ticket> {
  return api.get<Ticket>(`/tickets/${id}`)
}

export function fetchAssignees(client: QueryClient, clientId?: number): Promise<Assignee[]> {
  return client.ensureQueryData({
    queryKey: keys.assignees(clientId),
    queryFn: async () => (await api.get<{ items: Assignee[] }>('/assignees', { query: { client: clientId } })).items,
    staleTime: 60_000,
  })
}

export const ticketTopics = ['ticket.opened', 'ticket.message', 'ticket.moved', 'ticket.changed', 'ticket.clock']
const SETTLE_MS = 700

/** Asks again for lists and counters when a ticket changes anywhere; a burst of changes is one question. */
export function useLiveLists(): void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLive(ticketTopics, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void client.invalidateQueries({ queryKey: keys.lists })
      void client.invalidateQueries({ queryKey: keys.views })
    }, SETTLE_MS)
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
}

/** Lets a page of the list open its tickets without asking for their ids. */
export function rememberIds(client: QueryClient, rows: readonly Pick<TicketRow, 'id' | 'number'>[]): void {
  for (const row of rows) client.setQueryData(keys.idOf(row.number), row.id)
}
