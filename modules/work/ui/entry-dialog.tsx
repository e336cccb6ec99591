import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { confirm, Dialog, DurationInput, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { TimeEntryView } from '../contract.ts'
import { type EntryValues, entryBody, valuesOf } from './entry-values.ts'
import { PreviewSentence, ServiceSelect } from './service-choice.tsx'
import { type AskedTime, usePreview } from './time-preview.ts'
import { useActivities } from './timer-data.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

interface DialogProps {
  ticketId: number
  /** `null` for a new one. */
  entry: TimeEntryView | null
  onClose: () => void
}

/** Logs time by hand, or corrects an entry: in place while its month is open, else by a pair with a reason. */
export function EntryDialog({ ticketId, entry, onClose }: DialogProps) {
  const t = useWords(workWords)
  const client = useQueryClient()
  const activities = useActivities()
  const isPartner = useMe()?.side === 'partner'
  const done = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['ticket', ticketId] }),
      client.invalidateQueries({ queryKey: ['time'] }),
    ])
    onClose()
  }
  const form = useForm<EntryValues>({
    initial: valuesOf(entry, new Date()),
    submit: (values, key) => {
      const body = entryBody(values, activities[0]?.code ?? '')
      if (!entry) return api.post(`/tickets/${ticketId}/time`, body, { key })
      const { service: _, ...rest } = body
      // a service that stays is no change: the rules are asked anew only about another one
      const changed = values.service === valuesOf(entry, new Date()).service ? rest : body
      return api.patch(`/time/${entry.id}`, { ...changed, reason: values.reason }, { version: entry.version })
    },
    onDone: () => {
      toast.ok(t('saved'))
      void done()
    },
  })
  const preview = usePreview(ticketId, askedOf(form.values, activities[0]?.code ?? ''))
  const reverse = async (own: TimeEntryView) => {
    if (!(await confirm({ title: t('reverseTitle'), action: t('reverse'), danger: true }))) return
    try {
      await api.post(`/time/${own.id}/reverse`, { reason: form.values.reason }, { version: own.version })
      await done()
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
  }
  return (
    <Dialog title={t(entry ? 'editTime' : 'addTime')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <div className={css.row}>
          <DurationInput label={t('minutes')} {...form.choice('minutes')} />
          <TextInput type="date" label={t('date')} {...form.field('date')} />
        </div>
        <div className={css.row}>
          <TextInput type="time" label={t('from')} {...form.field('from')} />
          <TextInput type="time" label={t('to')} {...form.field('to')} />
        </div>
        <NativeSelect
          label={t('activity')}
          data={activities.map(({ code, name }) => ({ value: code, label: name }))}
          {...form.field('activity')}
        />
        <ServiceSelect
          preview={preview}
          value={form.values.service}
          onChange={(service) => form.set('service', service)}
          kept={entry !== null}
        />
        <Textarea label={t('note')} description={t('noteHint')} autosize minRows={2} {...form.field('note')} />
        {!isPartner && (
          <NativeSelect
            label={t('billable')}
            data={[
              { value: '', label: t('byRules') },
              { value: 'yes', label: t('yes') },
              { value: 'no', label: t('no') },
            ]}
            {...form.field('billable')}
          />
        )}
        <div className={css.checks}>
          <Checkbox label={t('urgent')} {...form.check('urgent')} />
          <Checkbox label={t('onSite')} {...form.check('onSite')} />
          <Checkbox label={t('visible')} {...form.check('visible')} />
        </div>
        {entry && (
          <TextInput
            label={t('reason')}
            description={entry.periodClosed ? t('reasonHint') : undefined}
            required={entry.periodClosed}
            {...form.field('reason')}
          />
        )}
        <PreviewSentence preview={preview} />
        <FormError error={form.failure} />
        <div className={css.buttons}>
          {entry && (
            <Button variant="subtle" color="red" onClick={() => void reverse(entry)}>
              {t('reverse')}
            </Button>
          )}
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** What the preview asks of a form that is being filled in; without a day there is nothing to ask yet. */
function askedOf(values: EntryValues, firstActivity: string): AskedTime {
  const { activity, urgent } = values
  if (values.date === '') return { activity: activity || firstActivity, urgent }
  const { note: _note, visible: _visible, ...asked } = entryBody(values, firstActivity)
  return asked
}
