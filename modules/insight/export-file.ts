import type { Actor } from '@opora/access'
import { renderXlsx, type XlsxColumn, type XlsxValue } from '@opora/billing'
import type { Locale } from '@opora/core'
import type { ReadContext } from '@opora/platform/http'
import type { FileFormat } from './money.contract.ts'

/** A table as a file: its columns in the reader's language, its rows, and a total under them. */
export interface Table {
  name: string
  columns: XlsxColumn[]
  rows: XlsxValue[][]
  total?: XlsxValue[]
}

const FILE_MIME: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

async function fileOf(table: Table, format: FileFormat, locale: Locale): Promise<Buffer> {
  if (format === 'csv') return csvOf(table)
  const { name, columns, rows, total } = table
  return renderXlsx([{ name, preamble: [name], columns, rows, ...(total ? { total } : {}) }], locale)
}

/** Semicolons, CRLF and a byte order mark, as Russian spreadsheets read it. */
function csvOf({ columns, rows, total }: Table): Buffer {
  const lines = [columns.map(({ title }) => title), ...rows, ...(total ? [total] : [])]
  return Buffer.from(`\uFEFF${lines.map((row) => row.map(field).join(';')).join('\r\n')}\r\n`)
}

function field(value: XlsxValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(2).replace('.', ',')
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : value
  // A spreadsheet would run what begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Sends a table as a download. */
export async function sendFile(
  { reply, locale }: Pick<ReadContext<Actor, unknown, unknown>, 'reply' | 'locale'>,
  given: { table: Table; format: FileFormat; name: string },
): Promise<undefined> {
  const bytes = await fileOf(given.table, given.format, locale)
  reply.header('content-disposition', `attachment; filename="${given.name}.${given.format}"`)
  reply.header('x-content-type-options', 'nosniff')
  reply.type(FILE_MIME[given.format])
  await reply.send(bytes)
  return undefined
}
