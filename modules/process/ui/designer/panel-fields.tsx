import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Tag, useLocale, useWords } from '@opora/ui-kit'
import { type ReactNode, useEffect, useState } from 'react'
import type { Words } from '../process-data.ts'
import css from './designer.module.css'
import { panelWords } from './panel-words.ts'

/** A folded part of the panel with its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h3 className={css.sectionTitle}>{title}</h3>
      {children}
    </section>
  )
}

interface TextProps {
  label: string
  value: string
  onChange: (value: string) => void
  description?: string
  error?: string | undefined
  long?: boolean
  list?: string
}

/** A text that is written into the drawing when it is left or Enter is pressed: one stroke, one step of undoing. */
export function TextField({ label, value, onChange, description, error, long = false, list }: TextProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const write = () => text !== value && onChange(text)
  const common = {
    label,
    value: text,
    size: 'xs' as const,
    onBlur: write,
    onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
    ...(description ? { description } : {}),
    ...(error ? { error } : {}),
  }
  if (long) return <Textarea {...common} autosize minRows={2} maxRows={8} />
  return <TextInput {...common} {...(list ? { list } : {})} onKeyDown={(event) => event.key === 'Enter' && write()} />
}

/** The Russian text and, under it, the English one. */
export function PairField({
  label,
  ru,
  en,
  onRu,
  onEn,
  long = false,
}: {
  label: string
  ru: string
  en: string
  onRu: (value: string) => void
  onEn: (value: string) => void
  long?: boolean
}) {
  const t = useWords(panelWords)
  return (
    <div className={css.pair}>
      <TextField label={label} value={ru} onChange={onRu} long={long} />
      <TextField label={t('nameEn')} value={en} onChange={onEn} long={long} />
    </div>
  )
}

/** A choice of the catalogue's words. */
export function WordField({
  label,
  value,
  words,
  onChange,
  empty,
}: {
  label: string
  value: string
  words: readonly { code: string; ru: string; en: string }[]
  onChange: (code: string) => void
  empty?: string
}) {
  const { locale } = useLocale()
  const known = words.some((word) => word.code === value)
  return (
    <NativeSelect
      label={label}
      size="xs"
      value={value}
      data={[
        ...(empty === undefined ? [] : [{ value: '', label: empty }]),
        ...words.map((word) => ({ value: word.code, label: word[locale] })),
        ...(known || value === '' ? [] : [{ value, label: value }]),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Several roles, in the order in which they were added. */
export function RolesField({
  label,
  description,
  value,
  words,
  onChange,
}: {
  label: string
  description: string
  value: readonly string[]
  words: Words
  onChange: (codes: string[]) => void
}) {
  const t = useWords(panelWords)
  const { locale } = useLocale()
  const nameOf = (code: string) => words.roles.find((role) => role.code === code)?.[locale] ?? code
  const free = words.roles.filter((role) => !value.includes(role.code))
  return (
    <div className={css.roles}>
      <NativeSelect
        label={label}
        description={description}
        size="xs"
        value=""
        data={[
          { value: '', label: t('addRole') },
          ...free.map((role) => ({
            value: role.code,
            label: role.held ? role[locale] : t('notHeld', { role: role[locale] }),
          })),
        ]}
        onChange={(event) => event.currentTarget.value && onChange([...value, event.currentTarget.value])}
      />
      {value.length > 0 && (
        <div className={css.tags}>
          {value.map((code) => (
            <Tag key={code} onRemove={() => onChange(value.filter((other) => other !== code))}>
              {nameOf(code)}
            </Tag>
          ))}
        </div>
      )}
    </div>
  )
}
