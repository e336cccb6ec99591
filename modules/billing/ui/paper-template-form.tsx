import { Button, Textarea, TextInput } from '@mantine/core'
import { Card, confirm, FormError, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { type ChangeEvent, useState } from 'react'
import type { TemplateBody, TemplateKindView } from '../templates.contract.ts'
import { PaperTemplateColumns, PaperTemplateParts } from './paper-template-columns.tsx'
import { PaperTemplateLogo } from './paper-template-logo.tsx'
import { paperTemplateWords } from './paper-template-words.ts'
import css from './paper-templates.module.css'

export type TemplateSettings = NonNullable<TemplateBody['settings']>

const TEXTS = ['header', 'before', 'after', 'footer'] as const

interface FormProps {
  of: TemplateKindView
  fields: string[]
  legalEntityId: number | null
  initial: TemplateSettings
  onSaved: () => void
}

/** The look of one kind of paper from a day on. The server says which field is wrong. */
export function PaperTemplateForm({ of, fields, legalEntityId, initial, onSaved }: FormProps) {
  const t = useWords(paperTemplateWords)
  const [settings, setSettings] = useState<TemplateSettings>(initial)
  const change = (part: Partial<TemplateSettings>) => setSettings((before) => ({ ...before, ...part }))
  const form = useForm({
    initial: { from: today() },
    submit: ({ from }, key) =>
      api.post('/document-templates', { kind: of.kind, legalEntityId, from, settings }, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      onSaved()
    },
  })
  const text = (field: (typeof TEXTS)[number]) => ({
    label: t(field),
    value: settings[field],
    onChange: (event: ChangeEvent<HTMLTextAreaElement>) => change({ [field]: event.currentTarget.value }),
  })
  const about = { kind: of.kind, legalEntityId, from: form.values.from }
  return (
    <Card>
      <form className={css.form} onSubmit={form.submit}>
        {of.columns.length === 0 && <p className={css.quiet}>{t('byLaw')}</p>}
        {of.mayBeNamed && (
          <TextInput
            label={t('name')}
            description={t('nameHint')}
            value={settings.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
        )}
        {TEXTS.map((field) => (
          <Textarea key={field} {...text(field)} autosize minRows={field === 'footer' ? 1 : 2} />
        ))}
        <p className={css.fields}>
          {t('fields')}: {fields.map((name) => `{${name}}`).join(' ')}
        </p>
        <PaperTemplateLogo logo={settings.logo} onChange={(logo) => change({ logo })} />
        {of.columns.length > 0 && (
          <PaperTemplateColumns of={of} columns={settings.columns} onChange={(columns) => change({ columns })} />
        )}
        {of.parts.length > 0 && (
          <PaperTemplateParts of={of} hidden={settings.hidden} onChange={(hidden) => change({ hidden })} />
        )}
        <TextInput {...form.field('from')} type="date" label={t('from')} description={t('fromHint')} required />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
          <PreviewButton about={about} settings={settings} />
          <ResetButton about={about} onDone={onSaved} />
        </div>
      </form>
    </Card>
  )
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

type About = Omit<TemplateBody, 'settings'>

/** The sample is saved as a file: the page itself shows no foreign content. */
function PreviewButton({ about, settings }: { about: About; settings: TemplateSettings }) {
  const t = useWords(paperTemplateWords)
  const [busy, setBusy] = useState(false)
  const preview = async () => {
    setBusy(true)
    try {
      const { kind, legalEntityId } = about
      const { pdf } = await api.post<{ pdf: string }>('/document-templates/preview', { kind, legalEntityId, settings })
      saveFile(
        Uint8Array.from(atob(pdf), (sign) => sign.charCodeAt(0)),
        `${t(kind)}.pdf`,
      )
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="default" loading={busy} onClick={() => void preview()}>
      {t('preview')}
    </Button>
  )
}

function saveFile(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

function ResetButton({ about, onDone }: { about: About; onDone: () => void }) {
  const t = useWords(paperTemplateWords)
  const { locale } = useLocale()
  const reset = async () => {
    const date = new Date(`${about.from}T12:00:00`).toLocaleDateString(locale)
    const sure = await confirm({ title: t('resetTitle'), text: t('resetText', { date }), action: t('reset') })
    if (!sure) return
    try {
      await api.post('/document-templates', { ...about, settings: null })
      toast.ok(t('wasReset'))
      onDone()
    } catch (error) {
      toast.error((error as Error).message)
    }
  }
  return (
    <Button variant="subtle" onClick={() => void reset()}>
      {t('reset')}
    </Button>
  )
}
