import { NativeSelect } from '@mantine/core'
import { type Column, DataTable, EmptyState, MoneyText, Page, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconChartBar } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { BudgetListRow } from '../budget.contract.ts'
import css from './money.module.css'
import { MoneyTabs } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

const THIS_YEAR = new Date().getFullYear()
export const YEARS = [THIS_YEAR + 1, THIS_YEAR, THIS_YEAR - 1, THIS_YEAR - 2].map(String)

/** The year in the address; without one, the present. */
export function useYear(): [string, (year: string) => void] {
  const [search, setSearch] = useSearch()
  return [search['year'] ?? String(THIS_YEAR), (year) => setSearch({ year })]
}

/** The year of every client, plan against fact. */
export function BudgetsPage() {
  const t = useWords(moneyWords)
  const [year, setYear] = useYear()
  const list = useInfiniteQuery({
    queryKey: ['insight', 'budgets', { year }],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: BudgetListRow[]; nextCursor: string | null }>('/insight/budgets', {
        query: { year, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  return (
    <Page title={t('budgets')} body="plain" tools={<MoneyTabs />}>
      <div className={css.bar}>
        <NativeSelect
          size="xs"
          aria-label={t('year')}
          data={YEARS}
          value={year}
          onChange={(event) => setYear(event.currentTarget.value)}
        />
      </div>
      <DataTable
        label={t('budgets')}
        columns={useColumns()}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.client.id)}
        hrefOf={(row) => `/desk/money/budgets/${row.client.id}?year=${row.year}`}
        toneOf={(row) => (row.planned && row.factKopecks > row.annualKopecks ? 'danger' : undefined)}
        card={(row) => <BudgetCard row={row} />}
        empty={
          <EmptyState icon={<IconChartBar size={24} stroke={1.6} />} title={t('noBudgets')} text={t('noBudgetsText')} />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      <p className={css.note}>{t('withVat')}</p>
    </Page>
  )
}

function useColumns(): Column<BudgetListRow>[] {
  const t = useWords(moneyWords)
  const money = (of: (row: BudgetListRow) => number) => (row: BudgetListRow) => <MoneyText kopecks={of(row)} />
  const planned = (of: (row: BudgetListRow) => number) => (row: BudgetListRow) =>
    row.planned ? <MoneyText kopecks={of(row)} /> : <span className={css.quiet}>{t('noPlan')}</span>
  return [
    { id: 'client', head: t('client'), cell: (row) => row.client.name },
    { id: 'plan', head: t('planYear'), width: '160px', align: 'end', cell: planned((row) => row.annualKopecks) },
    {
      id: 'toDate',
      head: t('planToDate'),
      width: '160px',
      align: 'end',
      wideOnly: true,
      cell: planned((row) => row.toDateKopecks),
    },
    { id: 'fact', head: t('fact'), width: '160px', align: 'end', cell: money((row) => row.factKopecks) },
    { id: 'expected', head: t('expected'), width: '180px', align: 'end', cell: money((row) => row.expectedKopecks) },
  ]
}

function BudgetCard({ row }: { row: BudgetListRow }) {
  const t = useWords(moneyWords)
  return (
    <div className={css.card}>
      <strong>{row.client.name}</strong>
      <span>
        {t('fact')}: <MoneyText kopecks={row.factKopecks} />
      </span>
      <span className={css.quiet}>
        {row.planned ? (
          <>
            {t('planYear')}: <MoneyText kopecks={row.annualKopecks} />
          </>
        ) : (
          t('noPlan')
        )}
      </span>
    </div>
  )
}
