import { classNames, useLocale, useWords } from '@opora/ui-kit'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { type DayOfCalendar, dayTitle, lookOf, MARKS } from './calendar-look.ts'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'
import { WEEKDAYS, weekdayName } from './hours-writing.ts'

export interface CalendarYearProps {
  days: readonly DayOfCalendar[]
  /** Dates that a change not yet saved gives other hours. */
  changed: ReadonlySet<string>
  chosen: string | null
  onChoose: (date: string) => void
}

/** A year at a glance: what is open, what is not, and by a click why. Arrow keys walk from day to day. */
export function CalendarYear({ days, changed, chosen, onChoose }: CalendarYearProps) {
  const grid = useRef<HTMLDivElement>(null)
  const months = useMemo(() => monthsOf(days), [days])
  const focusable = chosen ?? days[0]?.date
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const at = days.findIndex((day) => day.date === (event.target as HTMLElement).dataset['date'])
    const next = step === undefined || at < 0 ? undefined : days[at + step]
    if (!next) return
    event.preventDefault()
    onChoose(next.date)
    grid.current?.querySelector<HTMLElement>(`[data-date="${next.date}"]`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the days inside are buttons; arrows only move between them.
    <div ref={grid} className={css.year} onKeyDown={walk}>
      {months.map((month) => (
        <Month key={month.name} month={month} {...{ changed, chosen, focusable, onChoose }} />
      ))}
    </div>
  )
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

interface MonthOfYear {
  name: string
  /** Weeks of seven places, empty before the first and after the last. */
  weeks: (DayOfCalendar | null)[][]
}

function monthsOf(days: readonly DayOfCalendar[]): MonthOfYear[] {
  const months = new Map<string, (DayOfCalendar | null)[]>()
  for (const day of days) {
    const name = day.date.slice(0, 7)
    const places = months.get(name) ?? Array.from({ length: WEEKDAYS.indexOf(day.weekday) }, () => null)
    months.set(name, [...places, day])
  }
  return [...months].map(([name, places]) => ({
    name,
    weeks: Array.from({ length: Math.ceil(places.length / 7) }, (_, week) =>
      Array.from({ length: 7 }, (_, i) => places[week * 7 + i] ?? null),
    ),
  }))
}

interface MonthProps extends Omit<CalendarYearProps, 'days'> {
  month: MonthOfYear
  focusable: string | undefined
}

function Month({ month, ...props }: MonthProps) {
  const { locale } = useLocale()
  const title = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${month.name}-01T00:00:00Z`),
  )
  return (
    <table className={css.month}>
      <caption>{title}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col">
              {weekdayName(day, locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week) => (
          <tr key={week.find((day) => day)?.date ?? ''}>
            {WEEKDAYS.map((weekday, i) => (
              <td key={weekday}>{week[i] && <Day day={week[i]} {...props} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface DayProps extends Omit<MonthProps, 'month'> {
  day: DayOfCalendar
}

function Day({ day, changed, chosen, focusable, onChoose }: DayProps) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const look = lookOf(day)
  const title = dayTitle(day, t, locale)
  const isChanged = changed.has(day.date)
  return (
    <button
      type="button"
      data-date={day.date}
      tabIndex={day.date === focusable ? 0 : -1}
      className={classNames(css.day, css[look], isChanged && css.changed)}
      title={title}
      aria-label={isChanged ? `${title} · ${t('changedDay')}` : title}
      aria-pressed={day.date === chosen}
      onClick={() => onChoose(day.date)}
    >
      {Number(day.date.slice(8))}
      {MARKS[look] && (
        <span className={css.mark} aria-hidden="true">
          {MARKS[look]}
        </span>
      )}
    </button>
  )
}

/** What the colours and signs mean. */
export function YearLegend({ withChanges }: { withChanges: boolean }) {
  const t = useWords(calendarWords)
  const looks = ['work', 'short', 'moved', 'own', 'holiday'] as const
  return (
    <ul className={css.legend}>
      {looks.map((look) => (
        <li key={look}>
          <span className={classNames(css.swatch, css[look])} aria-hidden="true">
            {MARKS[look]}
          </span>
          {t(`legend_${look}`)}
        </li>
      ))}
      {withChanges && (
        <li>
          <span className={classNames(css.swatch, css.changed)} aria-hidden="true" />
          {t('legend_changed')}
        </li>
      )}
    </ul>
  )
}
