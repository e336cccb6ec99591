/** A page of a keyset list: its rows and the cursor of the next page, `null` at the end. */
export interface Page<Row> {
  items: Row[]
  nextCursor: string | null
}

export type CursorValue = string | number | null

/** The sort key of the last row, opaque to clients. */
export function encodeCursor(values: CursorValue[]): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(values))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The values of a cursor of `length` parts, or `null` when it is not one of ours. */
export function decodeCursor(cursor: string, length: number): CursorValue[] | null {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const values: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (!Array.isArray(values) || values.length !== length) return null
    return values.every((v) => v === null || typeof v === 'string' || isWhole(v)) ? values : null
  } catch {
    return null
  }
}

// Numbers of a cursor are ids and instants; what a date cannot hold is neither.
const NUMBER_MAX = 8.64e15

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= NUMBER_MAX
}

/** Cuts a list that was read with `limit + 1` rows into a page. */
export function pageOf<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => CursorValue[]): Page<Row> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null }
}
