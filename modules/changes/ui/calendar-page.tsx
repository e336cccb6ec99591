import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { ClientField } from '@opora/people/ui'
import {
  Card,
  confirm,
  DateText,
  DateTimeText,
  Dialog,
  EmptyState,
  FormError,
  Link,
  Loaded,
  Page,
  toast,
  useForm,
  useLocale,
  useNarrow,
  useNow,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconAlertTriangle, IconCalendar, IconChevronLeft, IconChevronRight, IconSnowflake } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CalendarView } from '../contract.ts'
import css from './board.module.css'
import { isoOf, useRefreshChanges } from './board-data.ts'
import { boardWords } from './board-words.ts'
import { dateIn, type MonthDay, monthAway, monthDays, spanOf } from './month-days.ts'

/** Windows of a month, and when nothing is installed. */
export function ChangeCalendarPage() {
  const t = useWords(boardWords)
  const can = useCan()
  const [search, setSearch] = useSearch()
  const [freezing, setFreezing] = useState(false)
  const narrow = useNarrow()
  const { zone } = useLocale()
  const now = useNow()
  const month = /^\d{4}-\d\d$/.test(search['month'] ?? '') ? search['month']! : dateIn(zone, now).slice(0, 7)
  const span = spanOf(monthDays(month, zone, undefined))
  useLiveRefresh(['change'], [['changes', 'calendar']])
  const query = useQuery({
    queryKey: ['changes', 'calendar', month],
    queryFn: ({ signal }) => api.get<CalendarView>('/change-calendar', { query: span, signal }),
    placeholderData: (before) => before,
  })
  const days = monthDays(month, zone, query.data)
  return (
    <Page
      title={t('calendar')}
      body="plain"
      crumbs={[{ to: '/desk/board', label: t('board') }]}
      actions={can('freeze.change') && <Button onClick={() => setFreezing(true)}>{t('addFreeze')}</Button>}
      tools={<MonthBar month={month} onMonth={(next) => setSearch({ month: next })} />}
    >
      <Loaded query={query}>
        {(view) => (
          <>
            {narrow ? <DayList days={days} /> : <MonthGrid days={days} />}
            <div className={css.under}>
              <Freezes view={view} may={can('freeze.change')} />
            </div>
          </>
        )}
      </Loaded>
      {freezing && <FreezeDialog onClose={() => setFreezing(false)} />}
    </Page>
  )
}

function MonthBar({ month, onMonth }: { month: string; onMonth: (month: string) => void }) {
  const t = useWords(boardWords)
  const { locale } = useLocale()
  const [year, number] = month.split('-').map(Number) as [number, number]
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(new Date(year, number - 1, 1))
  return (
    <div className={css.monthBar}>
      <ActionIcon variant="default" aria-label={t('monthBefore')} onClick={() => onMonth(monthAway(month, -1))}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <span className={css.monthName} aria-live="polite">
        {name}
      </span>
      <ActionIcon variant="default" aria-label={t('monthAfter')} onClick={() => onMonth(monthAway(month, 1))}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  )
}

const SHOWN_MAX = 3

function MonthGrid({ days }: { days: readonly MonthDay[] }) {
  const t = useWords(boardWords)
  const { locale, zone } = useLocale()
  const now = useNow()
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' })
  const today = dateIn(zone, now)
  return (
    <div className={css.month}>
      {days.slice(0, 7).map((day) => (
        <span key={day.date} className={css.weekday}>
          {weekday.format(new Date(`${day.date}T12:00:00`))}
        </span>
      ))}
      {days.map((day) => (
        <div
          key={day.date}
          className={css.day}
          data-other={day.other}
          data-today={day.date === today}
          data-frozen={day.freezes.length > 0}
        >
          <time dateTime={day.date} className={css.dayNumber}>
            {Number(day.date.slice(8))}
          </time>
          {day.freezes.slice(0, 1).map((one) => (
            <span key={one.id} className={css.frozen} title={one.reason}>
              {one.client === null ? '' : `${one.client.name}: `}
              {one.reason}
            </span>
          ))}
          {day.windows.slice(0, SHOWN_MAX).map((one) => (
            <Slot key={one.changeId} window={one} />
          ))}
          {day.windows.length > SHOWN_MAX && (
            <span className={css.quiet}>{t('more', { n: day.windows.length - SHOWN_MAX })}</span>
          )}
        </div>
      ))}
    </div>
  )
}

function toneOf(one: CalendarView['windows'][number]): 'danger' | 'ok' | 'warn' | undefined {
  if (one.stage === 'installed') return 'ok'
  if (one.stage === 'rolled_back' || one.conflicts.some((conflict) => conflict.stops)) return 'danger'
  return one.conflicts.length > 0 || one.windowState === 'asked' || one.windowState === 'declined' ? 'warn' : undefined
}

function Slot({ window: one }: { window: CalendarView['windows'][number] }) {
  const t = useWords(boardWords)
  return (
    <Link to={`/desk/changes/${one.changeId}`} className={css.slot} data-tone={toneOf(one)}>
      <strong>
        <DateTimeText at={one.from} style="time" />
      </strong>{' '}
      № {one.ticket.number} {one.client.name}
      {one.conflicts.length > 0 && (
        <>
          {' '}
          <IconAlertTriangle size={12} role="img" aria-label={t('crossing')} />
        </>
      )}
    </Link>
  )
}

/** On a phone: only the days on which something happens. */
function DayList({ days }: { days: readonly MonthDay[] }) {
  const t = useWords(boardWords)
  const busy = days.filter((day) => !day.other && day.windows.length > 0)
  if (busy.length === 0) return <EmptyState icon={<IconCalendar size={24} stroke={1.6} />} title={t('noWindows')} />
  return (
    <div className={css.dayList}>
      {busy.map((day) => (
        <section key={day.date} className={css.card}>
          <h3>
            <DateText date={day.date} month="short" />
          </h3>
          {day.windows.map((one) => (
            <Slot key={one.changeId} window={one} />
          ))}
        </section>
      ))}
    </div>
  )
}

function Freezes({ view, may }: { view: CalendarView; may: boolean }) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  const lift = async (one: CalendarView['freezes'][number]) => {
    if (!(await confirm({ title: t('liftAsk', { reason: one.reason }), action: t('lift') }))) return
    try {
      await api.delete(`/freezes/${one.id}`)
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  return (
    <Card title={t('freezes')}>
      {view.freezes.length === 0 && <p className={css.quiet}>{t('noFreezes')}</p>}
      <ul className={css.list}>
        {view.freezes.map((one) => (
          <li key={one.id} className={css.item}>
            <span>
              <IconSnowflake size={15} stroke={1.8} aria-hidden="true" /> {one.reason}
              <br />
              <span className={css.quiet}>
                {one.client?.name ?? t('allClients')} · <DateTimeText at={one.from} /> — <DateTimeText at={one.until} />
                {one.allowsEmergency && ` · ${t('allowsEmergency')}`}
              </span>
            </span>
            {may && (
              <Button size="compact-sm" variant="default" onClick={() => void lift(one)}>
                {t('lift')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function FreezeDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  const form = useForm({
    initial: {
      client: null as { key: string; label: string } | null,
      from: '',
      until: '',
      reason: '',
      allowsEmergency: true,
    },
    submit: ({ client, from, until, reason, allowsEmergency }, key) =>
      api.post(
        '/freezes',
        {
          clientId: client === null ? null : Number(client.key),
          from: isoOf(from),
          until: isoOf(until),
          reason,
          allowsEmergency,
        },
        { key },
      ),
    onDone: () => {
      toast.ok(t('saved'))
      onClose()
      void refresh()
    },
  })
  const { values } = form
  const ready = isoOf(values.from) !== null && isoOf(values.until) !== null && values.reason.trim() !== ''
  return (
    <Dialog title={t('addFreeze')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <ClientField
          label={t('client')}
          placeholder={t('allClients')}
          value={values.client}
          onChange={(client) => form.set('client', client)}
          clearable
        />
        <div className={css.row}>
          <TextInput {...form.field('from')} type="datetime-local" label={t('from')} required />
          <TextInput {...form.field('until')} type="datetime-local" label={t('until')} required />
        </div>
        <TextInput {...form.field('reason')} label={t('reason')} required />
        <Checkbox {...form.check('allowsEmergency')} label={t('allowsEmergency')} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={!ready}>
            {t('addFreeze')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
