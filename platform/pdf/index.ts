export type { CanvasRect, Margin, PdfCell, PdfDefinition, PdfNode, TableLook } from './content.ts'
export { renderPdf } from './engine.ts'
export {
  bar,
  COLOURS,
  COLUMN_GAP,
  type Column,
  HALF_WIDTH,
  keepHeadings,
  numberWidth,
  PAGE_WIDTH,
  paragraph,
  STYLES,
  section,
  subsection,
  table,
  tiles,
} from './look.ts'
export { printable } from './printable.ts'
