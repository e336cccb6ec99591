import { Button, NativeSelect, TextInput } from '@mantine/core'
import { AddButton, useCan } from '@opora/people/ui'
import {
  Card,
  type Column,
  DataTable,
  DateTimeText,
  Dialog,
  EmptyState,
  FormError,
  Loaded,
  Page,
  Pill,
  useForm,
  useLocale,
  useRoute,
  useWords,
  zoneName,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconCalendar } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { productionYears } from '../../contract.ts'
import type { CalendarRow } from './calendar-look.ts'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'
import { YearImport } from './year-import.tsx'

type Years = z.infer<typeof productionYears>

/** Calendars of service hours, and the years of the production calendar that they rest on. */
export function CalendarsPage() {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const may = useCan()('calendar.change')
  const [adding, setAdding] = useState(false)
  const list = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => api.get<{ items: CalendarRow[] }>('/calendars', { signal }),
  })
  const name = (row: CalendarRow) => (locale === 'ru' ? row.nameRu : row.nameEn)
  const columns: Column<CalendarRow>[] = [
    { id: 'name', head: t('calendar'), cell: (row) => <span className={css.strong}>{name(row)}</span> },
    { id: 'rule', head: t('rule'), width: '330px', wideOnly: true, cell: (row) => t(`rule_${row.spec.dayRule}`) },
    { id: 'zone', head: t('zone'), width: '160px', wideOnly: true, cell: (row) => zoneName(row.spec.zone, locale) },
    { id: 'code', head: t('code'), width: '170px', cell: (row) => <span className={css.fine}>{row.code}</span> },
  ]
  return (
    <Page
      title={t('calendars')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      actions={may && <AddButton onClick={() => setAdding(true)}>{t('addCalendar')}</AddButton>}
    >
      <DataTable
        label={t('calendars')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.code}
        hrefOf={(row) => `/desk/settings/calendars/${row.code}`}
        card={(row) => <span className={css.strong}>{name(row)}</span>}
        empty={<EmptyState icon={<IconCalendar size={24} stroke={1.6} />} title={t('emptyTitle')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      <div className={css.padded}>
        <ProductionYears may={may} />
      </div>
      {adding && <NewCalendar rows={list.data?.items ?? []} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function ProductionYears({ may }: { may: boolean }) {
  const t = useWords(calendarWords)
  const [importing, setImporting] = useState(false)
  const years = useQuery({
    queryKey: ['production-years'],
    queryFn: ({ signal }) => api.get<Years>('/production-years', { signal }),
  })
  return (
    <Card
      title={t('years')}
      actions={
        may && (
          <Button size="compact-sm" variant="default" miw="max-content" onClick={() => setImporting(true)}>
            {t('importYear')}
          </Button>
        )
      }
    >
      <Loaded query={years}>
        {({ items }) => (
          <ul className={css.list}>
            {items.map((row) => (
              <li key={row.year} className={css.item}>
                <span>
                  <span className={css.strong}>{row.year}</span> <span className={css.fine}>{row.source}</span>
                </span>
                <span className={css.acts}>
                  <Pill tone={row.status === 'approved' ? 'ok' : 'warn'}>{t(`status_${row.status}`)}</Pill>
                  <span className={css.fine}>
                    <DateTimeText at={row.loadedAt} style="date" />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <p className={css.fine}>{t('laterYears')}</p>
      {importing && <YearImport onClose={() => setImporting(false)} />}
    </Card>
  )
}

/** A new calendar begins as a copy of one that is there. */
function NewCalendar({ rows, onClose }: { rows: readonly CalendarRow[]; onClose: () => void }) {
  const t = useWords(calendarWords)
  const { locale } = useLocale()
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const form = useForm({
    initial: { from: rows[0]?.code ?? '', code: '', nameRu: '', nameEn: '' },
    submit: ({ from, ...named }, key) => {
      const spec = rows.find((row) => row.code === from)?.spec
      return api.post<CalendarRow>('/calendars', { ...named, spec }, { key })
    },
    onDone: async ({ code }) => {
      await cache.invalidateQueries({ queryKey: ['calendars'] })
      navigate(`/desk/settings/calendars/${code}`)
    },
  })
  const { code, nameRu, nameEn } = form.values
  return (
    <Dialog title={t('addCalendar')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <NativeSelect
          label={t('basedOn')}
          data={rows.map((row) => ({ value: row.code, label: locale === 'ru' ? row.nameRu : row.nameEn }))}
          {...form.field('from')}
        />
        <TextInput label={t('nameRu')} required {...form.field('nameRu')} />
        <TextInput label={t('nameEn')} required {...form.field('nameEn')} />
        <TextInput label={t('code')} description={t('codeHint')} required {...form.field('code')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!code || !nameRu || !nameEn}>
            {t('add')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
