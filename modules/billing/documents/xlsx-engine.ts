import type { Locale } from '@opora/core'
import type { CellObject, Sheet as EngineSheet } from 'write-excel-file/node'

export type XlsxValue = string | number | Date | null

/** What a column holds: text, whole minutes, money in roubles, a day, a moment by the wall clock, a plain number. */
export type XlsxKind = 'text' | 'minutes' | 'money' | 'day' | 'moment' | 'number'

export interface XlsxColumn {
  title: string
  width: number
  kind: XlsxKind
}

export interface XlsxSheet {
  name: string
  /** Lines above the table: a heading and facts about the sheet. */
  preamble: string[]
  columns: XlsxColumn[]
  rows: XlsxValue[][]
  total?: XlsxValue[]
  /** Lines under the table. */
  closing?: string[]
  /** The head of the table does not stay in sight: it has too much above it. */
  flowing?: true
}

const FORMATS: Record<Locale, Partial<Record<XlsxKind, string>>> = {
  ru: { minutes: '#,##0', money: '#,##0.00', day: 'dd.mm.yyyy', moment: 'dd.mm.yyyy hh:mm' },
  en: { minutes: '#,##0', money: '#,##0.00', day: 'd mmm yyyy', moment: 'd mmm yyyy hh:mm' },
}

/**
 * Renders a workbook. The writer loads at the first workbook. Text is always written as text, never as a formula,
 * and the archive carries no time of its making, so that the same sheets give the same bytes.
 */
export async function renderXlsx(sheets: readonly XlsxSheet[], locale: Locale): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const bytes = await writeXlsxFile(
    sheets.map((sheet) => engineSheet(sheet, locale)),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBuffer()
  return withoutTimes(bytes)
}

function engineSheet(sheet: XlsxSheet, locale: Locale): EngineSheet<Buffer> {
  const titled = sheet.columns.some((column) => column.title !== '')
  const head = sheet.columns.map(
    (column): CellObject => ({
      value: column.title,
      type: String,
      fontWeight: 'bold',
      backgroundColor: '#eef3f4',
      bottomBorderStyle: 'thin',
      bottomBorderColor: '#5d6b7a',
      wrap: true,
      alignVertical: 'center',
      align: column.kind === 'text' ? 'left' : 'right',
    }),
  )
  const total = sheet.total?.map((value, index): CellObject | null =>
    withStyle(cell(value, sheet.columns[index], locale), { fontWeight: 'bold', topBorderStyle: 'thin' }),
  )
  return {
    sheet: sheet.name,
    showGridLines: false,
    stickyRowsCount: sheet.flowing ? 0 : sheet.preamble.length + (titled ? 1 : 0),
    columns: sheet.columns.map((column) => ({ width: column.width })),
    data: [
      ...sheet.preamble.map((text, index): (CellObject | null)[] => [
        {
          value: text,
          type: String,
          ...(index === 0 ? { fontWeight: 'bold' as const, fontSize: 14 } : { textColor: '#5d6b7a' }),
        },
      ]),
      ...(titled ? [head] : []),
      ...sheet.rows.map((row) => row.map((value, index) => cell(value, sheet.columns[index], locale))),
      ...(total ? [total] : []),
      ...(sheet.closing ?? []).map((text): (CellObject | null)[] => [{ value: text, type: String }]),
    ],
  }
}

function cell(value: XlsxValue, column: XlsxColumn | undefined, locale: Locale): CellObject | null {
  if (value === null || value === '') return null
  const wraps = { alignVertical: 'top' as const, bottomBorderStyle: 'hair' as const, bottomBorderColor: '#d8dee5' }
  if (typeof value === 'string') return { ...wraps, value, type: String, wrap: true }
  const format = FORMATS[locale][column?.kind ?? 'text']
  const shown = format === undefined ? {} : { format }
  if (value instanceof Date) return { ...wraps, ...shown, value, type: Date }
  return { ...wraps, ...shown, value, type: Number }
}

function withStyle(given: CellObject | null, style: Partial<CellObject>): CellObject | null {
  return given === null ? null : { ...given, ...style }
}

const CENTRAL_HEADER = 0x02014b50
const END_OF_ARCHIVE = 0x06054b50
/** 1 January 1980, 00:00: the first moment that the archive's clock can show. */
const FIRST_DOS_DATE = 0x0021

/** The archive with the time of every file set to the first one possible. Field offsets are those of APPNOTE 4.3. */
function withoutTimes(archive: Buffer): Buffer {
  const bytes = Buffer.from(archive)
  const end = bytes.lastIndexOf(uint32(END_OF_ARCHIVE))
  let at = bytes.readUInt32LE(end + 16)
  while (at < end && bytes.readUInt32LE(at) === CENTRAL_HEADER) {
    const local = bytes.readUInt32LE(at + 42)
    for (const field of [at + 12, local + 10]) {
      bytes.writeUInt16LE(0, field)
      bytes.writeUInt16LE(FIRST_DOS_DATE, field + 2)
    }
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
