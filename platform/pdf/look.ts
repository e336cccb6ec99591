import type { PdfCell, PdfDefinition, PdfNode, PlacedNode, TableLook } from './content.ts'

/** Ink, lines and the one accent; dark enough to print in grey. */
export const COLOURS = {
  ink: '#1c2733',
  quiet: '#5d6b7a',
  line: '#d8dee5',
  faint: '#f3f6f8',
  accent: '#1f6f78',
  bar: '#9fc5c9',
  good: '#23744a',
  bad: '#b3261e',
} as const

/** Text width of an A4 page inside the margins. */
export const PAGE_WIDTH = 595.28 - 2 * 40

/** Two tables side by side. */
export const COLUMN_GAP = 24
export const HALF_WIDTH = (PAGE_WIDTH - COLUMN_GAP) / 2

export const STYLES: PdfDefinition['styles'] = {
  overline: { fontSize: 9, color: COLOURS.quiet, characterSpacing: 0.2 },
  title: { fontSize: 23, bold: true, color: COLOURS.ink },
  subtitle: { fontSize: 12, color: COLOURS.ink },
  section: { fontSize: 13, bold: true, color: COLOURS.ink },
  subsection: { fontSize: 9.5, bold: true, color: COLOURS.quiet },
  head: { fontSize: 7.5, color: COLOURS.quiet },
  small: { fontSize: 7.5, color: COLOURS.quiet },
  tileName: { fontSize: 8, color: COLOURS.quiet },
  tileValue: { fontSize: 14.5, bold: true, color: COLOURS.ink },
  tileNote: { fontSize: 7.5, color: COLOURS.quiet },
}

/** A heading with a line across the page; `keepHeadings` moves it where its section begins. */
export function section(title: string): PdfNode {
  return {
    table: { widths: ['*'], body: [[{ text: title, style: 'section' }]] },
    layout: HEADING,
    margin: [0, 16, 0, 6],
    headlineLevel: 1,
  }
}

/** Begins a new page before a heading that stands so low that its section would begin on the next one. */
export function keepHeadings(node: PlacedNode, around: { getNodesOnNextPage(): unknown[] }): boolean {
  const isLow = node.startPosition.verticalRatio > 0.86
  return node.headlineLevel !== undefined && isLow && around.getNodesOnNextPage().length > 0
}

export function subsection(title: string): PdfNode {
  return { text: title, style: 'subsection', margin: [0, 9, 0, 3], headlineLevel: 2 }
}

export function paragraph(text: string, color: string = COLOURS.ink): PdfNode {
  return { text, color, margin: [0, 1, 0, 4] }
}

const HEADING: TableLook = {
  hLineWidth: (row) => (row === 0 ? 0.75 : 0),
  vLineWidth: () => 0,
  hLineColor: () => COLOURS.accent,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 6,
  paddingBottom: () => 0,
}

/** Lines under rows only, text flush with the page's edges. */
const ROWS: TableLook = {
  hLineWidth: (row, node) => (row === 0 ? 0 : row === 1 || row === node.table.body.length ? 0.75 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (row) => (row === 1 ? COLOURS.quiet : COLOURS.line),
  paddingLeft: (column) => (column === 0 ? 0 : GUTTER),
  paddingRight: (column, node) => (column === node.table.widths.length - 1 ? 0 : GUTTER),
  paddingTop: () => 3.5,
  paddingBottom: () => 3.5,
}

export interface Column {
  title: string
  /** Points; the one column without a width takes what is left. */
  width?: number
  right?: boolean
}

const GUTTER = 4

/**
 * A table with a head that repeats on every page; rows are not broken across pages. Widths are figures, never "as wide
 * as the longest word", so that an address without a space wraps instead of pushing the page apart.
 */
export function table(
  columns: Column[],
  rows: PdfCell[][],
  given: { total?: PdfCell[]; width?: number } = {},
): PdfNode {
  const head = columns.map((column): PdfCell => ({ text: column.title, style: 'head', alignment: side(column) }))
  const body = [...rows, ...(given.total ? [given.total.map(boldly)] : [])]
  const taken = columns.reduce((sum, column) => sum + (column.width ?? 0), 2 * GUTTER * (columns.length - 1))
  const rest = (given.width ?? PAGE_WIDTH) - taken
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map((column) => column.width ?? rest),
      body: [head, ...body.map((row) => row.map((cell, index) => align(cell, columns[index])))],
    },
    layout: ROWS,
    fontSize: 8.5,
  }
}

/** Room for the longest ticket number, within reason. */
export function numberWidth(numbers: readonly string[]): number {
  return Math.min(96, Math.max(44, ...numbers.map((number) => number.length * 5.2)))
}

function side(column: Column | undefined): 'left' | 'right' {
  return column?.right ? 'right' : 'left'
}

function align(cell: PdfCell, column: Column | undefined): PdfCell {
  return typeof cell === 'string' ? { text: cell, alignment: side(column) } : { alignment: side(column), ...cell }
}

function boldly(cell: PdfCell): PdfCell {
  return typeof cell === 'string' ? { text: cell, bold: true } : { bold: true, ...cell }
}

/** A count with a bar as long as its part of the greatest. */
export function bar(count: number, greatest: number, width: number): PdfNode {
  const length = greatest === 0 ? 0 : Math.max(1.5, (count / greatest) * width)
  return { canvas: [{ type: 'rect', x: 0, y: 2.5, w: length, h: 6, r: 1, color: COLOURS.bar }] }
}

/** Figures of the month side by side; each has a name, a value and a note. */
export function tiles(items: { name: string; value: string; note: string; color?: string }[]): PdfNode {
  const look: TableLook = {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    hLineColor: () => COLOURS.line,
    paddingLeft: () => 9,
    paddingRight: () => 6,
    paddingTop: () => 9,
    paddingBottom: () => 9,
  }
  return {
    columns: items.map(({ name, value, note, color }) => ({
      width: '*' as const,
      table: {
        widths: ['*' as const],
        body: [
          [
            {
              stack: [
                { text: name, style: 'tileName' },
                { text: value, style: 'tileValue', color: color ?? COLOURS.ink, margin: [0, 3, 0, 2] },
                { text: note, style: 'tileNote' },
              ],
              fillColor: COLOURS.faint,
            },
          ],
        ],
      },
      layout: look,
    })),
    columnGap: 6,
    margin: [0, 16, 0, 0],
  }
}
