import { minutesInWords } from '@opora/core'
import { DateText, MinutesText, Pill, useLocale, useWords } from '@opora/ui-kit'
import type { CabinetTime } from './cabinet-estimates.ts'
import { cabinetWorkWords } from './cabinet-words.ts'
import css from './cabinet-work.module.css'

/** The work as it goes on: who, what, when, how long. */
export function CabinetTimeList({ time }: { time: CabinetTime }) {
  const t = useWords(cabinetWorkWords)
  const { locale } = useLocale()
  if (time.items.length === 0) return <p className={css.fine}>{t('timeNone')}</p>
  return (
    <ul className={css.time}>
      {time.items.map((one) => (
        <li key={one.id} className={css.entry}>
          <span>
            <span>{one.note || one.activity}</span>
            <span className={css.fine}>
              {one.person} · {one.activity} · <DateText date={one.date} month="short" />
            </span>
            {one.correction && <Pill>{t('correction')}</Pill>}
          </span>
          <span className={css.amount}>
            <MinutesText minutes={one.minutes} />
            {!one.billable && <span className={css.fine}>{t('free')}</span>}
            {one.billable && one.chargedMinutes !== one.minutes && (
              <span className={css.fine}>{t('charged', { time: minutesInWords(one.chargedMinutes, locale) })}</span>
            )}
          </span>
        </li>
      ))}
      <li className={css.entry}>
        <strong>{t('timeTotal')}</strong>
        <strong className={css.amount}>
          <MinutesText minutes={time.totalMinutes} />
        </strong>
      </li>
    </ul>
  )
}
