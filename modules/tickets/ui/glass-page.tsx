import { Button, Textarea, TextInput } from '@mantine/core'
import {
  Card,
  DateTimeText,
  FormError,
  Link,
  Loaded,
  Page,
  Pill,
  type Tone,
  toast,
  useForm,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { BrokenGlass } from '../contract.ts'
import css from './glass.module.css'
import { glassWords } from './glass-words.ts'

const KEY = ['break-glass'] as const
const TONES: Record<BrokenGlass['state'], Tone> = {
  waiting: 'warn',
  open: 'danger',
  refused: 'neutral',
  over: 'neutral',
}

/** Asking to read a ticket outside one's reach, and deciding on others' wishes. */
export function GlassPage() {
  const t = useWords(glassWords)
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: BrokenGlass[] }>('/break-glass', { signal }),
    refetchInterval: 30_000,
  })
  return (
    <Page title={t('title')} crumbs={[{ to: '/desk/settings', label: t('settings') }]}>
      <div className={css.stack}>
        <p className={css.about}>{t('about')}</p>
        <Ask />
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{t('none')}</p>
            ) : (
              <ul className={css.list}>
                {items.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

function useRefresh() {
  const client = useQueryClient()
  // who has opened something may see more, and who has ended it less
  return () =>
    Promise.all([client.invalidateQueries({ queryKey: KEY }), client.invalidateQueries({ queryKey: ['me'] })])
}

function Ask() {
  const t = useWords(glassWords)
  const refresh = useRefresh()
  const form = useForm({
    initial: { number: '', reason: '' },
    submit: ({ number, reason }, key) =>
      api.post<{ state: BrokenGlass['state'] }>('/break-glass', { number: Number(number), reason }, { key }),
    onDone: ({ state }) => {
      toast.ok(t(state === 'open' ? 'opened' : 'asked'))
      void refresh()
    },
  })
  return (
    <Card>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('number')} label={t('number')} required inputMode="numeric" />
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div>
          <Button
            type="submit"
            loading={form.busy}
            disabled={form.values.number === '' || form.values.reason.trim().length < 10}
          >
            {t('ask')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function Row({ row }: { row: BrokenGlass }) {
  const t = useWords(glassWords)
  const refresh = useRefresh()
  const act = async (run: () => Promise<unknown>) => {
    try {
      await run()
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  const decide = (approve: boolean) => act(() => api.post(`/break-glass/${row.id}/decision`, { approve }))
  const name = `№ ${row.ticketNumber}`
  return (
    <li className={css.row}>
      <div>
        <strong>
          {row.own && row.state === 'open' ? <Link to={`/desk/tickets/${row.ticketNumber}`}>{name}</Link> : name}
        </strong>{' '}
        {row.reader} <Pill tone={TONES[row.state]}>{t(row.state)}</Pill>
        <div>{row.reason}</div>
        <div className={css.quiet}>
          <DateTimeText at={row.askedAt} />
          {row.state === 'open' && row.endsAt && (
            <>
              {' '}
              · {t('until')} <DateTimeText at={row.endsAt} style="time" />
            </>
          )}
          {row.alone ? ` · ${t('alone')}` : row.decidedBy && ` · ${t('by')} ${row.decidedBy}`}
        </div>
      </div>
      {row.mayDecide && (
        <div className={css.acts}>
          <Button size="compact-sm" onClick={() => void decide(true)}>
            {t('allow')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => void decide(false)}>
            {t('refuse')}
          </Button>
        </div>
      )}
      {row.own && row.state === 'open' && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void act(() => api.delete(`/break-glass/${row.id}`))}
        >
          {t('end')}
        </Button>
      )}
    </li>
  )
}
