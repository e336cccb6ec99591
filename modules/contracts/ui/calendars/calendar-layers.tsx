import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { CalendarSpec, DayRule, Weekday } from '@opora/calendar'
import { Card, Facts, useLocale, useWords, zoneName } from '@opora/ui-kit'
import { useState } from 'react'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'
import { readBreaks, readHours, WEEKDAYS, weekdayName, writeBreaks, writeHours } from './hours-writing.ts'

const RULES: readonly DayRule[] = [
  'production',
  'weekdays_less_all_days_off',
  'weekdays_less_statutory_holidays',
  'every_listed_day',
]

interface LayerProps {
  spec: CalendarSpec
  onChange: (spec: CalendarSpec) => void
}

/** The lower layers of a calendar: the hours of the week, how the production calendar bears on them, breaks. */
export function CalendarLayers({ spec, onChange }: LayerProps) {
  const t = useWords(calendarWords)
  return (
    <>
      <Card title={t('weekHours')}>
        <div className={css.form}>
          <p className={css.fine}>{t('weekHint')}</p>
          {WEEKDAYS.map((day) => (
            <WeekdayHours key={day} day={day} spec={spec} onChange={onChange} />
          ))}
          <Breaks spec={spec} onChange={onChange} />
        </div>
      </Card>
      <Card title={t('rule')}>
        <div className={css.form}>
          <NativeSelect
            aria-label={t('rule')}
            value={spec.dayRule}
            data={RULES.map((value) => ({ value, label: t(`rule_${value}`) }))}
            onChange={(event) => onChange({ ...spec, dayRule: event.currentTarget.value as DayRule })}
          />
          <Checkbox
            label={t('shortened')}
            checked={spec.shortenedDays ?? spec.dayRule === 'production'}
            onChange={(event) => onChange({ ...spec, shortenedDays: event.currentTarget.checked })}
          />
          <Typed
            label={t('zone')}
            text={spec.zone}
            isGood={isZone}
            wrong={t('zone')}
            onRead={(zone) => onChange({ ...spec, zone })}
          />
        </div>
      </Card>
    </>
  )
}

/** The same for those who only read. */
export function LayersInWords({ spec }: { spec: CalendarSpec }) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const hours = (day: Weekday) => writeHours(spec.week[day] ?? []) || t('closed')
  return (
    <Card title={t('weekHours')}>
      <Facts
        rows={[
          ...WEEKDAYS.map((day) => [weekdayName(day, locale), hours(day)] as const),
          [t('breaks'), writeBreaks(spec.breaks ?? [], locale)],
          [t('rule'), t(`rule_${spec.dayRule}`)],
          [t('zone'), zoneName(spec.zone, locale)],
        ]}
      />
    </Card>
  )
}

function WeekdayHours({ day, spec, onChange }: LayerProps & { day: Weekday }) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  return (
    <div className={css.weekday}>
      <span aria-hidden="true">{weekdayName(day, locale)}</span>
      <Typed
        ariaLabel={`${t('hours')}: ${weekdayName(day, locale)}`}
        placeholder={t('closed')}
        text={writeHours(spec.week[day] ?? [])}
        isGood={(text) => readHours(text) !== null}
        wrong={t('badHours')}
        onRead={(text) => onChange({ ...spec, week: { ...spec.week, [day]: readHours(text) ?? [] } })}
      />
    </div>
  )
}

function Breaks({ spec, onChange }: LayerProps) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  return (
    <Typed
      label={t('breaks')}
      description={t('breaksHint')}
      text={writeBreaks(spec.breaks ?? [], locale)}
      isGood={(text) => readBreaks(text) !== null}
      wrong={t('badBreak')}
      onRead={(text) => onChange({ ...spec, breaks: readBreaks(text) ?? [] })}
    />
  )
}

interface TypedProps {
  label?: string
  ariaLabel?: string
  description?: string
  placeholder?: string
  text: string
  isGood: (text: string) => boolean
  wrong: string
  onRead: (text: string) => void
}

/** A field whose words become data once they make sense; until then the calendar keeps what it had. */
function Typed({ label, ariaLabel, description, placeholder, text, isGood, wrong, onRead }: TypedProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? text
  return (
    <TextInput
      {...(label ? { label } : {})}
      {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
      {...(description ? { description } : {})}
      {...(placeholder ? { placeholder } : {})}
      value={shown}
      error={!isGood(shown) && wrong}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        if (isGood(next)) onRead(next)
      }}
      onBlur={() => typed !== null && isGood(typed) && setTyped(null)}
    />
  )
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return /^[A-Za-z]/.test(zone)
  } catch {
    return false
  }
}
