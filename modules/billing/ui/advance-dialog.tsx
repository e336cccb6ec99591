import { Button, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { PaymentView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { useRefreshDocuments } from './documents.ts'

/** The счёт-фактура that accounting issued on a payment as an advance; empty takes it back. */
export function AdvanceDialog({ payment, onClose }: { payment: PaymentView; onClose: () => void }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  const form = useForm({
    initial: { number: payment.advance?.number ?? '', date: payment.advance?.date ?? payment.date },
    submit: ({ number, date }, key) => {
      const paper = number.trim() === '' ? null : { number, date }
      return api.put(`/payments/${payment.id}/advance`, { paper }, { key })
    },
    onDone: () => {
      toast.ok(t('advanceKept'))
      refresh()
      onClose()
    },
  })
  return (
    <Dialog title={t('advance')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <p className={css.quiet}>{t('advanceText')}</p>
        <TextInput {...form.field('number')} label={t('advanceNumber')} />
        <TextInput {...form.field('date')} label={t('date')} type="date" />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
