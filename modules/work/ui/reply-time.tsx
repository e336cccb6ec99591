import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { minutesInWords } from '@opora/core'
import { DurationInput, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asService } from './entry-values.ts'
import { PreviewSentence, ServiceSelect } from './service-choice.tsx'
import { usePreview } from './time-preview.ts'
import { useActivities, useTimer } from './timer-data.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

const NOTE_MAX = 200

/** The description of the time when the writer gives none: the beginning of a reply. A note stays inside and lends no words. */
export function describedBy(given: string, mode: 'reply' | 'note', text: string): string {
  if (given.trim() !== '') return given.trim()
  if (mode === 'note') return ''
  const words = text.trim().replace(/\s+/g, ' ')
  return words.length <= NOTE_MAX ? words : `${words.slice(0, NOTE_MAX - 1)}…`
}

/** Time that is logged where the answer is written: the running timer, or minutes by hand. A hook for the reply box. */
export function useReplyTime(ticketId: number) {
  const t = useWords(workWords)
  const client = useQueryClient()
  const activities = useActivities()
  const timer = useTimer()
  const [minutes, setMinutes] = useState<number | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [urgent, setUrgent] = useState(false)
  const [service, setService] = useState('')
  const here = timer.timer?.ticket.id === ticketId
  const activity = chosen ?? (here ? timer.timer?.activity : undefined) ?? activities[0]?.code ?? ''
  const counted = here ? timer.minutes : minutes
  const pending = here || minutes !== null
  const preview = usePreview(ticketId, { minutes: counted, activity, urgent, ...asService(service) })

  const commit = async (mode: 'reply' | 'note', text: string) => {
    if (!pending) return
    const body = { activity, note: describedBy(note, mode, text), urgent, ...asService(service) }
    if (here) await timer.stop(body)
    else await api.post(`/tickets/${ticketId}/time`, { ...body, minutes, source: 'reply' })
    setMinutes(null)
    setNote('')
    setUrgent(false)
    setService('')
    void client.invalidateQueries({ queryKey: ['ticket', ticketId] })
    void client.invalidateQueries({ queryKey: ['time'] })
  }
  const element = activities.length > 0 && (
    <div className={css.replyTime}>
      <TimerOrMinutes
        here={here}
        timer={timer}
        minutes={minutes}
        onMinutes={setMinutes}
        onStart={() => void timer.start(ticketId, activity, note)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('activity')}
        value={activity}
        data={activities.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {pending && (
        <>
          <TextInput
            size="xs"
            className={css.grow}
            aria-label={t('note')}
            placeholder={t('noteFromReply')}
            value={note}
            maxLength={4_000}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label={t('urgent')}
            checked={urgent}
            onChange={(event) => setUrgent(event.currentTarget.checked)}
          />
        </>
      )}
      {pending && <ServiceSelect preview={preview} value={service} onChange={setService} size="xs" />}
      {pending && <PreviewSentence preview={preview} />}
    </div>
  )
  return {
    element,
    commit,
    problem: (mode: 'reply' | 'note') => (pending && mode === 'note' && note.trim() === '' ? t('noteNeeded') : null),
  }
}

/** The timer that runs on this ticket, or a button that starts it beside minutes by hand. */
function TimerOrMinutes(props: {
  here: boolean
  timer: ReturnType<typeof useTimer>
  minutes: number | null
  onMinutes(minutes: number | null): void
  onStart(): void
}) {
  const t = useWords(workWords)
  const { locale } = useLocale()
  const { here, timer } = props
  if (here) {
    return (
      <span className={css.running}>
        <IconPlayerStop size={15} aria-hidden="true" />
        {t('runsHere', { minutes: minutesInWords(timer.minutes, locale) })}
        <span className={css.quiet}>{t('withSend')}</span>
      </span>
    )
  }
  const elsewhere = timer.timer ? t('switchTimer', { number: String(timer.timer.ticket.number) }) : t('startTimer')
  return (
    <>
      <button type="button" className={css.play} title={elsewhere} aria-label={t('startTimer')} onClick={props.onStart}>
        <IconPlayerPlay size={15} aria-hidden="true" />
      </button>
      <DurationInput
        size="xs"
        w={116}
        value={props.minutes}
        onChange={props.onMinutes}
        aria-label={t('minutes')}
        placeholder={t('minutes')}
      />
    </>
  )
}
