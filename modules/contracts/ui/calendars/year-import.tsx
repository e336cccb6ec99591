import { Button, Checkbox, FileButton, Textarea, TextInput } from '@mantine/core'
import { formatDate } from '@opora/platform/i18n'
import { Dialog, FormError, Pill, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { productionYearsPreview } from '../../contract.ts'
import { MovedTickets } from './calendar-moves.tsx'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'

type Preview = z.infer<typeof productionYearsPreview>

/** A new year of the production calendar: the file is counted and compared first, and taken after it has been looked at. */
export function YearImport({ onClose }: { onClose: () => void }) {
  const t = useWords(calendarWords)
  const cache = useQueryClient()
  const [preview, setPreview] = useState<Preview | null>(null)
  const form = useForm({
    initial: { text: '', source: '', acceptNotes: false },
    submit: async ({ text, source, acceptNotes }, key) => {
      const file = { data: readJson(text), source }
      if (preview) return await api.post('/production-years', { ...file, acceptNotes }, { key })
      setPreview(await api.post<Preview>('/production-years/preview', file, { key }))
      return null
    },
    onDone: (taken) => {
      if (taken === null) return
      toast.ok(t('loaded'))
      void cache.invalidateQueries({ queryKey: ['production-years'] })
      void cache.invalidateQueries({ queryKey: ['calendar-year'] })
      onClose()
    },
  })
  const { text, acceptNotes } = form.values
  const isJson = text.trim() === '' || readJson(text) !== undefined
  const hasNotes = preview?.items.some((item) => item.notes.length > 0) ?? false
  // Another file is another question.
  const put = (next: string) => {
    setPreview(null)
    form.set('text', next)
  }
  return (
    <Dialog title={t('importYear')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.fine}>{t('importHint')}</p>
        <div>
          <FileButton accept=".json,application/json" onChange={(file) => void file?.text().then(put)}>
            {(button) => (
              <Button {...button} variant="default">
                {t('chooseFile')}
              </Button>
            )}
          </FileButton>
        </div>
        <Textarea
          label={t('fileText')}
          rows={4}
          value={text}
          error={!isJson && t('notJson')}
          onChange={(event) => put(event.currentTarget.value)}
        />
        <TextInput
          label={t('source')}
          description={t('sourceHint')}
          value={form.values.source}
          onChange={(event) => {
            setPreview(null)
            form.set('source', event.currentTarget.value)
          }}
        />
        {preview?.items.map((item) => (
          <ReadYear key={item.year} item={item} />
        ))}
        {preview && <MovedTickets moves={preview.moves} />}
        {hasNotes && <Checkbox label={t('acceptNotes')} {...form.check('acceptNotes')} />}
        <FormError error={form.failure} />
        <Faults failure={form.failure} />
        <div className={css.acts}>
          <Button
            type="submit"
            loading={form.busy}
            disabled={text.trim() === '' || !isJson || (hasNotes && !acceptNotes)}
          >
            {preview ? t('load') : t('check')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Every place at which a file denies itself. */
function Faults({ failure }: { failure: unknown }) {
  // The sentence about the file as a whole stands above.
  const faults = failure instanceof ApiError ? failure.faults().filter((fault) => fault.field !== 'data') : []
  if (faults.length === 0) return null
  return (
    <ul>
      {faults.map((fault) => (
        <li key={`${fault.field} ${fault.message}`}>
          {fault.message} <span className={css.fine}>{fault.field.replace(/^data\.?/, '')}</span>
        </li>
      ))}
    </ul>
  )
}

function ReadYear({ item }: { item: Preview['items'][number] }) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const { counts } = item
  return (
    <section>
      <p className={css.strong}>
        {item.year} <Pill tone={item.status === 'approved' ? 'ok' : 'warn'}>{t(`status_${item.status}`)}</Pill>{' '}
        {item.replaces && <span className={css.fine}>{t('replaces')}</span>}
      </p>
      <p className={css.fine}>
        {t('counted', {
          working: counts.working,
          off: counts.off,
          shortened: counts.shortened,
          hours: counts.hours40,
          quarters: counts.quarters.join(', '),
        })}
      </p>
      {item.notes.length > 0 && (
        <>
          <p className={css.strong}>{t('notes')}</p>
          <ul>
            {item.notes.map((note) => (
              <li key={`${note.code} ${note.value}`}>
                {note.message} {note.value}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{t('changesKinds', { n: item.changed.length })}</summary>
        <ul>
          {item.changed.map((day) => (
            <li key={day.date}>
              {formatDate(day.date, locale)}: {t(`kind_${day.before}`)} → {t(`kind_${day.after}`)}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
