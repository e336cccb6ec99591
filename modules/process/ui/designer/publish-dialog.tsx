import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { VersionView } from '../process-data.ts'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import { FindingsPanel, type Remark } from './findings-panel.tsx'

interface Props {
  processKey: string
  xml: string
  /** The number that the new version gets. */
  next: number
  remarks: readonly Remark[]
  onShow: (id: string | null) => void
  onClose: () => void
  onDone: () => void
}

/** Publishes the drawing, at once or from a moment on; what the server finds keeps it from being published, by name and place. */
export function PublishDialog({ processKey, xml, next, remarks, onShow, onClose, onDone }: Props) {
  const t = useWords(designerWords)
  const [when, setWhen] = useState('now')
  const errors = remarks.filter((remark) => remark.severity === 'error')
  const form = useForm({
    initial: { note: '', effectiveFrom: '' },
    submit: ({ note, effectiveFrom }, key) => {
      const from = when === 'later' && effectiveFrom ? { effectiveFrom: new Date(effectiveFrom).toISOString() } : {}
      return api.post<VersionView>(`/processes/${processKey}/versions`, { xml, note, ...from }, { key })
    },
    onDone: ({ version }) => {
      toast.ok(t('published', { version }))
      onDone()
    },
  })
  return (
    <Dialog title={next > 1 ? t('publishTitle', { version: next }) : t('publishFirst')} onClose={onClose}>
      {errors.length > 0 ? (
        <>
          <p className={css.bad}>{t('cannot')}</p>
          <FindingsPanel
            remarks={errors}
            checking={false}
            onShow={(id) => {
              onShow(id)
              onClose()
            }}
          />
        </>
      ) : (
        <form className={css.form} onSubmit={form.submit} noValidate>
          <p className={css.about}>{t('publishText')}</p>
          <TextInput label={t('note')} {...form.field('note')} />
          <div>
            <span className={css.label}>{t('from')}</span>
            <SegmentedControl
              size="xs"
              value={when}
              onChange={setWhen}
              data={[
                { value: 'now', label: t('atOnce') },
                { value: 'later', label: t('later') },
              ]}
            />
          </div>
          {when === 'later' && (
            <TextInput type="datetime-local" label={t('fromWhen')} {...form.field('effectiveFrom')} />
          )}
          <FormError error={form.failure} />
          <div className={css.acts}>
            <Button type="submit" loading={form.busy} disabled={when === 'later' && !form.values.effectiveFrom}>
              {t('publish')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
