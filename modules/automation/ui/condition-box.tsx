import { Textarea } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import css from './automation.module.css'
import type { Judged, RuleValues, RuleWords } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

const QUIET_MS = 300

/** A condition that the server reads while it is typed. */
export function ConditionBox({
  event,
  value,
  error,
  readOnly,
  onChange,
}: {
  event: RuleValues['event']
  value: string
  error: string | undefined
  readOnly: boolean
  onChange: (text: string) => void
}) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const [asked, setAsked] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(value), QUIET_MS)
    return () => clearTimeout(timer)
  }, [value])
  const judged = useQuery({
    queryKey: ['rule-condition', event, asked],
    queryFn: () => api.post<Judged>('/rule-conditions', { event, text: asked }),
    enabled: !readOnly && asked.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const answer = asked === value && value.trim() !== '' ? judged.data : undefined
  const names = answer?.names.join(', ')
  return (
    <div className={css.mono}>
      <Textarea
        label={t('condition')}
        description={t('conditionAbout')}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        readOnly={readOnly}
        value={value}
        error={answer?.fault?.[locale] ?? error}
        onChange={(change) => onChange(change.currentTarget.value)}
      />
      {answer && !answer.fault && (
        <p className={css.good} role="status">
          {names ? t('conditionGood', { names }) : t('conditionPlain')}
        </p>
      )}
    </div>
  )
}

/** What a condition may ask of this event, with an example of each. */
export function ConditionNames({
  words,
  event,
  onInsert,
}: {
  words: RuleWords
  event: RuleValues['event']
  onInsert: ((example: string) => void) | null
}) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const own = words.events.find((one) => one.code === event)?.names ?? []
  return (
    <section className={css.form}>
      <div>
        <h2 className={css.heading}>{t('namesTitle')}</h2>
        {onInsert && <p className={css.quiet}>{t('namesAbout')}</p>}
      </div>
      <ul className={css.names}>
        {[...own, ...words.names].map((one) => (
          <li key={one.name}>
            <span>{one[locale]}</span>
            {onInsert ? (
              <button type="button" className={css.example} onClick={() => onInsert(one.example)}>
                {one.example}
              </button>
            ) : (
              <span className={css.code}>{one.example}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
