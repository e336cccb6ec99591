import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, confirm, FormError, Loaded, Page, toast, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { ApiError, api, isConflict } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TopicSetting } from '../../dictionaries.contract.ts'
import { formFaults } from '../../domain/form-check.ts'
import { GENERAL_FORM } from '../../domain/general-form.ts'
import type { Answers, FormField } from '../../domain/request-form.ts'
import type { TopicForm } from '../../forms.contract.ts'
import { FormFields } from '../form/form-fields.tsx'
import { useCoded } from './coded-data.ts'
import { FieldEditor } from './field-editor.tsx'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

/** A topic's form: its fields in order, with what the client will see beside them. */
export function FormPage() {
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const { params } = useRoute()
  const code = params['code'] ?? ''
  const query = useQuery({
    queryKey: ['topics', code, 'form'],
    queryFn: ({ signal }) => api.get<TopicForm>(`/topics/${encodeURIComponent(code)}/form`, { signal }),
    refetchOnWindowFocus: false,
  })
  const topic = useCoded<TopicSetting>('/topic-settings').data?.items.find((one) => one.code === code)
  const name = topic ? (locale === 'ru' ? topic.nameRu : topic.nameEn) : code
  return (
    <Page
      title={t('formOf', { name })}
      crumbs={[
        { to: '/desk/settings', label: t('settings') },
        { to: '/desk/settings/topics', label: t('topics') },
      ]}
    >
      <Loaded query={query}>{(form) => <Editor key={form.version} form={form} />}</Loaded>
    </Page>
  )
}

let lastKey = 0
/** A field with a name of its own on the screen: its name in the form may be typed anew. */
interface Edited {
  key: number
  field: FormField
}
const edited = (field: FormField): Edited => {
  lastKey += 1
  return { key: lastKey, field }
}

function freshField(fields: readonly FormField[]): FormField {
  const names = new Set(fields.map((field) => field.name))
  let number = fields.length + 1
  while (names.has(`field_${number}`)) number += 1
  const words = { ru: `Вопрос ${number}`, en: `Question ${number}` }
  const rest = { options: [], shownWhen: [], requiredWhen: [] }
  return { name: `field_${number}`, kind: 'text', label: words, help: { ru: '', en: '' }, need: 'wanted', ...rest }
}

function Editor({ form }: { form: TopicForm }) {
  const t = useWords(settingsWords)
  const may = useCan()('topic.change')
  const [rows, setRows] = useState(() => form.fields.map(edited))
  const [open, setOpen] = useState<number | null>(null)
  const saving = useSaving(form)
  const fields = rows.map((row) => row.field)
  const dirty = JSON.stringify(fields) !== JSON.stringify(form.fields)
  const faults = saving.faults ?? formFaults(fields).map(({ field, message }) => ({ field, message }))
  const change = (next: Edited[]) => {
    saving.forget()
    setRows(next)
  }
  const move = (index: number, by: -1 | 1) => {
    const next = [...rows]
    const [row] = next.splice(index, 1)
    next.splice(index + by, 0, row!)
    change(next)
  }
  const add = () => {
    const row = edited(freshField(fields))
    change([...rows, row])
    setOpen(row.key)
  }
  const clear = async () => {
    if (await confirm({ title: t('clearForm'), text: t('formNone'), action: t('clearForm') })) await saving.save([])
  }
  return (
    <>
      <p className={css.lead}>{form.version > 0 ? t('formLead', { n: form.version }) : t('formNone')}</p>
      <div className={css.editor}>
        <div className={css.form}>
          {rows.length === 0 && <p className={css.quiet}>{t('formNone')}</p>}
          {rows.map((row, index) => (
            <FieldEditor
              key={row.key}
              field={row.field}
              others={fields.filter((_one, at) => at !== index)}
              faults={faults.filter((fault) => fault.field.startsWith(`fields.${index}.`))}
              isOpen={open === row.key}
              isFirst={index === 0}
              isLast={index === rows.length - 1}
              onOpen={() => setOpen(open === row.key ? null : row.key)}
              onChange={(field) => change(rows.map((one) => (one.key === row.key ? { ...one, field } : one)))}
              onMove={(by) => move(index, by)}
              onRemove={() => change(rows.filter((one) => one.key !== row.key))}
            />
          ))}
          {may && (
            <div className={css.tools}>
              <Button variant="default" onClick={add}>
                {t('addField')}
              </Button>
              <Button loading={saving.busy} disabled={!dirty} onClick={() => void saving.save(fields)}>
                {t('save')}
              </Button>
              {dirty && <span className={css.quiet}>{t('unsaved')}</span>}
              {form.fields.length > 0 && (
                <Button variant="subtle" color="gray" onClick={() => void clear()}>
                  {t('clearForm')}
                </Button>
              )}
            </div>
          )}
          {isConflict(saving.failure) ? <p role="alert">{t('stale')}</p> : <FormError error={saving.failure} />}
        </div>
        <Preview fields={fields.length > 0 ? fields : GENERAL_FORM} />
      </div>
    </>
  )
}

function useSaving(form: TopicForm) {
  const t = useWords(settingsWords)
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const save = async (fields: FormField[]) => {
    setBusy(true)
    setFailure(null)
    try {
      await api.put(`/topics/${form.topic}/form`, { fields }, { version: form.version })
      toast.ok(t('saved'))
      await client.invalidateQueries({ queryKey: ['topics'] })
      await client.invalidateQueries({ queryKey: ['dictionary', '/topic-settings'] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const told = failure instanceof ApiError ? failure.faults().filter((fault) => fault.field.startsWith('fields.')) : []
  return {
    busy,
    failure,
    save,
    forget: () => setFailure(null),
    faults: told.length > 0 ? told.map(({ field, message }) => ({ field, message })) : null,
  }
}

/** The form as a client fills it in; what is typed here goes nowhere. */
function Preview({ fields }: { fields: readonly FormField[] }) {
  const t = useWords(settingsWords)
  const [answers, setAnswers] = useState<Answers>({})
  const [portalId, setPortal] = useState<number | null>(null)
  return (
    <div className={css.preview}>
      <Card title={t('preview')}>
        <p className={css.lead}>{t('previewLead')}</p>
        <FormFields
          fields={fields}
          answers={answers}
          onAnswer={(name, answer) => setAnswers((before) => ({ ...before, [name]: answer }))}
          portalId={portalId}
          portals={[{ id: 1, name: t('previewPortal') }]}
          onPortal={setPortal}
          withFiles
        />
      </Card>
    </div>
  )
}
