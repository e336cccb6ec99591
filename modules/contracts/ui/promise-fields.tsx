import { NativeSelect } from '@mantine/core'
import { DurationInput, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import type { PromiseChange } from './version-terms.ts'

interface PromiseFieldsProps {
  value: PromiseChange
  onChange: (value: PromiseChange) => void
}

interface Named {
  code: string
  nameRu: string
  nameEn: string
}

/** What is promised and in which hours, and what this contract says of it beside its policy. */
export function PromiseFields({ value, onChange }: PromiseFieldsProps) {
  const t = useWords(deskWords)
  const policies = useNamed('/sla-policies', value.slaPolicyCode)
  const calendars = useNamed('/calendars', value.calendarCode)
  return (
    <div className={css.pair}>
      <NativeSelect
        label={t('slaPolicy')}
        data={policies}
        value={value.slaPolicyCode}
        onChange={(event) => onChange({ ...value, slaPolicyCode: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('serviceHours')}
        data={calendars}
        value={value.calendarCode}
        onChange={(event) => onChange({ ...value, calendarCode: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('vendorWait')}
        data={(['policy', 'stops', 'runs'] as const).map((one) => ({ value: one, label: t(`vendorWait_${one}`) }))}
        value={value.vendorWait}
        onChange={(event) =>
          onChange({ ...value, vendorWait: event.currentTarget.value as PromiseChange['vendorWait'] })
        }
      />
      <DurationInput
        label={t('duty')}
        value={value.dutyMinutes}
        onChange={(dutyMinutes) => onChange({ ...value, dutyMinutes })}
      />
    </div>
  )
}

/** Choices of a dictionary; the present one stands there while the rest is on its way. */
function useNamed(path: string, present: string): { value: string; label: string }[] {
  const { locale } = useLocale()
  const list = useQuery({
    queryKey: [path.slice(1)],
    queryFn: ({ signal }) => api.get<{ items: Named[] }>(path, { signal }),
    retry: false,
  })
  if (!list.data) return [{ value: present, label: present }]
  return list.data.items.map((row) => ({ value: row.code, label: locale === 'ru' ? row.nameRu : row.nameEn }))
}
