import { minutesInWords } from '@opora/core'
import { DateTimeText, MinutesText, useLocale, useWords } from '@opora/ui-kit'
import { useMemo } from 'react'
import { MarkedDiagram } from './marked-diagram.tsx'
import { pagesWords } from './pages-words.ts'
import css from './ticket-path.module.css'

/** One stay of the ticket at a place of its process. */
export interface PathStay {
  place: string
  nameRu: string
  nameEn: string
  from: string
  until: string | null
  clockMinutes: number
  serviceMinutes: number | null
}

export interface TicketPathProps {
  xml: string
  present: readonly string[]
  passed: readonly string[]
  stays: readonly PathStay[]
  /** The sum over all stays at each place, as the server counts it. */
  totals: readonly { place: string; clockMinutes: number }[]
}

/** The ticket's way on its diagram with the time at each place, and the same as a list. */
export function TicketPath({ xml, present, passed, stays, totals }: TicketPathProps) {
  const t = useWords(pagesWords)
  const { locale } = useLocale()
  const marks = useMemo(
    () => [
      ...passed.filter((id) => !present.includes(id)).map((id) => [id, 'opora-passed'] as const),
      ...present.map((id) => [id, 'opora-present'] as const),
    ],
    [present, passed],
  )
  const labels = useMemo(
    () => new Map(totals.map(({ place, clockMinutes }) => [place, minutesInWords(clockMinutes, locale)])),
    [totals, locale],
  )
  return (
    <div className={css.path}>
      <MarkedDiagram name={t('path')} xml={xml} marks={marks} labels={labels} height="calc(100vh - 140px)" />
      <ol className={css.stays} aria-label={t('path')}>
        {stays.map((stay) => (
          <li key={`${stay.place} ${stay.from}`} data-present={stay.until === null}>
            <strong>{locale === 'ru' ? stay.nameRu : stay.nameEn}</strong>
            <span className={css.fine}>
              <DateTimeText at={stay.from} />
              {stay.until === null && <> · {t('still')}</>}
            </span>
            <span>
              <MinutesText minutes={stay.clockMinutes} />
              {stay.serviceMinutes !== null && (
                <span className={css.fine}>
                  {' '}
                  {t('ofService')} <MinutesText minutes={stay.serviceMinutes} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
