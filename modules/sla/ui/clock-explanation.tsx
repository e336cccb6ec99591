import { type Locale, minutesInWords } from '@opora/core'
import { formatDateTime, type Say } from '@opora/platform/i18n'
import { DateTimeText, Loaded, MinutesText, Reasons, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { ClockView, ExplanationReply } from '../contract.ts'
import { clockWords } from './clock-words.ts'
import css from './clocks.module.css'

interface ExplanationProps {
  ticketId: number
  metric: ClockView['metric']
  seq: number
}

/** Every interval from registration to the deadline: counted or not, and why; then the facts that moved it. */
export function ClockExplanation({ ticketId, metric, seq }: ExplanationProps) {
  const t = useWords(clockWords)
  const query = useQuery({
    queryKey: ['ticket', ticketId, 'clocks', metric, seq],
    queryFn: () => api.get<ExplanationReply>(`/tickets/${ticketId}/clocks/${metric}/${seq}/explain`),
  })
  const span = useSpanText()
  const { locale } = useLocale()
  return (
    <Loaded query={query}>
      {({ clock, intervals, usedMinutes, targetMinutes, facts, steps }) => (
        <>
          <Reasons
            lead={<Lead clock={clock} />}
            rows={intervals.filter(tells).map((one) => ({
              key: `${one.from} ${one.to}`,
              what: span(one.from, one.to),
              detail: one.ahead ? `${one.text}, ${t('ahead')}` : one.text,
              amount: one.counted ? <MinutesText minutes={one.minutes} /> : '—',
              skipped: !one.counted,
            }))}
            total={totalOf(usedMinutes, targetMinutes, t, locale)}
          />
          <Happened title={t('facts')} list={facts} />
          <Happened title={t('steps')} list={steps} />
        </>
      )}
    </Loaded>
  )
}

/** What happened when; nothing where nothing did. */
function Happened({ title, list }: { title: string; list: readonly { at: string; text: string }[] }) {
  if (list.length === 0) return null
  return (
    <>
      <h3 className={css.subhead}>{title}</h3>
      <ul className={css.facts}>
        {list.map((one) => (
          <li key={`${one.at} ${one.text}`}>
            <DateTimeText at={one.at} /> {one.text}
          </li>
        ))}
      </ul>
    </>
  )
}

/** A counted interval of less than a minute adds nothing. */
const tells = (one: ExplanationReply['intervals'][number]) => !one.counted || one.minutes > 0

/** What the counted rows come to: the promise, or what was used in spite of it. */
function totalOf(used: number, target: number | null, t: Say<typeof clockWords>, locale: Locale) {
  const late = target !== null && used > target
  const what = late ? t('usedOver', { target: minutesInWords(target, locale) }) : t(target === null ? 'used' : 'total')
  return { what, amount: <MinutesText minutes={late ? used : (target ?? used)} /> }
}

function Lead({ clock }: { clock: ClockView }) {
  const t = useWords(clockWords)
  const { promised, row, policy, calendar, dayCalendar } = clock
  return (
    <>
      {t('promised', { promised, row, policy: policy.name })} {t('calendar', { calendar: calendar.name })}
      {dayCalendar && ` ${t('dayCalendar', { calendar: dayCalendar.name })}`}
      {clock.dueAt && (
        <span className={css.due}>
          {t(clock.agreedDueAt ? 'agreed' : 'due')}: <DateTimeText at={clock.dueAt} style="full" />
        </span>
      )}
      {clock.estimated && <span className={css.due}>{t('estimatedWhy')}</span>}
    </>
  )
}

/** An interval in words; the day is said once when it begins and ends within it. */
function useSpanText(): (from: string, to: string) => string {
  const place = useLocale()
  return (from, to) => {
    const [begin, end] = [Date.parse(from), Date.parse(to)]
    const sameDay = formatDateTime(begin, place, 'day') === formatDateTime(end, place, 'day')
    return `${formatDateTime(begin, place)} – ${formatDateTime(end, place, sameDay ? 'time' : 'short')}`
  }
}
