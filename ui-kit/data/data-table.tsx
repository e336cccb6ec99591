import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { useNarrow } from '../parts/use-media.ts'
import { Link } from '../route/route.tsx'
import css from './data-table.module.css'
import { Bone, EmptyState, ErrorState } from './states.tsx'
import { useRowKeys } from './use-row-keys.ts'

export interface Column<Row> {
  id: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** CSS width; columns without one share what is left. */
  width?: string
  align?: 'end'
  /** The list can be ordered by this column. */
  sortable?: boolean
  /** Left out on windows narrower than 1180 px. */
  wideOnly?: boolean
}

export interface Sort {
  by: string
  descending: boolean
}

export interface DataTableProps<Row> {
  /** What the list is, for screen readers. */
  label: string
  columns: readonly Column<Row>[]
  /** `undefined` while they are coming. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** Where a row leads; the first column becomes the link. */
  hrefOf?: (row: Row) => string
  /** How a row looks on a phone. Without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode
  toneOf?: (row: Row) => 'danger' | 'warn' | undefined
  selected?: ReadonlySet<string>
  onSelect?: (selected: Set<string>) => void
  /** Acts on the selected rows, shown while there are any. */
  bulk?: ReactNode
  sort?: Sort
  onSort?: (sort: Sort) => void
  empty?: ReactNode
  error?: unknown
  onRetry?: () => void
  /** The next page, when there is one. */
  onMore?: (() => void) | undefined
  loadingMore?: boolean
  /** `j`, `k`, `Enter`, `x`; on unless another list on the page has them. */
  keyboard?: boolean
}

const SKELETON_ROWS = 12

/** A dense list: keyboard, selection with shift, sticky head, cards on a phone, skeleton while it loads. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, error } = props
  const narrow = useNarrow()
  if (rows === undefined && error) return <ErrorState error={error} onRetry={props.onRetry} />
  if (rows?.length === 0) return props.empty ?? <EmptyState />
  return narrow && props.card ? <Cards {...props} card={props.card} /> : <Table {...props} />
}

function Table<Row>(props: DataTableProps<Row>) {
  const { columns, rows, selected } = props
  const t = useWords(kitWords)
  const keys = useRowKeys(props)
  const selectable = props.onSelect !== undefined
  return (
    <div className={classNames(css.frame, selected && selected.size > 0 && css.selecting)} data-keep-scroll="table">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows take the focus and are selected is a grid. */}
      <table className={css.table} aria-label={props.label} aria-busy={rows === undefined} role="grid">
        <colgroup>
          {selectable && <col className={css.check} />}
          {columns.map((column) => (
            <col key={column.id} className={classNames(column.wideOnly && css.wide)} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {selectable && (
              <th>
                <input
                  type="checkbox"
                  className={css.box}
                  aria-label={t('selectAll')}
                  checked={rows !== undefined && rows.length > 0 && selected?.size === rows.length}
                  onChange={(event) => keys.selectAll(event.target.checked)}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.bodyRef}>
          {rows
            ? rows.map((row, index) => (
                <BodyRow key={props.rowKey(row)} {...props} row={row} index={index} keys={keys} />
              ))
            : Array.from({ length: SKELETON_ROWS }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have no identity and never move.
                <tr key={index} className={css.row}>
                  {selectable && <td />}
                  {columns.map((column) => (
                    <td key={column.id} className={classNames(column.wideOnly && css.wide)}>
                      <Bone width={index % 2 ? '60%' : '78%'} />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
      <More {...props} />
      <BulkBar {...props} />
    </div>
  )
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}) {
  const sorted = sort?.by === column.id
  const Arrow = sort?.descending ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      className={classNames(column.align === 'end' && css.end, column.wideOnly && css.wide)}
      aria-sort={sorted ? (sort?.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          className={classNames(css.sort, sorted && css.sorted)}
          onClick={() => onSort({ by: column.id, descending: sorted ? !sort?.descending : false })}
        >
          {column.head}
          {sorted && <Arrow size={13} />}
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

type Keys<Row> = ReturnType<typeof useRowKeys<Row>>

function BodyRow<Row>({
  row,
  index,
  keys,
  columns,
  rowKey,
  hrefOf,
  toneOf,
  selected,
  onSelect,
}: DataTableProps<Row> & { row: Row; index: number; keys: Keys<Row> }) {
  const t = useWords(kitWords)
  const key = rowKey(row)
  const tone = toneOf?.(row)
  return (
    <tr
      className={classNames(css.row, tone && css[tone])}
      tabIndex={index === keys.cursor ? 0 : -1}
      aria-selected={selected?.has(key) ?? false}
      onFocus={() => keys.moveTo(index)}
      onKeyDown={(event) => keys.onRowKey(event, row)}
    >
      {onSelect && (
        <td>
          <input
            type="checkbox"
            className={css.box}
            tabIndex={-1}
            aria-label={t('selectRow')}
            checked={selected?.has(key) ?? false}
            onChange={() => {}}
            onClick={(event) => keys.select(key, event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column, place) => (
        <td key={column.id} className={classNames(column.align === 'end' && css.end, column.wideOnly && css.wide)}>
          {place === 0 && hrefOf ? (
            <Link to={hrefOf(row)} className={css.open} tabIndex={-1}>
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

function Cards<Row>(props: DataTableProps<Row> & { card: (row: Row) => ReactNode }) {
  const { rows, rowKey, hrefOf, toneOf, card } = props
  if (!rows) {
    return (
      <div className={css.cards} aria-busy="true">
        {Array.from({ length: 6 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey cards have no identity and never move.
          <div key={index} className={css.card}>
            <Bone width="40%" />
            <Bone width="90%" />
          </div>
        ))}
      </div>
    )
  }
  return (
    <>
      <ul className={css.cards} aria-label={props.label}>
        {rows.map((row) => {
          const tone = toneOf?.(row)
          return (
            <li key={rowKey(row)} className={classNames(css.card, tone && css[tone])}>
              {hrefOf ? (
                <Link to={hrefOf(row)} className={css.open}>
                  {card(row)}
                </Link>
              ) : (
                card(row)
              )}
            </li>
          )
        })}
      </ul>
      <More {...props} />
    </>
  )
}

function More<Row>({ onMore, loadingMore }: DataTableProps<Row>) {
  const t = useWords(kitWords)
  if (!onMore) return null
  return (
    <div className={css.more}>
      <Button variant="default" size="xs" loading={loadingMore ?? false} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  )
}

function BulkBar<Row>({ selected, onSelect, bulk }: DataTableProps<Row>) {
  const t = useWords(kitWords)
  if (!selected || selected.size === 0 || !bulk) return null
  return (
    <div className={css.bulk}>
      <span>{t('selected', { n: selected.size })}</span>
      {bulk}
      <button type="button" className={css.bulkClear} onClick={() => onSelect?.(new Set())}>
        {t('clearSelection')}
      </button>
    </div>
  )
}
