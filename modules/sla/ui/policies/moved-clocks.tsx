import { minutesInWords } from '@opora/core'
import { DateTimeText, Link, useLocale, useWords } from '@opora/ui-kit'
import type { MovedClockView, MovedReply } from '../../rules.contract.ts'
import css from './policies.module.css'
import { policyWords } from './policy-words.ts'

/** A list of this length is the beginning of a longer one. */
const LISTED = 200

/** What a change says otherwise, and which open deadlines it would move by how much. */
export function MovedClocks({ moved }: { moved: MovedReply }) {
  const t = useWords(policyWords)
  const { tickets, movedTickets: n, sooner, later, gained, lost, broken, rewarned, items, changes } = moved
  return (
    <>
      {changes.length === 0 ? (
        <p className={css.fine}>{t('noChanges')}</p>
      ) : (
        <ul className={css.changes}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      <p className={css.strong}>
        {n === 0 ? t('movedNone', { n: tickets }) : t('moved', { n, all: tickets, sooner, later, gained, lost })}
      </p>
      {rewarned > 0 && <p className={css.fine}>{t('rewarned', { n: rewarned })}</p>}
      {broken > 0 && <p className={css.bad}>{t('broken', { n: broken })}</p>}
      {items.length > 0 && (
        <table className={css.moves}>
          <tbody>
            {items.map((item) => (
              <MovedRow key={`${item.ticketId} ${item.metric} ${item.seq}`} item={item} />
            ))}
          </tbody>
        </table>
      )}
      {items.length >= LISTED && <p className={css.fine}>{t('movedMore')}</p>}
    </>
  )
}

function MovedRow({ item }: { item: MovedClockView }) {
  return (
    <tr>
      <td>
        <Link to={`/desk/tickets/${item.number}`}>№ {item.number}</Link>
        <div className={css.fine}>{item.client}</div>
      </td>
      <td>
        {item.metricName}
        <div className={css.fine}>
          <Due at={item.before?.dueAt ?? null} /> → <Due at={item.after?.dueAt ?? null} />
        </div>
      </td>
      <td className={css.amount}>
        <Shift item={item} />
      </td>
    </tr>
  )
}

function Due({ at }: { at: string | null }) {
  const t = useWords(policyWords)
  return at === null ? t('noDeadline') : <DateTimeText at={at} />
}

function Shift({ item }: { item: MovedClockView }) {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const { movedMinutes: minutes, before, after } = item
  if (after === null) return t('gone')
  if (before === null) return t('fresh')
  if (minutes === null) return null
  const time = minutesInWords(Math.abs(minutes), locale)
  return <span data-numeric>{t(minutes < 0 ? 'sooner' : 'later', { time })}</span>
}
