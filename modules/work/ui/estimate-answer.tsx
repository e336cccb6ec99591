import { Button, Textarea, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { EstimateView } from '../contract.ts'
import { estimateWords } from './estimate-words.ts'
import css from './work.module.css'

/** The answer to the client's question; with it the estimate waits for them again. */
export function EstimateAnswer({ estimate, onClose }: { estimate: EstimateView; onClose: () => void }) {
  const t = useWords(estimateWords)
  const client = useQueryClient()
  const form = useForm({
    initial: { answer: '', validUntil: estimate.validUntil ?? '' },
    submit: ({ answer, validUntil }) =>
      api.post(
        `/estimates/${estimate.id}/offer`,
        { answer, validUntil: validUntil || null },
        { version: estimate.version },
      ),
    onDone: () => {
      toast.ok(t('answered'))
      void client.invalidateQueries({ queryKey: ['ticket', estimate.ticket.id] })
      onClose()
    },
  })
  return (
    <Dialog title={t('answerTitle')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <p className={css.comment}>«{estimate.comment}»</p>
        <Textarea label={t('answer')} required autosize minRows={3} {...form.field('answer')} />
        <TextInput type="date" label={t('validUntil')} {...form.field('validUntil')} />
        <FormError error={form.failure} />
        <div className={css.buttons}>
          <Button type="submit" loading={form.busy} disabled={form.values.answer.trim() === ''}>
            {t('offer')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
