import { Countdown, classNames, DateTimeText, useNow, useWords } from '@opora/ui-kit'
import css from './cabinet.module.css'
import type { CabinetTicketRow } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'
import { readingOf } from './clock-reading.ts'

type Due = Pick<
  CabinetTicketRow,
  'expectedAt' | 'answerBy' | 'expectedEstimated' | 'countdown' | 'asOf' | 'entitlementReason' | 'state' | 'waitsForYou'
>

/** When a request will be solved, in a few words: the time, that it is only estimated, or why no time is promised. */
export function ExpectedText({ row }: { row: Due }) {
  const t = useWords(cabinetTicketWords)
  const now = useNow()
  if (row.state === 'closed' || row.state === 'confirming') return null
  if (row.expectedAt === null && row.answerBy !== null && Date.parse(row.answerBy) >= now)
    return (
      <span className={css.due}>
        <span>
          {t('answerBy')} <DateTimeText at={row.answerBy} />
        </span>
        <Left row={row} />
        {row.expectedEstimated && <span className={css.quiet}> · {t('dueEstimated')}</span>}
      </span>
    )
  if (row.expectedAt === null && row.countdown?.state === 'paused') return <Left row={row} />
  if (row.expectedAt === null) return <span className={css.quiet}>{row.entitlementReason ?? t('dueNone')}</span>
  const late = !row.waitsForYou && Date.parse(row.expectedAt) < now
  return (
    <span className={classNames(css.due, late && css.late)}>
      <span>
        {late ? t('duePassed') : t('dueBy')} <DateTimeText at={row.expectedAt} />
        {late && ` · ${t('dueLate')}`}
      </span>
      {!late && (
        <>
          <Left row={row} />
          {row.expectedEstimated && <span className={css.quiet}> · {t('dueEstimated')}</span>}
        </>
      )}
    </span>
  )
}

/** The working time that is left, running down while it is looked at; that it stands still, while it does. */
function Left({ row: { countdown, expectedAt, answerBy, asOf } }: { row: Due }) {
  if (!countdown || asOf === undefined) return null
  const clock = readingOf({ ...countdown, dueAt: expectedAt ?? answerBy }, asOf)
  return (
    <span>
      <Countdown clock={clock} />
    </span>
  )
}
