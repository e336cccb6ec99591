import { ApiError } from '@opora/ui-kit/api'
import { expect, test } from 'vitest'
import type { TicketRow } from '../../contract.ts'
import { forEachRow } from './bulk.ts'

const rows = [1, 2, 3, 4, 5, 6].map((id) => ({ id }) as TicketRow)

test('one refusal among many is told with its sentence and stops nothing', async () => {
  const result = await forEachRow(rows, async (row) => {
    if (row.id === 3) throw new ApiError(409, { code: 'http.version_conflict', message: 'Изменено другим' })
  })
  expect(result.done.map((row) => row.id).sort()).toEqual([1, 2, 4, 5, 6])
  expect(result.failed).toEqual([{ row: rows[2], message: 'Изменено другим' }])
})

test('a fault of ours is not dressed up as a refusal', async () => {
  await expect(forEachRow(rows, async () => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken')
})
