import { Button } from '@mantine/core'
import { FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import css from './cabinet.module.css'
import { type CabinetTicket, useRefreshTickets } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

/** A colleague whom the contract does not name has asked: the responsible contact lets the request in. */
export function CabinetEntitle({ ticket }: { ticket: Pick<CabinetTicket, 'id' | 'entitlementReason' | 'asker'> }) {
  const t = useWords(cabinetTicketWords)
  const refresh = useRefreshTickets()
  const form = useForm({
    initial: {},
    submit: (_values, key) => api.post(`/cabinet/tickets/${ticket.id}/entitle`, {}, { key }),
    onDone: () => {
      toast.ok(t('entitled'))
      void refresh(ticket.id)
    },
  })
  return (
    <form className={css.act} onSubmit={form.submit}>
      <h2 className={css.actTitle}>{t('entitleTitle')}</h2>
      {ticket.entitlementReason && <p className={css.lead}>{ticket.entitlementReason}</p>}
      <FormError error={form.failure} />
      <div className={css.buttons}>
        <Button type="submit" size="md" loading={form.busy}>
          {t('entitleDo')}
        </Button>
      </div>
    </form>
  )
}
