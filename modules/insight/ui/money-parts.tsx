import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { minutesInWords } from '@opora/core'
import { classNames, Dialog, ErrorState, Link, Skeleton, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import css from './money.module.css'
import { moneyWords } from './money-words.ts'

const TABS = [
  { key: 'risks', to: '/desk/money', action: 'risk.read' },
  { key: 'margin', to: '/desk/money/margin', action: 'revenue.read' },
  { key: 'load', to: '/desk/money/load', action: 'capacity.read' },
  { key: 'budgets', to: '/desk/money/budgets', action: 'budget.read' },
  { key: 'rates', to: '/desk/money/rates', action: 'cost.read' },
] as const

/** The screens of money and people, as far as the reader may. */
export function MoneyTabs() {
  const t = useWords(moneyWords)
  const can = useCan()
  const { path } = useRoute()
  return (
    <nav className={css.tabs} aria-label={t('money')}>
      {TABS.filter(({ action }) => can(action)).map(({ key, to }) => {
        const isHere = to === '/desk/money' ? path === to : path.startsWith(to)
        return (
          <Link key={key} to={to} className={css.tab} aria-current={isHere ? 'page' : undefined}>
            {t(key === 'margin' && !can('cost.read') ? 'revenueOnly' : key)}
          </Link>
        )
      })}
    </nav>
  )
}

/** The screen's figures as files. `path` is of the API, with its question mark. */
export function FileLinks({ path }: { path: string }) {
  const t = useWords(moneyWords)
  return (
    <span className={css.files}>
      {(['xlsx', 'csv'] as const).map((format) => {
        const name = t(format === 'xlsx' ? 'excel' : 'csv')
        return (
          <a key={format} href={`/api/v1${path}format=${format}`} download title={t('download', { format: name })}>
            {name}
          </a>
        )
      })}
    </span>
  )
}

/** A figure that leads to the rows it is the sum of. */
export function Figure({ onOpen, label, children }: { onOpen: () => void; label?: string; children: ReactNode }) {
  return (
    <button
      type="button"
      className={css.figure}
      aria-label={label}
      aria-haspopup="dialog"
      onClick={(event) => {
        // the row that it stands in may lead elsewhere
        event.stopPropagation()
        onOpen()
      }}
    >
      {children}
    </button>
  )
}

interface RowsPage<Row> {
  items: Row[]
  nextCursor: string | null
  total: { count: number; kopecks: number }
}

export interface RowsDialogProps<Row> {
  title: string
  lead?: ReactNode
  path: string
  query: Record<string, string | number | undefined>
  rowOf: (row: Row) => { key: number; what: ReactNode; detail?: ReactNode; amount: ReactNode }
  totalOf: (total: RowsPage<Row>['total']) => ReactNode
  onClose: () => void
}

/** The rows behind a figure, page by page, under their sum. */
export function RowsDialog<Row>({ title, lead, path, query, rowOf, totalOf, onClose }: RowsDialogProps<Row>) {
  const t = useWords(moneyWords)
  const list = useInfiniteQuery({
    queryKey: ['insight', 'rows', path, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<RowsPage<Row>>(path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
  const pages = list.data?.pages
  return (
    <Dialog title={t('rowsOf', { what: title })} size="panel" onClose={onClose}>
      <div className={css.stack}>
        {lead && <p className={css.quiet}>{lead}</p>}
        {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {!pages && !list.error && <Skeleton lines={8} />}
        {pages && <RowsTable rows={pages.flatMap((page) => page.items).map(rowOf)} total={totalOf(pages[0]!.total)} />}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}

export interface ShownRow {
  key: number | string
  what: ReactNode
  detail?: ReactNode
  amount: ReactNode
}

export function RowsTable({ rows, total }: { rows: readonly ShownRow[]; total: ReactNode }) {
  const t = useWords(moneyWords)
  if (rows.length === 0) return <p className={css.quiet}>{t('noRows')}</p>
  return (
    <table className={classNames(css.rows, css.inPanel)}>
      <thead>
        <tr>
          <th scope="row">{t('total')}</th>
          <td>{total}</td>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              {row.what}
              {row.detail && <div className={css.quiet}>{row.detail}</div>}
            </td>
            <td>{row.amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Parts of a line with dots between; what is empty is left out. */
export function Dotted({ parts }: { parts: readonly ReactNode[] }) {
  const shown = parts.filter((part) => part !== null && part !== undefined && part !== '' && part !== false)
  return shown.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line have no identity and never move.
    <Fragment key={index}>
      {index > 0 && ' · '}
      {part}
    </Fragment>
  ))
}

export function TicketLink({ number }: { number: number }) {
  const t = useWords(moneyWords)
  return <Link to={`/desk/tickets/${number}`}>{t('ticket', { number: String(number) })}</Link>
}

/** Thousandths as percents of the reader's language. */
export function useShare(): (permille: number) => string {
  const { locale } = useLocale()
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  // the sign that sums carry; numbers are written with a hyphen otherwise
  return (permille) => format.format(permille / 1000).replace('-', '−')
}

/** Minutes as people read them in a line of text. */
export function useTime(): (minutes: number) => string {
  const { locale } = useLocale()
  return (minutes) => minutesInWords(minutes, locale)
}
