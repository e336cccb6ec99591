import { Textarea } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import css from './designer.module.css'
import { panelWords } from './panel-words.ts'

const QUIET_MS = 300

interface Judged {
  fault: { ru: string; en: string } | null
  facts: string[]
}

/** A condition that the server reads while it is typed; it goes into the drawing when it is left. */
export function ConditionField({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (text: string) => void
}) {
  const t = useWords(panelWords)
  const { locale } = useLocale()
  const [text, setText] = useState(value)
  const [asked, setAsked] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), QUIET_MS)
    return () => clearTimeout(timer)
  }, [text])
  const judged = useQuery({
    queryKey: ['process-expression', asked],
    queryFn: () => api.post<Judged>('/process-expressions', { text: asked }),
    enabled: asked.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const answer = asked === text && text.trim() !== '' ? judged.data : undefined
  const facts = answer?.facts.join(', ')
  return (
    <div>
      <Textarea
        label={label}
        description={t('conditionAbout')}
        size="xs"
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        className={css.code}
        value={text}
        error={answer?.fault?.[locale]}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text !== value && onChange(text)}
      />
      {answer && !answer.fault && (
        <p className={css.good} role="status">
          {facts ? t('conditionGood', { facts }) : t('conditionPlain')}
        </p>
      )}
    </div>
  )
}
