import { Button } from '@mantine/core'
import { minutesInWords } from '@opora/core'
import { Card, classNames, Link, Loaded, MinutesText, toast, useLocale, useWords } from '@opora/ui-kit'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { WeekView } from '../week.contract.ts'
import css from './week.module.css'
import { WeekCellField } from './week-cell.tsx'
import { useWeek, useWeekActs } from './week-data.ts'
import { NewRow } from './week-new-row.tsx'
import { weekWords } from './week-words.ts'

type Row = Pick<WeekView['rows'][number], 'ticket' | 'client' | 'activity'>
const keyOf = (row: Row) => `${row.ticket.id} ${row.activity.code}`

/** A person's own week as a grid: cells are written in place, totals and marks come from the server. */
export function WeekSheet({ monday }: { monday: string }) {
  const week = useWeek(monday)
  return <Loaded query={week}>{(data) => <Sheet key={monday} week={data} />}</Loaded>
}

function Sheet({ week }: { week: WeekView }) {
  const t = useWords(weekWords)
  const { locale } = useLocale()
  const acts = useWeekActs(week.monday)
  const [added, setAdded] = useState<Row[]>([])
  const body = useRef<HTMLTableSectionElement>(null)
  const known = new Set(week.rows.map(keyOf))
  const rows = [...week.rows, ...added.filter((row) => !known.has(keyOf(row))).map((row) => emptyRow(row, week))]
  const add = (row: Row) => setAdded((now) => (now.some((one) => keyOf(one) === keyOf(row)) ? now : [...now, row]))
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  const copy = async () => {
    const done = await acts.copy()
    if (done === null) return
    toast.ok(done.copied === 0 ? t('nothing') : t('copied', { n: done.copied }))
    for (const one of done.skipped)
      toast.error(t('skipped', { number: String(one.ticketNumber), reason: one.sentence }))
  }
  return (
    <Card
      flush
      title={t('sheet')}
      actions={
        <Button size="compact-sm" variant="default" onClick={() => void copy()}>
          {t('copy')}
        </Button>
      }
    >
      <div className={css.frame}>
        <table className={css.sheet}>
          <thead>
            <tr>
              <th scope="col">{t('ticket')}</th>
              {week.days.map((day) => (
                <th key={day.date} scope="col" className={classNames(day.date === week.today && css.today)}>
                  {format.format(Date.parse(`${day.date}T00:00:00Z`))}
                  <DayMarks day={day} />
                </th>
              ))}
              <th scope="col">{t('total')}</th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current)}>
            {rows.map((row, at) => (
              <tr key={keyOf(row)}>
                <th scope="row">
                  <Link to={`/desk/tickets/${row.ticket.number}`}>№ {row.ticket.number}</Link> {row.ticket.subject}
                  <span className={css.quiet}>
                    {row.activity.name} · {row.client.name}
                  </span>
                </th>
                {row.cells.map((cell, day) => (
                  <td key={cell.date} className={classNames(cell.date === week.today && css.today)}>
                    <WeekCellField
                      cell={cell}
                      at={`${at}:${day}`}
                      label={t('cell', {
                        number: String(row.ticket.number),
                        activity: row.activity.name,
                        day: format.format(Date.parse(`${cell.date}T00:00:00Z`)),
                      })}
                      onWrite={(minutes) =>
                        acts.write({ ticketId: row.ticket.id, activity: row.activity.code, date: cell.date, minutes })
                      }
                    />
                  </td>
                ))}
                <td>{row.totalMinutes === 0 ? '' : <MinutesText minutes={row.totalMinutes} />}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              {week.days.map((day) => (
                <td key={day.date} className={classNames(day.date === week.today && css.today)}>
                  {day.minutes === 0 ? '' : <MinutesText minutes={day.minutes} />}
                </td>
              ))}
              <td>{week.totalMinutes === 0 ? '' : <MinutesText minutes={week.totalMinutes} />}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <div className={css.foot}>
        <NewRow onAdd={add} />
        {week.before.length > 0 && (
          <p className={css.before}>
            {t('rowsBefore')}
            {week.before.map((row) => (
              <button
                key={keyOf(row)}
                type="button"
                className={css.chip}
                title={row.ticket.subject}
                onClick={() => add(row)}
              >
                № {row.ticket.number}, {row.activity.name} ({minutesInWords(row.minutes, locale)})
              </button>
            ))}
          </p>
        )}
        <p className={css.quiet}>{t('hint')}</p>
      </div>
    </Card>
  )
}

/** A row that was asked for and holds nothing yet: its cells may be written into up to today. */
function emptyRow(row: Row, week: WeekView): WeekView['rows'][number] {
  return {
    ...row,
    totalMinutes: 0,
    cells: week.days.map(({ date }) => ({
      date,
      minutes: 0,
      entries: 0,
      note: '',
      editable: week.mine && date <= week.today,
      approved: false,
      closed: false,
    })),
  }
}

function DayMarks({ day }: { day: WeekView['days'][number] }) {
  const t = useWords(weekWords)
  const { locale, zone } = useLocale()
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  const told = (mark: { from: string; to: string }) => ({
    from: time.format(Date.parse(mark.from)),
    to: time.format(Date.parse(mark.to)),
  })
  return (
    <>
      {day.overlaps.map((mark) => (
        <span key={mark.from} className={css.overlap} title={t('overlap', told(mark))}>
          {t('overlapShort', { minutes: minutesInWords(mark.minutes, locale) })}
        </span>
      ))}
      {day.gaps.map((mark) => (
        <span key={mark.from} className={css.gap} title={t('gap', told(mark))}>
          {t('gapShort', { minutes: minutesInWords(mark.minutes, locale) })}
        </span>
      ))}
    </>
  )
}

const MOVES: Record<string, readonly [number, number]> = {
  Enter: [1, 0],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
}

/** Enter and the arrows lead from cell to cell; left and right only where the text cursor has nowhere further to go. */
function moveFocus(event: KeyboardEvent, body: HTMLElement | null): void {
  const field = event.target as HTMLInputElement
  const at = field.dataset['at']
  if (!at || !body) return
  const edge = field.selectionStart === field.selectionEnd || field.selectionEnd === field.value.length
  const sideways = edge && event.key === 'ArrowRight' ? 1 : edge && event.key === 'ArrowLeft' ? -1 : 0
  const isAtEdge =
    (sideways === 1 && field.selectionEnd === field.value.length) || (sideways === -1 && field.selectionStart === 0)
  const move = MOVES[event.key] ?? (isAtEdge ? ([0, sideways] as const) : null)
  if (move === null) return
  const [row = 0, day = 0] = at.split(':').map(Number)
  const next = body.querySelector<HTMLInputElement>(`[data-at="${row + move[0]}:${day + move[1]}"]`)
  // Enter keeps the last cell too: leaving it is what keeps it
  if (!next && event.key === 'Enter') field.blur()
  if (!next) return
  event.preventDefault()
  next.focus()
  next.select()
}
