import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { FileButton, FileDrop, FileList, useLocale, useWords } from '@opora/ui-kit'
import { type ReactNode, useEffect } from 'react'
import { type Answer, type Answers, type FieldState, type FormField, readForm } from '../../domain/request-form.ts'
import { useUploads } from '../cabinet-uploads.ts'
import css from './form.module.css'
import { formWords } from './form-words.ts'

export interface FormFieldsProps {
  fields: readonly FormField[]
  answers: Answers
  onAnswer: (name: string, answer: Answer) => void
  portalId: number | null
  portals: readonly { id: number; name: string }[]
  onPortal: (id: number | null) => void
  /** What the server said of a field, by its name. */
  faults?: Readonly<Partial<Record<string, string>>>
  /** Files are asked for here, and not by the letter around. */
  withFiles?: boolean
  /** Something of the form is still on its way. */
  onBusy?: (busy: boolean) => void
  /** These alone are shown; the others are looked at by conditions. */
  only?: readonly string[]
  /** Files that came with the request already. */
  files?: number
}

/** A topic's form as it is filled in: fields come and go by the same rules as on the server. */
export function FormFields(props: FormFieldsProps) {
  const { fields, answers, portalId, files = 0, withFiles = false, only } = props
  const read = readForm(fields, answers, { portalId, files })
  const isAsked = ({ kind, name }: FormField) => (withFiles || kind !== 'file') && (only?.includes(name) ?? true)
  const shown = read.fields.filter((state) => state.shown && isAsked(state.field))
  return (
    <div className={css.fields}>
      {shown.map((state) => (
        <OneField key={state.field.name} state={state} {...props} />
      ))}
    </div>
  )
}

type FieldProps = FormFieldsProps & { state: FieldState }

function OneField(props: FieldProps) {
  const { state, answers, onAnswer, faults = {} } = props
  const { field, required } = state
  const t = useWords(formWords)
  const { locale } = useLocale()
  const answer = answers[field.name] ?? null
  const set = (next: Answer) => onAnswer(field.name, next)
  const text = typeof answer === 'string' ? answer : ''
  const common = {
    name: field.name,
    label: field.label[locale],
    description: field.help[locale] || undefined,
    required,
    error: faults[field.name],
  }
  const typed = {
    ...common,
    value: text,
    onChange: (e: { currentTarget: { value: string } }) => set(e.currentTarget.value),
  }
  switch (field.kind) {
    case 'long_text':
      return <Textarea {...typed} autosize minRows={2} maxRows={16} maxLength={20_000} />
    case 'choice': {
      const options = field.options.map((one) => ({ value: one.value, label: one.label[locale] }))
      return <NativeSelect {...typed} data={[{ value: '', label: t('choose') }, ...options]} />
    }
    case 'choices':
      return <Choices {...props} answer={Array.isArray(answer) ? answer : []} set={set} />
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof answer === 'number' ? answer : ''}
          onChange={(value) => set(typeof value === 'number' ? value : null)}
        />
      )
    case 'date':
      return <TextInput {...typed} type="date" />
    case 'yes_no':
      return <YesNo {...props} answer={answer} set={set} />
    case 'portal':
      return <Portal {...props} />
    case 'file':
      return <Files {...props} set={set} />
    default:
      return <TextInput {...typed} maxLength={500} />
  }
}

/** A group of ticks or of two radios under the field's name. */
function Group({ state, faults = {}, children }: FieldProps & { children: ReactNode }) {
  const { locale } = useLocale()
  const { field, required } = state
  const fault = faults[field.name]
  return (
    <fieldset className={css.group}>
      <legend>
        {field.label[locale]}
        {required && <span className={css.required}> *</span>}
      </legend>
      {field.help[locale] && <span className={css.help}>{field.help[locale]}</span>}
      {children}
      {fault && (
        <span className={css.fault} role="alert">
          {fault}
        </span>
      )}
    </fieldset>
  )
}

function Choices({ answer, set, ...props }: FieldProps & { answer: string[]; set: (next: Answer) => void }) {
  const { locale } = useLocale()
  return (
    <Group {...props}>
      {props.state.field.options.map((one) => (
        <Checkbox
          key={one.value}
          label={one.label[locale]}
          checked={answer.includes(one.value)}
          onChange={(event) => {
            const rest = answer.filter((value) => value !== one.value)
            set(event.currentTarget.checked ? [...rest, one.value] : rest)
          }}
        />
      ))}
    </Group>
  )
}

function YesNo({ answer, set, ...props }: FieldProps & { answer: Answer; set: (next: Answer) => void }) {
  const t = useWords(formWords)
  return (
    <Group {...props}>
      <div className={css.row}>
        {([true, false] as const).map((value) => (
          <label key={String(value)} className={css.option}>
            <input type="radio" name={props.state.field.name} checked={answer === value} onChange={() => set(value)} />
            {t(value ? 'yes' : 'no')}
          </label>
        ))}
      </div>
    </Group>
  )
}

function Portal({ state, portals, portalId, onPortal, faults = {} }: FieldProps) {
  const t = useWords(formWords)
  const { locale } = useLocale()
  const { field, required } = state
  return (
    <NativeSelect
      name={field.name}
      label={field.label[locale]}
      description={field.help[locale] || undefined}
      required={required}
      error={faults[field.name]}
      value={portalId === null ? '' : String(portalId)}
      data={[
        { value: '', label: t('portalAny') },
        ...portals.map((one) => ({ value: String(one.id), label: one.name })),
      ]}
      onChange={(event) => onPortal(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
    />
  )
}

function Files({ set, onBusy, ...props }: FieldProps & { set: (next: Answer) => void }) {
  const t = useWords(formWords)
  const uploads = useUploads()
  const ids = uploads.ids.join(' ')
  const { busy } = uploads
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the uploads change, not when the parent draws anew
  useEffect(() => {
    const before = props.answers[props.state.field.name] ?? null
    if (ids !== '' || before !== null) set(ids === '' ? null : ids.split(' '))
    onBusy?.(busy)
  }, [ids, busy])
  return (
    <FileDrop onFiles={uploads.add}>
      <Group {...props}>
        <div className={css.shot}>
          <FileButton onFiles={uploads.add} />
          {t('addFile')}
        </div>
        <FileList files={uploads.files} onRemove={uploads.remove} />
      </Group>
    </FileDrop>
  )
}
