/** `part` of `whole` in tenths of a percent, rounded to the nearest; `null` of nothing. */
export function permille(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 1000) / whole)
}

export function sum<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Ticket numbers in the order in which they were given: `OP-9` before `OP-10`. */
export function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareText(a, b)
}
