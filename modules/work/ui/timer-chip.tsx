import { minutesInWords } from '@opora/core'
import { confirm, Link, useLocale, useWords } from '@opora/ui-kit'
import { IconPlayerStop, IconX } from '@tabler/icons-react'
import { IdleQuestion } from './idle-question.tsx'
import { useTimer } from './timer-data.ts'
import { useSignsOfLife } from './use-signs-of-life.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

const LONG_MINUTES = 240

/** The running timer, seen on every page of the desk; one timer a person. */
export function TimerChip() {
  const t = useWords(workWords)
  const { locale } = useLocale()
  const { timer, minutes, stop, drop, tell, seen, answerIdle } = useTimer()
  useSignsOfLife(timer !== null, seen)
  if (!timer) return null
  const ran = minutesInWords(minutes, locale)
  const throwAway = async () => {
    if (await confirm({ title: t('dropTimer'), text: t('dropText'), action: t('dropTimer'), danger: true }))
      await drop()
  }
  return (
    <div
      className={css.chip}
      data-long={minutes >= LONG_MINUTES}
      title={minutes >= LONG_MINUTES ? t('longTimer', { minutes: ran }) : timer.ticket.subject}
    >
      <span className={css.pulse} aria-hidden="true" />
      <Link to={`/desk/tickets/${timer.ticket.number}`} className={css.chipText}>
        № {timer.ticket.number} · {ran}
      </Link>
      <button
        type="button"
        className={css.chipButton}
        title={t('stopTimer')}
        aria-label={t('stopTimer')}
        onClick={() => void stop().catch(tell)}
      >
        <IconPlayerStop size={15} />
      </button>
      <button
        type="button"
        className={css.chipButton}
        title={t('dropTimer')}
        aria-label={t('dropTimer')}
        onClick={() => void throwAway()}
      >
        <IconX size={15} />
      </button>
      <IdleQuestion key={timer.seenAt} timer={timer} onAnswer={answerIdle} />
    </div>
  )
}
