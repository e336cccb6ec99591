import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { useNarrow } from '../parts/use-media.ts'
import { Link } from '../route/route.tsx'
import css from './data-table.module.css'
import { BulkBar, Cards, More } from './data-table-parts.tsx'
import type { Column, DataTableProps, Sort } from './data-table-props.ts'
import { Bone, EmptyState, ErrorState } from './states.tsx'
import { useRowKeys } from './use-row-keys.ts'

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
