import { type PdfDefinition, printable, renderPdf } from '@opora/platform/pdf'
import type { ClosingDocument, DocumentKind } from '../domain/documents/closing-document.ts'
import { actDefinition } from './act-pdf.ts'
import { correctionDefinition } from './correction-pdf.ts'
import { facturaDefinition } from './factura-pdf.ts'
import { hoursDefinition } from './hours-pdf.ts'
import { invoiceDefinition } from './invoice-pdf.ts'
import { reconciliationDefinition } from './reconciliation-pdf.ts'
import { softened } from './soft-breaks.ts'
import { withTemplate } from './template-look.ts'
import { updDefinition } from './upd-pdf.ts'

const FORMS: Record<DocumentKind, (document: ClosingDocument) => PdfDefinition> = {
  invoice: invoiceDefinition,
  act: actDefinition,
  upd: updDefinition,
  factura: facturaDefinition,
  hours: hoursDefinition,
  reconciliation: reconciliationDefinition,
  correction: correctionDefinition,
}

/** A paper as an A4 PDF; the same document with the same picture gives the same bytes. */
export function renderPaper(document: ClosingDocument, logo: Buffer | null = null): Promise<Buffer> {
  const fit = printable(document)
  const definition = withTemplate(FORMS[fit.kind](fit), fit, logo)
  return renderPdf({ ...definition, content: definition.content.map(softened) })
}
