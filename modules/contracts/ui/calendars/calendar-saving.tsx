import { Button, Checkbox, TextInput } from '@mantine/core'
import type { CalendarSpec } from '@opora/calendar'
import { ConflictNote, plainFailure } from '@opora/people/ui'
import { Dialog, FormError, Loaded, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { CalendarRow, Moves } from './calendar-look.ts'
import { MovedTickets } from './calendar-moves.tsx'
import { calendarWords } from './calendar-words.ts'
import css from './calendars.module.css'

interface CalendarSavingProps {
  row: CalendarRow
  spec: CalendarSpec
  year: number
  /** Days of the shown year that change. */
  changed: number
  onClose: () => void
}

/** What saving a changed calendar would do to days and to open deadlines, and then the saving itself. */
export function CalendarSaving({ row, spec, year, changed, onClose }: CalendarSavingProps) {
  const t = useWords(calendarWords)
  const cache = useQueryClient()
  const moves = useQuery({
    queryKey: ['calendar-moves', row.code, spec],
    queryFn: ({ signal }) => api.post<Moves>(`/calendars/${row.code}/moves`, { spec }, { signal }),
    retry: false,
    gcTime: 0,
  })
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['calendars'] })
    void cache.invalidateQueries({ queryKey: ['calendar-year'] })
    onClose()
  }
  const form = useForm({
    initial: { nameRu: row.nameRu, nameEn: row.nameEn, follow: false },
    submit: async ({ follow, ...names }) => {
      await api.put<CalendarRow>(`/calendars/${row.code}`, { ...names, spec }, { version: row.version })
      if (follow) await api.post(`/calendars/${row.code}/follow`)
    },
    onDone: () => {
      toast.ok(t('saved'))
      renew()
    },
  })
  return (
    <Dialog title={t('beforeSaving')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <div className={css.pair}>
          <TextInput label={t('nameRu')} {...form.field('nameRu')} />
          <TextInput label={t('nameEn')} {...form.field('nameEn')} />
        </div>
        <p className={css.strong}>{t('changedDays', { n: changed, year: String(year) })}</p>
        <Loaded query={moves}>{(data) => <MovedTickets moves={data} />}</Loaded>
        {(moves.data?.moved ?? 0) > 0 && (
          <Checkbox label={t('follow')} description={t('followHint')} {...form.check('follow')} />
        )}
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={moves.isLoading}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
