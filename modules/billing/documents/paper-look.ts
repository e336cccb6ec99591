import type { Margin, PdfCell, PdfDefinition, PdfNode, TableLook } from '@opora/platform/pdf'
import type { ClosingDocument, DocumentParty } from '../domain/documents/closing-document.ts'

/** Papers are printed, stamped and scanned: black on white, thin full lines. */
export const INK = '#000000'

export const GRID: TableLook = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => INK,
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 2,
  paddingBottom: () => 2,
}

export const BARE: TableLook = { ...GRID, hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0 }

export interface PaperPage {
  orientation?: 'portrait' | 'landscape'
  margins?: Margin
  fontSize?: number
}

/** A paper as pdfmake reads it. The moment in the file is the paper's date: the same paper gives the same bytes. */
export function paper(
  document: ClosingDocument,
  title: string,
  content: PdfNode[],
  page: PaperPage = {},
): PdfDefinition {
  const made = new Date(`${document.date}T09:00:00Z`)
  return {
    pageSize: 'A4',
    pageOrientation: page.orientation ?? 'portrait',
    pageMargins: page.margins ?? [45, 40, 40, 46],
    info: { title, author: document.seller.name, creationDate: made, modDate: made },
    language: 'ru',
    defaultStyle: { font: 'Roboto', fontSize: page.fontSize ?? 9.5, color: INK, lineHeight: 1.1 },
    styles: { title: { fontSize: 14, bold: true }, small: { fontSize: 7.5 } },
    footer: (number, pages) =>
      pages > 1
        ? { text: `${title} · стр. ${number} из ${pages}`, fontSize: 7.5, alignment: 'right', margin: [40, 12, 40, 0] }
        : '',
    content,
  }
}

/** A party as papers name it in one line: name, numbers, address. */
export function partyLine(party: DocumentParty): string {
  return [
    party.name,
    party.inn && `ИНН ${party.inn}`,
    party.kpp && `КПП ${party.kpp}`,
    party.ogrn && `${party.ogrn.length === 15 ? 'ОГРНИП' : 'ОГРН'} ${party.ogrn}`,
    party.address,
  ]
    .filter(Boolean)
    .join(', ')
}

export function dash(text: string): string {
  return text === '' ? '—' : text
}

export function right(text: string, bold = false): PdfCell {
  return { text, alignment: 'right', ...(bold ? { bold } : {}) }
}

export function centre(text: string, bold = false): PdfCell {
  return { text, alignment: 'center', ...(bold ? { bold } : {}) }
}

export function heading(text: string): PdfNode {
  return { text, style: 'title', margin: [0, 0, 0, 4] }
}

/** `name: value` rows without lines, names in one column. */
export function named(rows: [name: string, value: string][], width = 88): PdfNode {
  return {
    table: {
      widths: [width, '*'],
      body: rows.map(([name, value]): PdfCell[] => [{ text: name }, { text: dash(value), bold: true }]),
    },
    layout: BARE,
    margin: [0, 2, 0, 6],
  }
}

/** A line to sign above, with who signs under and beside it. */
export function signature(role: string, signer: { position: string; name: string }): PdfNode {
  return {
    columns: [
      { stack: [{ text: role, bold: true }, { text: signer.position }], width: '*' },
      {
        stack: [
          { canvas: [{ type: 'line', x1: 0, y1: 12, x2: 110, y2: 12, lineWidth: 0.5, lineColor: INK }] },
          { text: 'подпись', style: 'small', alignment: 'center' },
        ],
        width: 110,
      },
      {
        stack: [
          { text: signer.name || ' ', alignment: 'center' },
          { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 140, y2: 0, lineWidth: 0.5, lineColor: INK }] },
          { text: 'расшифровка подписи', style: 'small', alignment: 'center' },
        ],
        width: 140,
      },
    ],
    columnGap: 10,
    margin: [0, 8, 0, 0],
  }
}
