import { Button, NativeSelect, TextInput } from '@mantine/core'
import type { CalendarSpec } from '@opora/calendar'
import { formatDate } from '@opora/platform/i18n'
import { Card, MinutesText, Reasons, useLocale, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import { actOf, type ExceptionAct, exceptionOf, withException } from './calendar-draft.ts'
import { type DayOfCalendar, hoursText, reasonText } from './calendar-look.ts'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'
import { readHours, writeHours } from './hours-writing.ts'

interface CalendarDayProps {
  day: DayOfCalendar
  /** The hours that are saved, where the draft has others. */
  before: [string, string][] | null
  spec: CalendarSpec
  /** Absent for those who only read. */
  onChange: ((spec: CalendarSpec) => void) | undefined
}

/** One day: its hours, what made them, layer by layer, and the exception that may be made for it. */
export function CalendarDay({ day, before, spec, onChange }: CalendarDayProps) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const ends = day.hours.some(([from, to]) => to <= from) ? ` ${t('nextDay')}` : ''
  return (
    <Card title={<span className={css.dayTitle}>{formatDate(day.date, locale)}</span>}>
      <p className={css.lead}>
        {hoursText(day.hours, t)}
        {ends}
      </p>
      {before && <p className={css.fine}>{t('wasHours', { hours: hoursText(before, t) })}</p>}
      <Reasons
        lead={t('why')}
        rows={day.reasons.map((reason, i) => {
          const { what, detail } = reasonText(reason, t, locale)
          return { key: `${reason.code}-${i}`, what, detail, amount: '' }
        })}
        total={{ what: hoursText(day.hours, t), amount: <MinutesText minutes={day.openMinutes} /> }}
      />
      {day.estimated && <p className={css.fine}>≈ {t('estimatedYear')}</p>}
      {onChange && <ExceptionForm key={day.date} date={day.date} spec={spec} onChange={onChange} />}
    </Card>
  )
}

const ACTS = ['close', 'replace', 'add', 'remove'] as const

interface ExceptionFormProps {
  date: string
  spec: CalendarSpec
  onChange: (spec: CalendarSpec) => void
}

function ExceptionForm({ date, spec, onChange }: ExceptionFormProps) {
  const t = useWords(calendarWords)
  const present = spec.exceptions?.find((one) => one.date === date)
  const shown = present ? actOf(present) : { act: 'close' as const, hours: [] }
  const [act, setAct] = useState<ExceptionAct>(shown.act)
  const [hours, setHours] = useState(writeHours(shown.hours))
  const [name, setName] = useState(present?.name ?? '')
  const read = readHours(hours)
  const isReady = act === 'close' || (read !== null && read.length > 0)
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onChange(withException(spec, date, exceptionOf(date, act, read ?? [], name)))
      }}
    >
      <NativeSelect
        label={t('exception')}
        value={act}
        data={ACTS.map((value) => ({ value, label: t(`act_${value}`) }))}
        onChange={(event) => setAct(event.currentTarget.value as ExceptionAct)}
      />
      {act !== 'close' && (
        <TextInput
          label={t('hours')}
          placeholder="10:00–15:00"
          value={hours}
          error={read === null && t('badHours')}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css.acts}>
        <Button type="submit" variant="default" disabled={!isReady}>
          {t('apply')}
        </Button>
        {present && (
          <Button variant="subtle" onClick={() => onChange(withException(spec, date, null))}>
            {t('remove')}
          </Button>
        )}
      </div>
    </form>
  )
}
