import type { Locale } from '@opora/core'
import { PickList, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomField } from '../../dictionaries.contract.ts'
import { listWords } from './list-words.ts'

function useOwnFields(): CustomField[] {
  const fields = useQuery({
    queryKey: ['dictionary', '/custom-fields'],
    queryFn: ({ signal }) => api.get<{ items: CustomField[] }>('/custom-fields', { signal }),
    staleTime: 600_000,
  })
  return fields.data?.items ?? []
}

const nameOf = (field: CustomField, locale: Locale) => (locale === 'ru' ? field.nameRu : field.nameEn)

function useChoices(): (field: CustomField) => { key: string; label: string }[] {
  const t = useWords(listWords)
  const { locale } = useLocale()
  return (field) =>
    field.kind === 'yes_no'
      ? [
          { key: 'yes', label: t('yes') },
          { key: 'no', label: t('no') },
        ]
      : field.options.map((one) => ({ key: one.value, label: one.label[locale] }))
}

/** First which of the tickets' own fields, then its value. */
export function OwnFieldChoice({ set }: { set: (next: string) => void }) {
  const t = useWords(listWords)
  const { locale } = useLocale()
  const fields = useOwnFields()
  const choicesOf = useChoices()
  const [code, setCode] = useState<string | null>(null)
  const field = fields.find((one) => one.code === code)
  if (!field) {
    const choices = fields.map((one) => ({ key: one.code, label: nameOf(one, locale) }))
    return <PickList label={t('filter_custom')} choices={choices} onPick={({ key }) => setCode(key)} />
  }
  const choices = choicesOf(field)
  const label = nameOf(field, locale)
  const pick = (value: string) => set(`${field.code}:${value}`)
  if (choices.length > 0) return <PickList key={code} label={label} choices={choices} onPick={({ key }) => pick(key)} />
  return <PickList key={code} label={label} onPick={() => {}} onNew={{ label: (typed) => typed, run: pick }} />
}

/** An own field and its value as the chip shows them. */
export function OwnFieldValue({ value }: { value: string }) {
  const { locale } = useLocale()
  const fields = useOwnFields()
  const choicesOf = useChoices()
  const at = value.indexOf(':')
  const field = fields.find((one) => one.code === value.slice(0, at))
  const said = value.slice(at + 1)
  if (!field) return said
  const choice = choicesOf(field).find((one) => one.key === said)
  return `${nameOf(field, locale)} · ${choice?.label ?? said}`
}
