import { minutesInWords } from '@opora/core'
import { DateTimeText, Link, useLocale, useWords } from '@opora/ui-kit'
import type { Moves } from './calendar-look.ts'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'

const METRICS = ['reaction', 'next_answer', 'resolution'] as const
/** A list of this length is the beginning of a longer one. */
const LISTED = 200
const MINUTE_MS = 60_000

/** Which open deadlines a change would move, and by how much. */
export function MovedTickets({ moves }: { moves: Moves }) {
  const t = useWords(calendarWords)
  if (moves.moved === 0) return <p className={css.fine}>{t('movesNone', { looked: moves.looked })}</p>
  return (
    <section>
      <p className={css.strong}>{t('moves', { n: moves.moved, looked: moves.looked })}</p>
      <table className={css.moves}>
        <tbody>
          {moves.items.map((item) => (
            <tr key={`${item.ticketId} ${item.metric}`}>
              <td>
                <Link to={`/desk/tickets/${item.number}`}>№ {item.number}</Link>
                <div className={css.fine}>{item.clientName}</div>
              </td>
              <td>
                <MetricName metric={item.metric} />
                <div className={css.fine}>
                  <Due at={item.dueBefore} /> → <Due at={item.dueAfter} />
                </div>
              </td>
              <td className={css.amount}>
                <Shift before={item.dueBefore} after={item.dueAfter} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moves.items.length >= LISTED && <p className={css.fine}>{t('movesMore')}</p>}
    </section>
  )
}

function MetricName({ metric }: { metric: string }) {
  const t = useWords(calendarWords)
  const known = METRICS.find((one) => one === metric)
  return known ? t(`metric_${known}`) : metric
}

function Due({ at }: { at: string | null }) {
  const t = useWords(calendarWords)
  return at === null ? t('noDeadline') : <DateTimeText at={at} />
}

function Shift({ before, after }: { before: string | null; after: string | null }) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  if (before === null || after === null) return null
  const minutes = Math.round((Date.parse(after) - Date.parse(before)) / MINUTE_MS)
  const time = minutesInWords(Math.abs(minutes), locale)
  return <span data-numeric>{t(minutes > 0 ? 'later' : 'earlier', { time })}</span>
}
