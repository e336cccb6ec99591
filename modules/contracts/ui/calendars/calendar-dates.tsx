import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import type { CalendarSpec } from '@opora/calendar'
import { formatDate } from '@opora/platform/i18n'
import { Card, useLocale, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import {
  actOf,
  type DayOff,
  type DayOffKind,
  daysOffOf,
  withDaysOff,
  withException,
  withoutDayOff,
} from './calendar-draft.ts'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'
import { writeHours } from './hours-writing.ts'

interface DatesProps {
  spec: CalendarSpec
  /** Absent for those who only read. */
  onChange: ((spec: CalendarSpec) => void) | undefined
  onChoose: (date: string) => void
}

/** The upper layers: days off of the company and of the region, and exceptions, by date. */
export function CalendarDates({ spec, onChange, onChoose }: DatesProps) {
  const t = useWords(calendarWords)
  const daysOff = daysOffOf(spec)
  const exceptions = spec.exceptions ?? []
  return (
    <>
      <Card title={t('daysOff')}>
        {daysOff.length === 0 && <p className={css.fine}>{t('noDaysOff')}</p>}
        <ul className={css.list}>
          {daysOff.map((day) => (
            <li key={`${day.kind} ${day.date}`} className={css.item}>
              <span>
                <DayOfYear date={day.date} /> {day.name} <span className={css.fine}>{t(`off_${day.kind}`)}</span>
              </span>
              {onChange && (
                <CloseButton
                  aria-label={`${t('remove')}: ${day.date}`}
                  onClick={() => onChange(withoutDayOff(spec, day))}
                />
              )}
            </li>
          ))}
        </ul>
        {onChange && <DayOffForm onAdd={(day, last) => onChange(withDaysOff(spec, day, last))} />}
      </Card>
      <Card title={t('exceptions')}>
        {exceptions.length === 0 && <p className={css.fine}>{t('noExceptions')}</p>}
        <ul className={css.list}>
          {exceptions.map((one) => (
            <li key={one.date} className={css.item}>
              <button type="button" className={css.plain} onClick={() => onChoose(one.date)}>
                <DayOfYear date={one.date} /> {one.name}{' '}
                <span className={css.fine}>
                  {t(`act_${actOf(one).act}`)} {writeHours(actOf(one).hours)}
                </span>
              </button>
              {onChange && (
                <CloseButton
                  aria-label={`${t('remove')}: ${one.date}`}
                  onClick={() => onChange(withException(spec, one.date, null))}
                />
              )}
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}

function DayOfYear({ date }: { date: string }) {
  const { locale } = useLocale()
  if (date.length === 10) return <time dateTime={date}>{formatDate(date, locale, 'short')}</time>
  // A day of every year is written in a leap year, so that 29 February has a name.
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return <time dateTime={date}>{format.format(Date.parse(`2024-${date}T00:00:00Z`))}</time>
}

const KINDS: readonly DayOffKind[] = ['holidays', 'yearlyHolidays', 'regionalDaysOff']

function DayOffForm({ onAdd }: { onAdd: (day: DayOff, last: string) => void }) {
  const t = useWords(calendarWords)
  const empty = { kind: 'holidays' as DayOffKind, date: '', last: '', name: '' }
  const [form, setForm] = useState(empty)
  const set = (change: Partial<typeof empty>) => setForm((before) => ({ ...before, ...change }))
  return (
    <form
      className={css.pair}
      onSubmit={(event) => {
        event.preventDefault()
        if (form.date === '') return
        onAdd({ kind: form.kind, date: form.date, name: form.name }, form.last)
        setForm({ ...empty, kind: form.kind })
      }}
    >
      <NativeSelect
        label={t('kind')}
        value={form.kind}
        data={KINDS.map((value) => ({ value, label: t(`off_${value}`) }))}
        onChange={(event) => set({ kind: event.currentTarget.value as DayOffKind })}
      />
      <TextInput label={t('name')} value={form.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput
        type="date"
        label={t('date')}
        value={form.date}
        onChange={(event) => set({ date: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('lastDate')}
        value={form.last}
        min={form.date}
        onChange={(event) => set({ last: event.currentTarget.value })}
      />
      <Button type="submit" variant="default" disabled={form.date === ''}>
        {t('add')}
      </Button>
    </form>
  )
}
