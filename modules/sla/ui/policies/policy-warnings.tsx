import { TextInput } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { useState } from 'react'
import { readWarnings, warningsOf } from './policy-matrix.ts'
import type { PolicyPart } from './policy-table.tsx'
import { policyWords } from './policy-words.ts'

/** At which shares of the time people are warned. */
export function PolicyWarnings({ spec, may, onChange }: PolicyPart) {
  const t = useWords(policyWords)
  const present = warningsOf(spec).join(', ')
  const [typed, setTyped] = useState(present)
  const read = readWarnings(typed)
  // another version, or a change that was thrown away, stands over what was typed
  const isOther = read !== null && read.join(', ') !== present
  return (
    <TextInput
      label={t('warnings')}
      description={t('warningsHint')}
      inputMode="numeric"
      disabled={!may}
      value={isOther ? present : typed}
      error={read === null && t('warningsWrong')}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        const percents = readWarnings(text)
        if (percents) onChange({ ...spec, warnings: percents })
      }}
    />
  )
}
