import type { ClosingDocument, DocumentKind } from '../domain/documents/closing-document.ts'
import { actDefinition } from './act-pdf.ts'
import { facturaDefinition } from './factura-pdf.ts'
import { invoiceDefinition } from './invoice-pdf.ts'
import type { PdfDefinition } from './pdf-content.ts'
import { renderPdf } from './pdf-engine.ts'
import { reconciliationDefinition } from './reconciliation-pdf.ts'
import { updDefinition } from './upd-pdf.ts'

const FORMS: Record<DocumentKind, (document: ClosingDocument) => PdfDefinition> = {
  invoice: invoiceDefinition,
  act: actDefinition,
  upd: updDefinition,
  factura: facturaDefinition,
  reconciliation: reconciliationDefinition,
}

/** A paper as an A4 PDF; the same document gives the same bytes. */
export function renderPaper(document: ClosingDocument): Promise<Buffer> {
  return renderPdf(FORMS[document.kind](document))
}
