import { Button, Textarea } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { Outcome, Ticket } from '../../contract.ts'
import { OutcomeFields } from './outcome-fields.tsx'
import { type FieldValues, missingFields, outcomeData } from './reply-rules.ts'
import { replyWords } from './reply-words.ts'
import css from './ticket.module.css'
import { useRefreshTicket } from './use-ticket.ts'

interface DialogProps {
  ticket: Ticket
  outcome: Outcome
  onClose: () => void
}

/** The fields of an outcome, and the words that go with it where their writer has no box for them. */
export function OutcomeDialog({ ticket, outcome, onClose }: DialogProps) {
  const t = useWords(replyWords)
  const refresh = useRefreshTicket(ticket.id)
  const form = useForm({
    initial: { data: {} as FieldValues, text: '' },
    submit: ({ data, text }, key) =>
      api.post(
        `/tickets/${ticket.id}/outcomes`,
        {
          ...{ outcome: outcome.id, taskId: outcome.taskId, data: outcomeData(outcome, data) },
          ...(outcome.needs ? { [outcome.needs]: { text } } : {}),
        },
        { key },
      ),
    onDone: () => {
      toast.ok(t('outcomeDone', { outcome: outcome.label }))
      void refresh()
      onClose()
    },
  })
  const { data, text } = form.values
  return (
    <Dialog title={outcome.label} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <OutcomeFields
          outcome={outcome}
          values={data}
          onValue={(name, value) => form.set('data', { ...data, [name]: value })}
        />
        {outcome.needs && (
          <Textarea
            {...form.field('text')}
            label={t(outcome.needs === 'note' ? 'wordNote' : 'wordReply')}
            required
            autosize
            minRows={3}
          />
        )}
        <FormError error={form.failure} />
        <div className={css.buttons}>
          <Button
            type="submit"
            color={outcome.style === 'danger' ? 'red' : 'accent'}
            loading={form.busy}
            disabled={missingFields(outcome, data).length > 0 || (outcome.needs !== null && text.trim() === '')}
          >
            {outcome.label}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
