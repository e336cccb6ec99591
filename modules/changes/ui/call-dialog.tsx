import { Button, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { ChangeRowView, SessionView } from '../contract.ts'
import css from './board.module.css'
import { isoOf, useRefreshChanges } from './board-data.ts'
import { boardWords } from './board-words.ts'

interface CallDialogProps {
  mode: 'meeting' | 'correspondence'
  changes: readonly Pick<ChangeRowView, 'id' | 'ticket'>[]
  onClose: () => void
  onDone?: () => void
}

/** Calls a meeting or a vote by correspondence on the chosen changes. */
export function CallDialog({ mode, changes, onClose, onDone }: CallDialogProps) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  const form = useForm({
    initial: { title: '', place: '', at: '' },
    submit: ({ title, place, at }, key) => {
      const moment = isoOf(at)
      const when = moment === null ? {} : mode === 'meeting' ? { startsAt: moment } : { deadlineAt: moment }
      const changeIds = changes.map((change) => change.id)
      return api.post<SessionView>('/board/sessions', { mode, title, place, changeIds, ...when }, { key })
    },
    onDone: () => {
      toast.ok(t('called'))
      onClose()
      onDone?.()
      void refresh()
    },
  })
  return (
    <Dialog title={t(mode === 'meeting' ? 'callMeeting' : 'callVote')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <ul className={css.reasons}>
          {changes.map((change) => (
            <li key={change.id}>
              № {change.ticket.number}. {change.ticket.subject}
            </li>
          ))}
        </ul>
        {mode === 'meeting' && (
          <>
            <TextInput {...form.field('title')} label={t('title')} />
            <TextInput {...form.field('place')} label={t('place')} />
          </>
        )}
        <TextInput
          {...form.field('at')}
          type="datetime-local"
          label={t(mode === 'meeting' ? 'startsAt' : 'deadline')}
          {...(mode === 'meeting' ? {} : { description: t('byRules') })}
        />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t(mode === 'meeting' ? 'callMeeting' : 'callVote')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
