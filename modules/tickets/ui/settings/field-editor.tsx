import { ActionIcon, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { classNames, useLocale, useWords } from '@opora/ui-kit'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { type FormField, fieldKinds, needs } from '../../domain/request-form.ts'
import { Conditions } from './conditions.tsx'
import { optionsText, readOptions } from './options-text.ts'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

export interface FieldEditorProps {
  field: FormField
  others: readonly FormField[]
  faults: readonly { field: string; message: string | { ru: string; en: string } }[]
  isOpen: boolean
  isFirst: boolean
  isLast: boolean
  onOpen: () => void
  onChange: (field: FormField) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** One field: folded it tells what it is, opened everything of it is set. */
export function FieldEditor(props: FieldEditorProps) {
  const { field, faults, isOpen } = props
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const name = field.label[locale] || field.name
  return (
    <section className={classNames(css.field, faults.length > 0 && css.faulty)} aria-label={name}>
      <div className={css.fieldHead}>
        <button type="button" className={css.open} aria-expanded={isOpen} onClick={props.onOpen}>
          <span className={css.name}>{name}</span>{' '}
          <span className={css.quiet}>
            {t(`kind_${field.kind}`)} · {t(`need_${field.need}`)}
            {field.shownWhen.length > 0 && ` · ${t('shownWhen')}…`}
          </span>
        </button>
        <ActionIcon aria-label={t('up', { name })} disabled={props.isFirst} onClick={() => props.onMove(-1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('down', { name })} disabled={props.isLast} onClick={() => props.onMove(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon aria-label={`${t('removeField')}: ${name}`} onClick={props.onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      {isOpen && <Body {...props} />}
      {faults.length > 0 && (
        <div className={css.fieldBody}>
          {faults.map(({ field: at, message }) => (
            <p key={at} className={css.fault} role="alert">
              {typeof message === 'string' ? message : message[locale]}
            </p>
          ))}
        </div>
      )}
    </section>
  )
}

function Body({ field, others, onChange }: FieldEditorProps) {
  const t = useWords(settingsWords)
  const set = (patch: Partial<FormField>) => onChange({ ...field, ...patch })
  const words = (part: 'label' | 'help', locale: 'ru' | 'en') => ({
    value: field[part][locale],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [part]: { ...field[part], [locale]: event.currentTarget.value } }),
  })
  const isChoice = field.kind === 'choice' || field.kind === 'choices'
  return (
    <div className={css.fieldBody}>
      <div className={css.pair}>
        <TextInput label={t('labelRu')} required maxLength={200} {...words('label', 'ru')} />
        <TextInput label={t('labelEn')} required maxLength={200} {...words('label', 'en')} />
      </div>
      <div className={css.pair}>
        <NativeSelect
          label={t('kind')}
          value={field.kind}
          data={fieldKinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
          onChange={(event) => {
            const kind = event.currentTarget.value as FormField['kind']
            set({ kind, options: kind === 'choice' || kind === 'choices' ? field.options : [] })
          }}
        />
        <NativeSelect
          label={t('need')}
          value={field.need}
          data={needs.map((value) => ({ value, label: t(`need_${value}`) }))}
          onChange={(event) => set({ need: event.currentTarget.value as FormField['need'] })}
        />
      </div>
      {isChoice && <Options options={field.options} onOptions={(options) => set({ options })} />}
      <div className={css.pair}>
        <TextInput label={t('helpRu')} maxLength={500} {...words('help', 'ru')} />
        <TextInput label={t('helpEn')} maxLength={500} {...words('help', 'en')} />
      </div>
      <TextInput
        label={t('fieldName')}
        value={field.name}
        maxLength={40}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Conditions
        title={t('shownWhen')}
        conditions={field.shownWhen}
        others={others}
        onConditions={(shownWhen) => set({ shownWhen })}
      />
      <Conditions
        title={t('requiredWhen')}
        conditions={field.requiredWhen}
        others={others}
        onConditions={(requiredWhen) => set({ requiredWhen })}
      />
    </div>
  )
}

function Options({
  options,
  onOptions,
}: {
  options: FormField['options']
  onOptions: (o: FormField['options']) => void
}) {
  const t = useWords(settingsWords)
  const [text, setText] = useState(() => optionsText(options))
  return (
    <Textarea
      label={t('options')}
      description={t('optionsHint')}
      autosize
      minRows={3}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onOptions(readOptions(event.currentTarget.value))
      }}
    />
  )
}
