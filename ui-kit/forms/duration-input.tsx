import { TextInput, type TextInputProps } from '@mantine/core'
import { type Minutes, minutesInWords } from '@opora/core'
import { parseMinutes } from '@opora/platform/i18n'
import { useState } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useLocale, useWords } from '../locale/locale.tsx'
import css from './forms.module.css'

export interface DurationInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Whole minutes, `null` while empty or not understood. */
  value: Minutes | null
  onChange: (value: Minutes | null) => void
}

/** A length of time as people type it: `1:30`, `90`, `1ч 30м`, `1,5ч`. Says beside the field how it was understood. */
export function DurationInput({ value, onChange, error, ...rest }: DurationInputProps) {
  const t = useWords(kitWords)
  const { locale } = useLocale()
  const [text, setText] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const shown = text ?? (value === null ? '' : minutesInWords(value, locale))
  const wrong = left && shown.trim() !== '' && parseMinutes(shown) === null
  return (
    <TextInput
      {...rest}
      value={shown}
      placeholder={rest.placeholder ?? '1:30'}
      title={t('durationHint')}
      error={error ?? (wrong ? t('durationWrong') : undefined)}
      rightSectionWidth="auto"
      rightSectionPointerEvents="none"
      rightSectionProps={{ className: css.echo, style: { paddingInline: 10 } }}
      rightSection={text !== null && value !== null ? `= ${minutesInWords(value, locale)}` : undefined}
      onChange={(event) => {
        setText(event.currentTarget.value)
        setLeft(false)
        onChange(parseMinutes(event.currentTarget.value))
      }}
      onBlur={(event) => {
        rest.onBlur?.(event)
        setLeft(true)
        if (value !== null) setText(null)
      }}
    />
  )
}
