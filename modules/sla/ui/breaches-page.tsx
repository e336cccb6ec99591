import { Button, NativeSelect, Textarea } from '@mantine/core'
import {
  type Column,
  DataTable,
  DateTimeText,
  Dialog,
  EmptyState,
  FormError,
  Level,
  Link,
  lastMonths,
  MinutesText,
  monthQuery,
  Page,
  Pill,
  toast,
  useForm,
  useLocale,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BreachView } from '../contract.ts'
import { clockWords } from './clock-words.ts'
import css from './clocks.module.css'

const KEY = ['breaches'] as const
const METRICS = ['reaction', 'next_answer', 'resolution'] as const
const MONTHS_OFFERED = 13

/** The register of promises that were not kept, with their causes. */
export function BreachesPage() {
  const t = useWords(clockWords)
  const [search] = useSearch()
  const [asked, setAsked] = useState<BreachView | null>(null)
  const { metric, client, month, explained } = search
  const query = { metric, client, explained, ...monthQuery(month) }
  const list = useInfiniteQuery({
    queryKey: [...KEY, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: BreachView[]; nextCursor: string | null }>('/breaches', {
        query: { ...query, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const columns = useColumns(setAsked)
  return (
    <Page
      title={t('breaches')}
      body="plain"
      tools={<Filters />}
      actions={<Link to="/desk/what-if">{t('whatIf')}</Link>}
    >
      <DataTable
        label={t('breaches')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        hrefOf={(row) => `/desk/tickets/${row.ticket.number}`}
        toneOf={(row) => (row.metAt === null ? 'danger' : undefined)}
        card={(row) => <BreachCard row={row} onCause={() => setAsked(row)} />}
        empty={
          <EmptyState icon={<IconShieldCheck size={24} stroke={1.6} />} title={t('emptyTitle')} text={t('emptyText')} />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      {asked && <CauseDialog breach={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

function Filters() {
  const t = useWords(clockWords)
  const { locale } = useLocale()
  const [search, setSearch] = useSearch()
  const field = (name: string, label: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={data}
      value={search[name] ?? ''}
      onChange={(event) => setSearch({ [name]: event.currentTarget.value || null })}
    />
  )
  return (
    <>
      {field('month', t('month'), [{ value: '', label: t('anyTime') }, ...lastMonths(MONTHS_OFFERED, locale)])}
      {field('metric', t('metric'), [
        { value: '', label: t('anyMetric') },
        ...METRICS.map((value) => ({ value, label: t(`metric_${value}`) })),
      ])}
      {field('explained', t('explained'), [
        { value: '', label: t('explainedAny') },
        { value: 'no', label: t('explainedNo') },
        { value: 'yes', label: t('explainedYes') },
      ])}
    </>
  )
}

function useColumns(onCause: (row: BreachView) => void): Column<BreachView>[] {
  const t = useWords(clockWords)
  return [
    {
      id: 'ticket',
      head: t('ticket'),
      cell: (row) => (
        <span className={css.subject}>
          № {row.ticket.number} {row.ticket.subject}
        </span>
      ),
    },
    { id: 'client', head: t('client'), width: '124px', cell: (row) => row.client.name },
    {
      id: 'metric',
      head: t('metric'),
      width: '176px',
      cell: (row) => (
        <span title={row.row}>
          {row.metricName} <span className={css.quiet}>{row.promised}</span>
        </span>
      ),
    },
    {
      id: 'priority',
      head: '',
      width: '34px',
      cell: (row) => <Level compact level={levelOf(row.priority)} label={t('priority', { n: row.priority })} />,
    },
    { id: 'breachedAt', head: t('breachedAt'), width: '118px', cell: (row) => <DateTimeText at={row.breachedAt} /> },
    { id: 'late', head: t('late'), width: '182px', cell: (row) => <Late row={row} /> },
    { id: 'assignee', head: t('assignee'), width: '126px', wideOnly: true, cell: (row) => row.assignee },
    {
      id: 'cause',
      head: t('cause'),
      width: '152px',
      cell: (row) => <Cause row={row} onCause={() => onCause(row)} />,
    },
  ]
}

function levelOf(priority: number): 1 | 2 | 3 | 4 {
  return Math.min(4, Math.max(1, priority)) as 1 | 2 | 3 | 4
}

function Late({ row }: { row: BreachView }) {
  const t = useWords(clockWords)
  return (
    <span className={css.late}>
      <MinutesText minutes={row.lateMinutes} />
      {row.metAt === null && ` · ${t('stillOpen')}`}
    </span>
  )
}

function Cause({ row, onCause }: { row: BreachView; onCause: () => void }) {
  const t = useWords(clockWords)
  return (
    <>
      <button type="button" className={css.cause} title={row.cause ?? t('noCause')} onClick={onCause}>
        {row.cause ?? <span className={css.missing}>{t('noCause')}</span>}
      </button>
      {row.whollyWaitingForClient && <Pill tone="violet">{t('byClient')}</Pill>}
    </>
  )
}

function BreachCard({ row, onCause }: { row: BreachView; onCause: () => void }) {
  return (
    <div className={css.card}>
      <div className={css.cardTop}>
        <span>№ {row.ticket.number}</span>
        <span>{row.client.name}</span>
        <Late row={row} />
      </div>
      <div>{row.ticket.subject}</div>
      <div className={css.cardTop}>
        <span>{row.metricName}</span>
        <Cause row={row} onCause={onCause} />
      </div>
    </div>
  )
}

function CauseDialog({ breach, onClose }: { breach: BreachView; onClose: () => void }) {
  const t = useWords(clockWords)
  const client = useQueryClient()
  const form = useForm({
    initial: { cause: breach.cause ?? '' },
    submit: ({ cause }) => api.put(`/breaches/${breach.id}/cause`, { cause }, { version: breach.version }),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: KEY })
      toast.ok(t('saved'))
      onClose()
    },
  })
  return (
    <Dialog title={`№ ${breach.ticket.number}: ${breach.metricName}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <Textarea label={t('cause')} description={t('causeHint')} autosize minRows={3} {...form.field('cause')} />
        {breach.causeBy && breach.causeAt && (
          <span className={css.quiet}>
            {breach.causeBy}, <DateTimeText at={breach.causeAt} />
          </span>
        )}
        <FormError error={form.failure} />
        <Button type="submit" loading={form.busy} disabled={form.values.cause.trim() === ''}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}
