/* A document as pdfmake reads it: only what our documents are made of. Sizes are in points. */

export type Margin = [left: number, top: number, right: number, bottom: number]

interface Looks {
  style?: string
  fontSize?: number
  bold?: boolean
  color?: string
  fillColor?: string
  alignment?: 'left' | 'right' | 'center'
  margin?: Margin
  noWrap?: boolean
  lineHeight?: number
  characterSpacing?: number
  /** Inside columns. */
  width?: number | 'auto' | '*'
  /** Marks a heading for `pageBreakBefore`. */
  headlineLevel?: number
}

export interface CanvasRect {
  type: 'rect'
  x: number
  y: number
  w: number
  h: number
  r?: number
  color: string
}

export interface CanvasLine {
  type: 'line'
  x1: number
  y1: number
  x2: number
  y2: number
  lineWidth: number
  lineColor: string
}

export interface TableLook {
  hLineWidth(row: number, node: { table: { body: unknown[] } }): number
  vLineWidth(): number
  hLineColor(row: number): string
  paddingLeft(column: number): number
  paddingRight(column: number, node: { table: { widths: unknown[] } }): number
  paddingTop(row: number): number
  paddingBottom(row: number): number
}

export type PdfNode =
  | string
  | (Looks & { text: PdfNode | PdfNode[] })
  | (Looks & { stack: PdfNode[]; unbreakable?: boolean })
  | (Looks & { columns: PdfNode[]; columnGap?: number })
  | (Looks & { canvas: (CanvasRect | CanvasLine)[] })
  | (Looks & { ul: PdfNode[] })
  /** A picture as a data address: nothing is fetched. */
  | (Looks & { image: string; fit: [width: number, height: number] })
  | (Looks & {
      table: {
        headerRows?: number
        keepWithHeaderRows?: number
        dontBreakRows?: boolean
        widths: (number | 'auto' | '*')[]
        body: PdfCell[][]
      }
      layout?: TableLook
    })

export type PdfCell = PdfNode & (string | (Looks & { colSpan?: number; border?: boolean[] }))

/** A node as the page-break rule sees it, after layout. */
export interface PlacedNode {
  headlineLevel?: number
  /** 0 at the top of the page's text, 1 at its foot. */
  startPosition: { verticalRatio: number }
}

export interface PdfDefinition {
  pageSize: 'A4'
  pageOrientation?: 'portrait' | 'landscape'
  pageMargins: Margin
  info: { title: string; author: string; creationDate: Date; modDate: Date }
  language: string
  defaultStyle: Looks & { font: 'Roboto' }
  styles: Record<string, Looks>
  header?: (page: number, pages: number) => PdfNode
  footer?: (page: number, pages: number) => PdfNode
  /** Asked of every node; the whole document is laid out again after each "yes". */
  pageBreakBefore?: (node: PlacedNode, around: { getNodesOnNextPage(): unknown[] }) => boolean
  content: PdfNode[]
}
