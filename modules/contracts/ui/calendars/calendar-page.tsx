import { ActionIcon, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { CalendarSpec } from '@opora/calendar'
import { useCan } from '@opora/people/ui'
import {
  Card,
  Dialog,
  ErrorState,
  Loaded,
  Page,
  useLocale,
  useNarrow,
  useRoute,
  useSearch,
  useWords,
  zoneName,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { CalendarDates } from './calendar-dates.tsx'
import { CalendarDay } from './calendar-day.tsx'
import { CalendarLayers, LayersInWords } from './calendar-layers.tsx'
import type { CalendarRow, PreviewOfCalendar, YearOfCalendar } from './calendar-look.ts'
import { CalendarSaving } from './calendar-saving.tsx'
import { calendarWords } from './calendar-words.ts'
import { CalendarYear, YearLegend } from './calendar-year.tsx'
import css from './calendars.module.css'

const ASK_AFTER_MS = 350

/** One calendar: its year day by day, its layers, and a draft of them that is shown before it is saved. */
export function CalendarPage() {
  const t = useWords(calendarWords)
  const { params } = useRoute()
  const list = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => api.get<{ items: CalendarRow[] }>('/calendars', { signal }),
  })
  const row = list.data?.items.find((one) => one.code === params['code'])
  if (row) return <Editor key={`${row.code} ${row.version}`} row={row} />
  return (
    <Page title={t('calendar')} crumbs={[{ to: '/desk/settings/calendars', label: t('calendars') }]}>
      <Loaded query={list}>{() => <ErrorState error={null} />}</Loaded>
    </Page>
  )
}

function Editor({ row }: { row: CalendarRow }) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const may = useCan()('calendar.change')
  const [search, setSearch] = useSearch()
  const year = Number(search['year']) || new Date().getFullYear()
  const saved = row.spec as CalendarSpec
  const [spec, setSpec] = useState<CalendarSpec>(saved)
  const [saving, setSaving] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const isDraft = JSON.stringify(spec) !== JSON.stringify(saved)
  const shown = useYear(row.code, year, spec, isDraft)
  const choose = (date: string) => {
    if (date.slice(0, 4) !== String(year)) setSearch({ year: date.slice(0, 4) })
    setChosen(date)
  }
  const change = may ? setSpec : undefined
  return (
    <Page
      title={locale === 'ru' ? row.nameRu : row.nameEn}
      body="plain"
      crumbs={[{ to: '/desk/settings/calendars', label: t('calendars') }]}
      actions={
        may && (
          <>
            {isDraft && (
              <Button variant="default" onClick={() => setSpec(saved)}>
                {t('undo')}
              </Button>
            )}
            <Button disabled={!isDraft} onClick={() => setSaving(true)}>
              {t('save')}
            </Button>
          </>
        )
      }
    >
      <div className={css.padded}>
        <YearHead year={year} shown={shown.data} onYear={(next) => setSearch({ year: String(next) })} />
        <div className={css.columns}>
          <div className={css.column}>
            <Card>
              <Loaded query={shown}>
                {(data) => (
                  <div className={css.card}>
                    {data.estimated && <p className={css.estimated}>≈ {t('estimatedYear')}</p>}
                    {data.openMinutes === 0 && <p className={css.estimated}>{t('neverOpen')}</p>}
                    <ShownYear data={data} chosen={chosen} onChoose={choose} />
                    <YearLegend withChanges={changesOf(data).length > 0} />
                  </div>
                )}
              </Loaded>
            </Card>
          </div>
          <div className={css.column}>
            <ChosenDay
              data={shown.data}
              chosen={chosen}
              spec={spec}
              onChange={change}
              onClose={() => setChosen(null)}
            />
            {may ? <CalendarLayers spec={spec} onChange={setSpec} /> : <LayersInWords spec={spec} />}
            <CalendarDates spec={spec} onChange={change} onChoose={choose} />
          </div>
        </div>
      </div>
      {saving && (
        <CalendarSaving
          row={row}
          spec={spec}
          year={year}
          changed={changesOf(shown.data).length}
          onClose={() => setSaving(false)}
        />
      )}
    </Page>
  )
}

/** The year as it is saved; of a draft, as it would be. What is typed is asked about a moment after the typing stops. */
function useYear(code: string, year: number, spec: CalendarSpec, isDraft: boolean) {
  const [draft] = useDebouncedValue(isDraft ? spec : null, ASK_AFTER_MS)
  return useQuery({
    queryKey: ['calendar-year', code, year, draft],
    queryFn: ({ signal }): Promise<YearOfCalendar | PreviewOfCalendar> =>
      draft
        ? api.post<PreviewOfCalendar>('/calendars/preview', { code, spec: draft, year }, { signal })
        : api.get<YearOfCalendar>(`/calendars/${code}/year`, { query: { year }, signal }),
    placeholderData: (before) => before,
    retry: false,
  })
}

function changesOf(data: YearOfCalendar | PreviewOfCalendar | undefined): PreviewOfCalendar['changed'] {
  return data && 'changed' in data ? data.changed : []
}

interface ShownYearProps {
  data: YearOfCalendar | PreviewOfCalendar
  chosen: string | null
  onChoose: (date: string) => void
}

function ShownYear({ data, chosen, onChoose }: ShownYearProps) {
  const changed = useMemo(() => new Set(changesOf(data).map((day) => day.date)), [data])
  return <CalendarYear days={data.days} changed={changed} chosen={chosen} onChoose={onChoose} />
}

interface ChosenDayProps {
  data: YearOfCalendar | PreviewOfCalendar | undefined
  chosen: string | null
  spec: CalendarSpec
  onChange: ((spec: CalendarSpec) => void) | undefined
  onClose: () => void
}

/** Beside the year where there is room, over it on a phone. */
function ChosenDay({ data, chosen, spec, onChange, onClose }: ChosenDayProps) {
  const t = useWords(calendarWords)
  const narrow = useNarrow()
  const day = data?.days.find((one) => one.date === chosen)
  if (!day) return <p className={css.fine}>{t('chooseDay')}</p>
  const before = changesOf(data).find((one) => one.date === chosen)?.before ?? null
  const card = <CalendarDay day={day} before={before} spec={spec} onChange={onChange} />
  if (!narrow) return card
  return (
    <Dialog title={t('why')} onClose={onClose}>
      {card}
    </Dialog>
  )
}

interface YearHeadProps {
  year: number
  shown: YearOfCalendar | undefined
  onYear: (year: number) => void
}

function YearHead({ year, shown, onYear }: YearHeadProps) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  return (
    <div className={css.head}>
      <span className={css.acts}>
        <ActionIcon variant="default" aria-label={t('yearBefore')} onClick={() => onYear(year - 1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <span className={css.yearName} aria-live="polite">
          {year}
        </span>
        <ActionIcon variant="default" aria-label={t('yearAfter')} onClick={() => onYear(year + 1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </span>
      {shown?.year === year && (
        <span className={css.fine} data-numeric>
          {t('sums', {
            days: shown.workingDays,
            hours: new Intl.NumberFormat(locale).format(Math.round(shown.openMinutes / 6) / 10),
          })}
          {' · '}
          {zoneName(shown.zone, locale)}
        </span>
      )}
    </div>
  )
}
