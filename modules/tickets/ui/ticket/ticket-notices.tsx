import { useCan } from '@opora/access/ui'
import { Link, toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconArrowMerge, IconShieldQuestion, IconSignRight } from '@tabler/icons-react'
import type { Ticket } from '../../contract.ts'
import { formWords } from '../form/form-words.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useReply } from './use-reply.tsx'
import { useRefreshTicket } from './use-ticket.ts'

/** The topic's way, until somebody has answered: its ready answer goes into the box with one click, to be read before it is sent. */
function Advice({ advice }: { advice: NonNullable<Ticket['advice']> }) {
  const t = useWords(formWords)
  const can = useCan()
  const reply = useReply()
  const { readyAnswer } = advice
  return (
    <div className={css.notice}>
      <IconSignRight size={18} stroke={1.7} aria-hidden="true" />
      <div>
        <strong>{t(`advice_${advice.route}` as 'advice_pass_on')}</strong>
        {advice.excluded && ` · ${t('adviceExcluded')}`}
        {readyAnswer && <div className={css.adviceText}>{readyAnswer}</div>}
      </div>
      {readyAnswer && can('message.reply') && (
        <button type="button" className={css.outcome} onClick={() => reply.insert('reply', readyAnswer)}>
          {t('insertAnswer')}
        </button>
      )}
    </div>
  )
}

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
      {ticket.advice && <Advice advice={ticket.advice} />}
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
