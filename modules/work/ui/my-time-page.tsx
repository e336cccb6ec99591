import { Button, SegmentedControl } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { formatDateRange } from '@opora/platform/i18n'
import { Card, EmptyState, Link, Loaded, MinutesText, Page, useLocale, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { timePage } from '../contract.ts'
import { dayOf } from './entry-values.ts'
import { TimeRows } from './time-rows.tsx'
import { addDays, mondayOf } from './week.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

type Sheet = z.infer<typeof timePage>

/** The week sheet of a person, and for those who approve, what waits for them. */
export function MyTimePage() {
  const t = useWords(workWords)
  const [search, setSearch] = useSearch()
  const me = useMe()
  const today = dayOf(new Date())
  const monday = mondayOf(search['week'] ?? today)
  const scope = search['scope'] ?? 'mine'
  const goTo = (week: string | null) => setSearch({ week })
  return (
    <Page
      title={t('time')}
      tools={
        <>
          <WeekBar monday={monday} onWeek={goTo} />
          {me?.can.includes('time.approve') && (
            <SegmentedControl
              size="xs"
              value={scope}
              onChange={(next) => setSearch({ scope: next === 'mine' ? null : next })}
              data={[
                { value: 'mine', label: t('mine') },
                { value: 'approve', label: t('toApprove') },
                { value: 'all', label: t('all') },
              ]}
            />
          )}
        </>
      }
    >
      {me && <Week monday={monday} today={today} scope={scope} accountId={me.id} />}
    </Page>
  )
}

function WeekBar({ monday, onWeek }: { monday: string; onWeek: (week: string | null) => void }) {
  const t = useWords(workWords)
  const { locale } = useLocale()
  return (
    <div className={css.weekBar}>
      <Button size="xs" variant="default" aria-label={t('before')} onClick={() => onWeek(addDays(monday, -7))}>
        <IconChevronLeft size={16} />
      </Button>
      <Button size="xs" variant="default" onClick={() => onWeek(null)}>
        {t('thisWeek')}
      </Button>
      <Button size="xs" variant="default" aria-label={t('after')} onClick={() => onWeek(addDays(monday, 7))}>
        <IconChevronRight size={16} />
      </Button>
      <span className={css.quiet}>{formatDateRange(monday, addDays(monday, 6), locale)}</span>
    </div>
  )
}

interface WeekProps {
  monday: string
  today: string
  scope: string
  accountId: number
}

function Week({ monday, today, scope, accountId }: WeekProps) {
  const t = useWords(workWords)
  const query = {
    from: monday,
    to: addDays(monday, 6),
    ...(scope === 'mine' ? { accountId } : {}),
    ...(scope === 'approve' ? { approved: 'no' } : {}),
  }
  const time = useQuery({ queryKey: ['time', query], queryFn: () => api.get<Sheet>('/time', { query }) })
  return (
    <Loaded query={time}>
      {({ items, sheet }) =>
        items.length === 0 ? (
          <EmptyState
            title={t(scope === 'approve' ? 'emptyApprove' : 'emptyWeek')}
            text={scope === 'mine' ? t('emptyWeekText') : undefined}
          />
        ) : (
          <div className={css.day}>
            {scope === 'mine' && <SheetTable sheet={sheet} today={today} />}
            <TimeRows items={items} withPerson={scope !== 'mine'} approving={scope !== 'mine'} />
          </div>
        )
      }
    </Loaded>
  )
}

/** Tickets by days, as they are entered into a week sheet. */
function SheetTable({ sheet, today }: { sheet: Sheet['sheet']; today: string }) {
  const t = useWords(workWords)
  const { locale } = useLocale()
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  const cell = (minutes: number) => (minutes === 0 ? '' : <MinutesText minutes={minutes} />)
  return (
    <Card flush>
      <div className={css.sheetFrame}>
        <table className={css.sheet}>
          <thead>
            <tr>
              <th scope="col">{t('ticket')}</th>
              {sheet.days.map((day) => (
                <th key={day} scope="col" className={day === today ? css.today : undefined}>
                  {format.format(Date.parse(`${day}T00:00:00Z`))}
                </th>
              ))}
              <th scope="col">{t('total')}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row) => (
              <tr key={`${row.ticket.id} ${row.activity.code}`}>
                <td>
                  <Link to={`/desk/tickets/${row.ticket.number}`}>№ {row.ticket.number}</Link> {row.ticket.subject}{' '}
                  <span className={css.quiet}>{row.activity.name}</span>
                </td>
                {row.minutesByDay.map((minutes, index) => (
                  <td key={sheet.days[index]} className={sheet.days[index] === today ? css.today : undefined}>
                    {cell(minutes)}
                  </td>
                ))}
                <td>{cell(row.totalMinutes)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('total')}</td>
              {sheet.totalsByDay.map((minutes, index) => (
                <td key={sheet.days[index]} className={sheet.days[index] === today ? css.today : undefined}>
                  {cell(minutes)}
                </td>
              ))}
              <td>{cell(sheet.totalMinutes)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  )
}
