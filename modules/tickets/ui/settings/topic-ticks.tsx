import { Checkbox } from '@mantine/core'
import { useLocale } from '@opora/ui-kit'
import type { TopicSetting } from '../../dictionaries.contract.ts'
import { useCoded } from './coded-data.ts'
import css from './settings.module.css'

/** Which topics something is for. */
export function TopicTicks({
  label,
  hint,
  topics,
  onTopics,
}: {
  label: string
  hint?: string
  topics: readonly string[]
  onTopics: (topics: string[]) => void
}) {
  const { locale } = useLocale()
  const known = useCoded<TopicSetting>('/topic-settings').data?.items ?? []
  const offered = known.filter((one) => !one.archived || topics.includes(one.code))
  return (
    <fieldset className={css.ticks}>
      <legend>{label}</legend>
      {hint && <span className={css.quiet}>{hint}</span>}
      <div className={css.inline}>
        {offered.map((one) => (
          <Checkbox
            key={one.code}
            size="xs"
            label={locale === 'ru' ? one.nameRu : one.nameEn}
            checked={topics.includes(one.code)}
            onChange={(event) => {
              const rest = topics.filter((code) => code !== one.code)
              onTopics(event.currentTarget.checked ? [...rest, one.code] : rest)
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}
