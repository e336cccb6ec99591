import { type PathStay, ProcessDiagram, TicketPath } from '@opora/process/ui'
import { Dialog, Loaded, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { keys } from '../ticket-data.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

interface Picture {
  xml: string
  present: string[]
  passed: string[]
  stays: PathStay[]
  totals: { place: string; clockMinutes: number }[]
}

/** The diagram that the ticket runs on, with the place lit where it stands. */
export function DiagramPanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const [whole, setWhole] = useState(false)
  const picture = useQuery({
    queryKey: [...keys.ticket(ticket.id), 'process', ticket.version],
    queryFn: () => api.get<Picture>(`/tickets/${ticket.id}/process`),
    placeholderData: (before) => before,
  })
  return (
    <Loaded query={picture}>
      {({ xml, present, passed, stays, totals }) => (
        <>
          <ProcessDiagram xml={xml} present={present} passed={passed} height="220px" closeUp />
          <button type="button" className={css.linkButton} onClick={() => setWhole(true)}>
            <IconMaximize size={14} aria-hidden="true" />
            {t('showDiagram')}
          </button>
          {whole && (
            <Dialog title={t('process')} size="full" onClose={() => setWhole(false)}>
              <TicketPath xml={xml} present={present} passed={passed} stays={stays} totals={totals} />
            </Dialog>
          )}
        </>
      )}
    </Loaded>
  )
}
