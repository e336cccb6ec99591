import { useCan } from '@opora/access/ui'
import { Link, toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconArrowMerge, IconShieldQuestion } from '@tabler/icons-react'
import type { Ticket } from '../../contract.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useRefreshTicket } from './use-ticket.ts'

/** What one must know before answering: no right to support, merged elsewhere. */
export function TicketNotices({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const refresh = useRefreshTicket(ticket.id)
  const entitle = async () => {
    try {
      await api.post(`/tickets/${ticket.id}/entitle`)
      toast.ok(t('entitled'))
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
  return (
    <>
      {ticket.entitlement !== 'covered' && (
        <div className={css.notice}>
          <IconShieldQuestion size={18} stroke={1.7} aria-hidden="true" />
          <div>
            <strong>{t(ticket.entitlement === 'waiting' ? 'waitsEntitlement' : 'notCovered')}</strong>
            {ticket.entitlementReason && <div>{ticket.entitlementReason}</div>}
          </div>
          {ticket.entitlement === 'waiting' && can('ticket.change') && (
            <button type="button" className={css.outcome} onClick={() => void entitle()}>
              {t('entitle')}
            </button>
          )}
        </div>
      )}
      {ticket.mergedInto && (
        <div className={css.notice}>
          <IconArrowMerge size={18} stroke={1.7} aria-hidden="true" />
          <div>
            {t('mergedInto')} <Link to={`/desk/tickets/${ticket.mergedInto.number}`}>№ {ticket.mergedInto.number}</Link>
          </div>
        </div>
      )}
    </>
  )
}
