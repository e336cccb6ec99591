import type { ReactNode } from 'react'

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
