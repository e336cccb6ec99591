import { Button } from '@mantine/core'
import { DateTimeText, FormError, toast, useWords } from '@opora/ui-kit'
import { ApiError, api, isConflict } from '@opora/ui-kit/api'
import { useState } from 'react'
import css from './cabinet.module.css'
import { type CabinetTicket, useRefreshTickets } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

interface CabinetDeadlineProps {
  ticket: Pick<CabinetTicket, 'id' | 'deadlineOffer' | 'mayDecideDeadline'>
  /** Sends the answer; by default with the session, a letter's link sends it by itself. */
  send?: (agree: boolean) => Promise<unknown>
}

/** A term that we proposed for this request, with a yes and a no where it is the reader's to say. */
export function CabinetDeadline({ ticket, send }: CabinetDeadlineProps) {
  const t = useWords(cabinetTicketWords)
  const refresh = useRefreshTickets()
  const [busy, setBusy] = useState<boolean | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const { deadlineOffer: offer } = ticket
  if (offer?.decision !== null) return null
  const answer = async (agree: boolean) => {
    setBusy(agree)
    setFailure(null)
    try {
      const body = { offerId: offer.id, agree }
      await (send ? send(agree) : api.post(`/cabinet/tickets/${ticket.id}/deadline`, body))
      toast.ok(t(agree ? 'deadlineAgreed' : 'deadlineDeclined'))
    } catch (error) {
      setFailure(isConflict(error) ? new ApiError(409, { code: error.code, message: t('changedMeanwhile') }) : error)
    }
    setBusy(null)
    await refresh(ticket.id)
  }
  return (
    <section className={css.act} aria-labelledby="deadline-offer">
      <h2 id="deadline-offer" className={css.actTitle}>
        {t('deadlineTitle')}
      </h2>
      <p className={css.lead}>
        {t('deadlineDue')} <DateTimeText at={offer.dueAt} style="long" />. {offer.reason}
      </p>
      {ticket.mayDecideDeadline && (
        <div className={css.buttons}>
          <Button size="md" loading={busy === true} disabled={busy === false} onClick={() => void answer(true)}>
            {t('deadlineAgree')}
          </Button>
          <Button
            size="md"
            variant="default"
            loading={busy === false}
            disabled={busy === true}
            onClick={() => void answer(false)}
          >
            {t('deadlineDecline')}
          </Button>
        </div>
      )}
      <FormError error={failure} />
      <p className={css.fine}>{t('deadlineText')}</p>
    </section>
  )
}
