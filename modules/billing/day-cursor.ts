import { type CivilDate, decodeCursor } from '@opora/core'
import { refuseHttp } from '@opora/platform/http'

/** Where a list in order of days goes on: the last row's day and id. */
export function dayCursor(cursor: string | undefined): [CivilDate, number] | null {
  if (cursor === undefined) return null
  const [date, id] = decodeCursor(cursor, 2) ?? []
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date) || typeof id !== 'number')
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  return [date, id]
}
