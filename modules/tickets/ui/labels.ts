import type { Tone } from '@opora/ui-kit'
import { useLocale } from '@opora/ui-kit'
import { useMemo } from 'react'
import { labelWords } from './labels-words.ts'

export type Level = 1 | 2 | 3 | 4

/** What the words of a field's value begin with in the dictionary. */
type Field = 'kind' | 'channel' | 'state' | 'wait' | 'metric' | 'entitlement' | 'flag' | 'link' | 'licence'

/** Names of values that come from the server; a value that has no name yet is shown as it is. */
export function useLabels() {
  const { locale } = useLocale()
  return useMemo(() => {
    const words: Record<string, Record<'ru' | 'en', string>> = labelWords
    return {
      of: (field: Field, value: string): string => words[`${field}_${value}`]?.[locale] ?? value,
      priority: (level: number): string => words[`priority${level}`]?.[locale] ?? String(level),
    }
  }, [locale])
}

export type Labels = ReturnType<typeof useLabels>

export function levelOf(priority: number): Level {
  return priority <= 1 ? 1 : priority >= 4 ? 4 : (priority as Level)
}

interface Standing {
  state: string
  waitingFor: string | null
}

/** The colour of a ticket's status: whose turn it is, not how urgent it is. */
export function statusTone({ state, waitingFor }: Standing): Tone {
  if (state === 'closed') return 'neutral'
  if (state === 'confirming') return 'ok'
  if (waitingFor !== null || state === 'waiting') return 'violet'
  return 'info'
}
