import { useMe } from '@opora/access/ui'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { TimePreview } from '../contract.ts'

/** Time that is being written, as far as what it takes depends on it. */
export interface AskedTime {
  minutes?: number | null
  startedAt?: string
  endedAt?: string
  date?: string
  activity: string
  urgent: boolean
  onSite?: boolean
  billable?: boolean
  /** Absent: as proposed. */
  service?: string | null
}

/** What the time would take, asked a moment after the typing stops. */
export function usePreview(ticketId: number, time: AskedTime): TimePreview | undefined {
  const asked = useDeferredValue(time)
  // what time takes of the client's hours is not told to partners
  const isOwn = useMe()?.side === 'staff'
  const long = asked.minutes ?? 0
  const isGiven = asked.endedAt !== undefined || (long > 0 && long <= 1440)
  const valid = isOwn && isGiven && asked.activity !== ''
  const { minutes, ...rest } = asked
  const body = { ...rest, ...(minutes == null ? {} : { minutes }), note: '…' }
  const preview = useQuery({
    queryKey: ['ticket', ticketId, 'time-preview', asked],
    queryFn: ({ signal }) => api.post<TimePreview>(`/tickets/${ticketId}/time/preview`, body, { signal }),
    enabled: valid,
    staleTime: 60_000,
    retry: false,
    placeholderData: (before) => before,
  })
  return valid ? preview.data : undefined
}
