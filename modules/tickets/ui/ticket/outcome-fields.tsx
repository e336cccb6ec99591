import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { FileButton, useWords } from '@opora/ui-kit'
import { ApiError, upload } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { Outcome } from '../../contract.ts'
import type { FieldValues } from './reply-rules.ts'
import { replyWords } from './reply-words.ts'
import css from './ticket.module.css'

interface FieldsProps {
  outcome: Outcome
  values: FieldValues
  onValue: (name: string, value: FieldValues[string]) => void
}

const INPUT_TYPES: Record<string, string> = { number: 'number', date: 'date', datetime: 'datetime-local' }

/** What an outcome must be told before it goes off. */
export function OutcomeFields({ outcome, values, onValue }: FieldsProps) {
  return (
    <div className={css.fields}>
      {outcome.fields.map((field) => (
        <OutcomeField key={field.name} field={field} value={values[field.name] ?? null} onValue={onValue} />
      ))}
    </div>
  )
}

interface FieldProps {
  field: Outcome['fields'][number]
  value: FieldValues[string]
  onValue: FieldsProps['onValue']
}

function OutcomeField({ field, value, onValue }: FieldProps) {
  const t = useWords(replyWords)
  const { name, label, required } = field
  const props = { label, required, name }
  const set = (next: FieldValues[string]) => onValue(name, next)
  const text = value === null ? '' : String(value)
  switch (field.type) {
    case 'boolean':
    case 'checklist':
      return (
        <Checkbox label={label} name={name} checked={value === true} onChange={(e) => set(e.currentTarget.checked)} />
      )
    case 'choice':
      return (
        <NativeSelect
          {...props}
          value={text}
          data={[{ value: '', label: t('choose') }, ...field.options]}
          onChange={(e) => set(e.currentTarget.value)}
        />
      )
    case 'longtext':
      return (
        <Textarea
          {...props}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(e) => set(e.currentTarget.value)}
        />
      )
    case 'file':
      return <FileField label={label} onFile={set} />
    default:
      return (
        <TextInput
          {...props}
          type={INPUT_TYPES[field.type] ?? 'text'}
          value={text}
          onChange={(e) => set(e.currentTarget.value)}
        />
      )
  }
}

function FileField({ label, onFile }: { label: string; onFile: (id: string | null) => void }) {
  const t = useWords(replyWords)
  const [said, setSaid] = useState<string | null>(null)
  const send = async ([file]: File[]) => {
    if (!file) return
    setSaid(`${file.name}…`)
    try {
      const { id, name } = await upload<{ id: string; name: string }>('/uploads', file)
      onFile(id)
      setSaid(name)
    } catch (error) {
      setSaid(error instanceof ApiError ? error.message : file.name)
    }
  }
  return (
    <div className={css.fileField}>
      <span>{label}</span>
      <FileButton onFiles={(files) => void send(files)} />
      <span className={css.quiet}>{said ?? t('chooseFile')}</span>
    </div>
  )
}
