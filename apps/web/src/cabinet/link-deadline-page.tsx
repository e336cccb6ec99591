import { CabinetDeadline, type CabinetTicket } from '@opora/tickets/ui'
import { useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import css from './link.module.css'
import { LinkDone, LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

/** A proposed term with a yes or a no, by a letter's link. The press here decides, because mail scanners open links. */
export function LinkDeadlinePage() {
  const t = useWords(linkWords)
  const token = useRoute().params['token'] ?? ''
  const path = `/links/deadline.decide/${encodeURIComponent(token)}`
  const query = useQuery({
    queryKey: ['link', 'deadline', token],
    queryFn: ({ signal }) => api.get<CabinetTicket>(path, { signal, anonymous: true }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const send = async (agree: boolean) => {
    await api.post(path, { agree }, { anonymous: true })
    await query.refetch()
  }
  return (
    <LinkLoaded query={query} title={t('deadlineTitle')}>
      {(ticket) => (
        <>
          <header className={css.head}>
            <h1>{ticket.subject}</h1>
            <p className={css.lead}>{t('ticket', { number: String(ticket.number) })}</p>
          </header>
          {ticket.mayDecideDeadline ? (
            <CabinetDeadline ticket={ticket} send={send} />
          ) : (
            <LinkDone title={t('overTitle')} text={t(settledBy(ticket))} />
          )}
        </>
      )}
    </LinkLoaded>
  )
}

function settledBy({ deadlineOffer }: CabinetTicket): 'deadlineAgreed' | 'deadlineDeclined' | 'deadlineGone' {
  if (deadlineOffer?.decision === 'agreed') return 'deadlineAgreed'
  return deadlineOffer?.decision === 'declined' ? 'deadlineDeclined' : 'deadlineGone'
}
