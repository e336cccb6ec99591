import { TextInput, type TextInputProps } from '@mantine/core'
import type { Kopecks } from '@opora/core'
import { useState } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { parseKopecks, plainRoubles } from './parse-kopecks.ts'

export interface MoneyInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Kopecks, `null` while empty or not understood. */
  value: Kopecks | null
  onChange: (value: Kopecks | null) => void
}

/** A sum of roubles as people type it: `1 700`, `1700,50`. */
export function MoneyInput({ value, onChange, error, ...rest }: MoneyInputProps) {
  const t = useWords(kitWords)
  const [text, setText] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const shown = text ?? (value === null ? '' : plainRoubles(value))
  const wrong = left && shown.trim() !== '' && parseKopecks(shown) === null
  return (
    <TextInput
      {...rest}
      value={shown}
      inputMode="decimal"
      rightSection="₽"
      rightSectionPointerEvents="none"
      error={error ?? (wrong ? t('moneyWrong') : undefined)}
      onChange={(event) => {
        setText(event.currentTarget.value)
        setLeft(false)
        onChange(parseKopecks(event.currentTarget.value))
      }}
      onBlur={(event) => {
        rest.onBlur?.(event)
        setLeft(true)
        if (value !== null) setText(null)
      }}
    />
  )
}
