import { ApiError } from '@opora/ui-kit/api'
import type { TicketRow } from '../../contract.ts'

/** What became of each chosen ticket: changed, or refused with the server's sentence. */
export interface BulkResult {
  done: TicketRow[]
  failed: { row: TicketRow; message: string }[]
}

const AT_ONCE = 4

/** Does the same to each row, a few at a time; one refusal does not stop the others. */
export async function forEachRow(
  rows: readonly TicketRow[],
  act: (row: TicketRow) => Promise<unknown>,
): Promise<BulkResult> {
  const result: BulkResult = { done: [], failed: [] }
  const waiting = [...rows]
  const worker = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      try {
        await act(row)
        result.done.push(row)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        result.failed.push({ row, message: error.message })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, rows.length) }, worker))
  return result
}
