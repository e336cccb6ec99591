import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import {
  type Column,
  DataTable,
  EmptyState,
  Link,
  lastMonths,
  MinutesText,
  MoneyText,
  monthName,
  Page,
  Pill,
  useLocale,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { IconCalendarDollar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { PeriodView } from '../contract.ts'
import { MonthActs } from './desk-month-acts.tsx'
import { DueText, LeftText } from './desk-month-why.tsx'
import css from './desk-months.module.css'
import { monthAway, standing, useMonth } from './desk-months.ts'
import { monthWords } from './desk-words.ts'
import { ChosenActs } from './month-chosen.tsx'
import { MonthProgress } from './month-progress.tsx'
import { MonthSteps } from './month-steps.tsx'
import { stepWords } from './month-steps-words.ts'
import { mendedAt } from './unfinished-link.ts'

const MONTHS_OFFERED = 25

/** The month in the address; without one, the last that is over. */
function useChosenMonth(): string {
  const { locale } = useLocale()
  const [search] = useSearch()
  return search['month'] ?? lastMonths(2, locale)[1]!.value
}

/** The month's end over all contracts: how each stands, what keeps it open, what it comes to. */
export function MonthsPage() {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  const month = useChosenMonth()
  const list = useMonth(month)
  const columns = useColumns()
  const [chosen, setChosen] = useState<Set<string>>(new Set())
  const pages = list.data?.pages
  const rows = pages?.flatMap((page) => page.items)
  const summary = pages?.[0]?.summary
  return (
    <Page
      title={t('months')}
      body="plain"
      actions={
        <>
          <a href={`/api/v1/documents/export?month=${month}&format=xlsx`} download>
            {t('exportFor1c')}
          </a>
          <Link to="/desk/months/reports">{t('reports')}</Link>
        </>
      }
      tools={
        <>
          <MonthPicker month={month} />
          <Search />
        </>
      }
    >
      {summary && summary.contracts > 0 && <MonthSteps month={month} summary={summary} />}
      <MonthProgress month={month} />
      <DataTable
        label={`${t('months')}, ${monthName(month, locale)}`}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.contract.id)}
        hrefOf={hrefOfMonth}
        toneOf={(row) => (standing(row).word === 'blocked' ? 'warn' : undefined)}
        card={(row) => <MonthCard row={row} />}
        selected={chosen}
        onSelect={setChosen}
        bulk={
          <ChosenActs
            month={month}
            rows={(rows ?? []).filter((row) => chosen.has(String(row.contract.id)))}
            onDone={() => setChosen(new Set())}
          />
        }
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={
          <EmptyState
            icon={<IconCalendarDollar size={24} stroke={1.6} />}
            title={t('emptyTitle')}
            text={t('emptyText')}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    </Page>
  )
}

/** By the client's name, or the contract's number or title. */
function Search() {
  const t = useWords(stepWords)
  const [search, setSearch] = useSearch()
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      defaultValue={search['q'] ?? ''}
      onChange={(event) => setSearch({ q: event.currentTarget.value === '' ? null : event.currentTarget.value })}
    />
  )
}

function hrefOfMonth(row: PeriodView): string {
  return `/desk/months/${row.month}/${row.contract.id}`
}

function MonthPicker({ month }: { month: string }) {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  const [, setSearch] = useSearch()
  const offered = lastMonths(MONTHS_OFFERED, locale)
  const data = offered.some(({ value }) => value === month)
    ? offered
    : [{ value: month, label: monthName(month, locale) }, ...offered]
  const go = (to: string) => setSearch({ month: to }, { push: true })
  return (
    <div className={css.picker}>
      <ActionIcon variant="default" aria-label={t('earlier')} onClick={() => go(monthAway(month, -1))}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <NativeSelect
        size="xs"
        aria-label={t('month')}
        data={data}
        value={month}
        onChange={(event) => go(event.currentTarget.value)}
      />
      <ActionIcon variant="default" aria-label={t('later')} onClick={() => go(monthAway(month, 1))}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  )
}

function useColumns(): Column<PeriodView>[] {
  const t = useWords(monthWords)
  return [
    {
      id: 'client',
      head: t('client'),
      cell: (row) => (
        <span>
          {row.client.name} <span className={css.quiet}>{row.contract.number}</span>
        </span>
      ),
    },
    { id: 'state', head: t('state'), width: '168px', cell: (row) => <State row={row} /> },
    { id: 'unfinished', head: t('unfinished'), cell: (row) => <UnfinishedText row={row} />, wideOnly: true },
    { id: 'left', head: t('left'), width: '120px', align: 'end', cell: (row) => <LeftText view={row} /> },
    {
      id: 'overage',
      head: t('overage'),
      width: '116px',
      align: 'end',
      wideOnly: true,
      cell: (row) => (row.figures?.overageMinutes ? <MinutesText minutes={row.figures.overageMinutes} /> : '—'),
    },
    { id: 'due', head: t('due'), width: '140px', align: 'end', cell: (row) => <DueText view={row} /> },
    { id: 'acts', head: '', width: '176px', align: 'end', cell: (row) => <MonthActs view={row} compact /> },
  ]
}

function State({ row }: { row: PeriodView }) {
  const t = useWords(monthWords)
  const { word, tone } = standing(row)
  return <Pill tone={tone}>{t(word)}</Pill>
}

function UnfinishedText({ row }: { row: PeriodView }) {
  const t = useWords(monthWords)
  const [first, ...others] = row.unfinished
  if (!first) return null
  const to = mendedAt(row, first)
  return (
    <span className={css.quiet} title={row.unfinished.map((one) => one.sentence).join('\n')}>
      {to === null ? first.sentence : <Link to={to}>{first.sentence}</Link>}{' '}
      {others.length > 0 && t('unfinishedMore', { n: others.length })}
    </span>
  )
}

function MonthCard({ row }: { row: PeriodView }) {
  const t = useWords(monthWords)
  return (
    <div className={css.card}>
      <strong>{row.client.name}</strong>
      <span className={css.quiet}>
        {row.contract.number}, {row.contract.title}
      </span>
      <span>
        {t('due')}: {row.figures ? <MoneyText kopecks={row.figures.dueKopecks} exact /> : '—'}
      </span>
      <State row={row} />
      <UnfinishedText row={row} />
      <MonthActs view={row} compact />
    </div>
  )
}
