import { PickList } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useCallback, useRef } from 'react'
import type { Ticket, TicketRow } from '../../contract.ts'
import type { TicketPage } from '../ticket-data.ts'

interface TicketPickProps {
  label: string
  ticket: Ticket
  /** Only tickets of the same client. */
  sameClient?: boolean
  onPick: (other: TicketRow) => void
}

/** Another ticket, by its number or by words; before anything is typed, the client's open ones. */
export function TicketPick({ label, ticket, sameClient = false, onPick }: TicketPickProps) {
  const found = useRef<readonly TicketRow[]>([])
  const search = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const near = sameClient || typed === ''
      const query = { q: typed, limit: 12, ...(near ? { client: ticket.client.id } : {}) }
      const page = await api.get<TicketPage>('/tickets', { query, signal })
      found.current = page.items.filter((row) => row.id !== ticket.id)
      return found.current.map((row) => ({ key: String(row.id), label: `№ ${row.number} ${row.subject}` }))
    },
    [sameClient, ticket.client.id, ticket.id],
  )
  return (
    <PickList
      label={label}
      search={search}
      onPick={({ key }) => {
        const other = found.current.find((row) => String(row.id) === key)
        if (other) onPick(other)
      }}
    />
  )
}
