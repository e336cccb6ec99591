import { Button, Textarea, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { confirm, DateTimeText, Dialog, Facts, FormError, PanelSection, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { DeadlineOffer, Ticket } from '../../contract.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useRefreshTicket } from './use-ticket.ts'

/** A term of its own for this ticket: proposed here, answered by the client; the clock goes by it once both have agreed. */
export function DeadlinePanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const [proposing, setProposing] = useState(false)
  const { deadlineOffer: offer } = ticket
  const mayOffer = can('deadline.offer') && ticket.state !== 'closed'
  if (offer === null && !mayOffer) return null
  return (
    <PanelSection title={t('deadline')} startClosed={offer?.decision !== null}>
      {offer && <Offer offer={offer} />}
      {mayOffer && (
        <div className={css.deadlineActs}>
          <Button size="compact-sm" variant="default" onClick={() => setProposing(true)}>
            {t(offer ? 'deadlineOther' : 'deadlinePropose')}
          </Button>
          {offer?.decision === null && <Withdraw ticket={ticket} />}
        </div>
      )}
      {proposing && <Propose ticket={ticket} onClose={() => setProposing(false)} />}
    </PanelSection>
  )
}

function Offer({ offer }: { offer: DeadlineOffer }) {
  const t = useWords(ticketWords)
  const state =
    offer.decision === null ? 'deadlineWaits' : offer.decision === 'agreed' ? 'deadlineAgreed' : 'deadlineNo'
  return (
    <Facts
      rows={[
        [t('deadlineDue'), <DateTimeText key="due" at={offer.dueAt} style="long" />],
        [t('deadlineState'), offer.decidedBy ? `${t(state)}: ${offer.decidedBy}` : t(state)],
        [t('deadlineReason'), offer.reason],
        [t('deadlineBy'), offer.offeredBy],
      ]}
    />
  )
}

function Withdraw({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const refresh = useRefreshTicket(ticket.id)
  const withdraw = async () => {
    if (
      !(await confirm({
        title: t('deadlineWithdrawAsk'),
        text: t('deadlineWithdrawText'),
        action: t('deadlineWithdraw'),
      }))
    )
      return
    try {
      await api.delete(`/tickets/${ticket.id}/deadline`)
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  return (
    <Button size="compact-sm" variant="subtle" onClick={() => void withdraw()}>
      {t('deadlineWithdraw')}
    </Button>
  )
}

function Propose({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(ticketWords)
  const refresh = useRefreshTicket(ticket.id)
  const form = useForm({
    initial: { dueAt: '', reason: '' },
    submit: ({ dueAt, reason }, key) =>
      api.post(`/tickets/${ticket.id}/deadline`, { dueAt: new Date(dueAt).toISOString(), reason }, { key }),
    onDone: () => {
      toast.ok(t('deadlineSent'))
      onClose()
      void refresh()
    },
  })
  const ready = !Number.isNaN(Date.parse(form.values.dueAt)) && form.values.reason.trim().length >= 3
  return (
    <Dialog title={t('deadlinePropose')} onClose={onClose}>
      <form className={css.deadlineForm} onSubmit={form.submit} noValidate>
        <p className={css.quiet}>{t('deadlineText')}</p>
        <TextInput {...form.field('dueAt')} type="datetime-local" label={t('deadlineDue')} required />
        <Textarea {...form.field('reason')} label={t('deadlineReason')} required autosize minRows={3} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={!ready}>
            {t('deadlineSend')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
