import { type Minutes, minutesInWords } from '@opora/core'
import { formatDateTime } from '@opora/platform/i18n'
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlayerPause } from '@tabler/icons-react'
import { kitWords } from '../locale/kit-words.ts'
import { useLocale, useWords } from '../locale/locale.tsx'
import { useNow } from '../locale/use-now.ts'
import { classNames } from '../parts/class-names.ts'
import css from './clock.module.css'
import { type ClockReading, instantOf, remainingAt, toneOf } from './remaining.ts'

export interface CountdownProps {
  clock: ClockReading
  /** Only the amount, for tables; the words stay in the title. */
  compact?: boolean
  /** From how many minutes left the amber begins; an hour by default. */
  riskMinutes?: Minutes
}

const ICONS = { running: IconClock, paused: IconPlayerPause, met: IconCircleCheck, breached: IconAlertTriangle }

/** The working time left on a clock, counting down while it is looked at. Wrap it in `Why` to explain it. */
export function Countdown({ clock, compact = false, riskMinutes }: CountdownProps) {
  const t = useWords(kitWords)
  const place = useLocale()
  const left = remainingAt(clock, useNow())
  const tone = toneOf(clock, left, riskMinutes)
  const Icon = tone === 'danger' ? IconAlertTriangle : ICONS[clock.state]
  const due =
    clock.dueAt === null ? undefined : t('dueAt', { at: formatDateTime(instantOf(clock.dueAt), place, 'full') })
  const amount = left === null ? '' : minutesInWords(Math.abs(left), place.locale)
  return (
    <span className={classNames(css.clock, tone !== 'neutral' && css[tone])} title={due}>
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      {compact && left !== null && clock.state !== 'met' ? `${left < 0 ? '−' : ''}${amount}` : sentence()}
    </span>
  )

  function sentence(): string {
    if (clock.state === 'met') return t('met')
    if (clock.state === 'paused') return left === null ? t('paused') : t('pausedLeft', { left: amount })
    if (left === null) return clock.state === 'breached' ? t('overdue') : ''
    return left < 0 || clock.state === 'breached' ? t('overdueBy', { by: amount }) : t('leftWorking', { left: amount })
  }
}
