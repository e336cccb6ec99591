import { toast } from '@opora/ui-kit'
import { ApiError, api, useLive } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Ticket, TicketChange } from '../../contract.ts'
import { fetchTicket, keys, ticketTopics } from '../ticket-data.ts'
import { collisionsOf } from './change-merge.ts'
import { askWhichStays } from './collision.ts'

const RENEW_MS = 60_000

/** The id behind the number in the address; known already when one comes from a list. */
export function useTicketId(number: number) {
  return useQuery({
    queryKey: keys.idOf(number),
    queryFn: async () => (await api.get<{ id: number }>(`/tickets/by-number/${number}`)).id,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The ticket as it stands now: renewed by live events, and every minute so that its clocks run down. */
export function useTicket(id: number) {
  const client = useQueryClient()
  useLive(ticketTopics, (event) => {
    if (event['ticketId'] !== undefined && event['ticketId'] !== id) return
    void client.invalidateQueries({ queryKey: keys.ticket(id) })
  })
  return useQuery({ queryKey: keys.ticket(id), queryFn: () => fetchTicket(id), refetchInterval: RENEW_MS })
}

/** Asks again for everything that hangs on a ticket: itself, its clocks, time, history. */
export function useRefreshTicket(id: number): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(async () => {
    void client.invalidateQueries({ queryKey: keys.lists })
    void client.invalidateQueries({ queryKey: keys.views })
    await client.invalidateQueries({ queryKey: keys.ticket(id) })
  }, [client, id])
}

function tell(error: unknown): void {
  if (!(error instanceof ApiError)) throw error
  toast.error(error.message)
}

/**
 * Changes fields of a ticket, at once on the screen. When somebody was first, what they changed elsewhere is kept and ours is
 * written again; only the same field changed by both is asked about.
 */
export function useChangeTicket(ticket: Ticket): (change: TicketChange) => Promise<void> {
  const client = useQueryClient()
  const refresh = useRefreshTicket(ticket.id)
  return useCallback(
    async (change) => {
      const key = keys.ticket(ticket.id)
      const send = (version: number) => api.patch(`/tickets/${ticket.id}`, change, { version })
      client.setQueryData<Ticket>(key, (now) => now && { ...now, ...shownAtOnce(change) })
      try {
        await send(ticket.version)
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'http.version_conflict') tell(error)
        else {
          const fresh = await fetchTicket(ticket.id)
          client.setQueryData(key, fresh)
          const collisions = collisionsOf(ticket, fresh, change)
          if (collisions.length === 0 || (await askWhichStays(collisions))) await send(fresh.version).catch(tell)
        }
      }
      await refresh()
    },
    [client, refresh, ticket],
  )
}

/** The part of a change that the page can show before the server has answered. */
function shownAtOnce(change: TicketChange): Partial<Ticket> {
  const { subject, priority, tags, kind, topic, impact, urgency } = change
  return Object.fromEntries(
    Object.entries({ subject, priority, tags, kind, topic, impact, urgency }).filter(
      ([, value]) => value !== undefined,
    ),
  )
}

/** Gives the ticket to somebody, or to nobody, with a way back. */
export function useAssign(ticket: Ticket): (accountId: number | null) => Promise<void> {
  const refresh = useRefreshTicket(ticket.id)
  return useCallback(
    async (accountId) => {
      await api.put(`/tickets/${ticket.id}/assignee`, { accountId }).catch(tell)
      await refresh()
    },
    [refresh, ticket.id],
  )
}
