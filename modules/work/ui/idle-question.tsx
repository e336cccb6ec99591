import { Button } from '@mantine/core'
import { minutesInWords } from '@opora/core'
import { DateTimeText, Dialog, useLocale, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import type { IdleAnswer, TimerView } from '../contract.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

interface QuestionProps {
  timer: TimerView
  onAnswer: (answer: IdleAnswer['answer']) => Promise<void>
}

/** After a long silence: was it work? The server knows since when. */
export function IdleQuestion({ timer, onAnswer }: QuestionProps) {
  const t = useWords(workWords)
  const { locale } = useLocale()
  const [hidden, setHidden] = useState(false)
  const [busy, setBusy] = useState(false)
  if (timer.idleMinutes === null || hidden) return null
  const silence = minutesInWords(timer.idleMinutes, locale)
  const answer = async (given: IdleAnswer['answer']) => {
    setBusy(true)
    await onAnswer(given)
    setBusy(false)
  }
  return (
    <Dialog title={t('idleTitle', { minutes: silence })} onClose={() => setHidden(true)}>
      <div className={css.form}>
        <p>
          {t('idleText', { number: String(timer.ticket.number), subject: timer.ticket.subject })}{' '}
          <DateTimeText at={timer.seenAt} />
        </p>
        <div className={css.idle}>
          <Button loading={busy} onClick={() => void answer('keep')}>
            {t('idleKeep', { minutes: silence })}
          </Button>
          <Button variant="default" loading={busy} onClick={() => void answer('discard')}>
            {t('idleDiscard')}
          </Button>
          <Button variant="default" loading={busy} onClick={() => void answer('stop')}>
            {t('idleStop')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
