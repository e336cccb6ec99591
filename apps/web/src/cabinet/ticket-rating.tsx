import type { GivenRating } from '@opora/surveys/contract'
import { CabinetRating } from '@opora/surveys/ui'
import { Card } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRights } from './use-rights.ts'

/** The reader's rating of a solved request. */
export function TicketRating({ ticketId }: { ticketId: number }) {
  const client = useQueryClient()
  const { may } = useRights()
  const path = `/cabinet/tickets/${ticketId}/rating`
  const queryKey = ['cabinet', 'rating', ticketId]
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<GivenRating>(path, { signal }),
    enabled: may('rating.give'),
    retry: false,
  })
  if (!data?.mayChange) return null
  return (
    <Card>
      <CabinetRating
        given={data.score === null ? null : { score: data.score, comment: data.comment }}
        save={async (rating) => client.setQueryData(queryKey, await api.post<GivenRating>(path, rating))}
      />
    </Card>
  )
}
